import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { ChatMessageFragment } from '../gql/graphql.ts';
import { graphql, readFragment } from '../gql/index.ts';
import { type Problem, problemsOf } from '../problems/problems.ts';
import { CHAT_MESSAGE } from './message.tsx';

const CHAT = graphql(`
  query Chat($id: ID!, $after: String) {
    channel(id: $id) {
      name
      group {
        ... on MenuEntry {
          id
        }
      }
      messages(first: 30, after: $after) {
        nodes {
          ...ChatMessage
        }
        pageInfo {
          startCursor
          endCursor
          hasNextPage
        }
      }
    }
  }
`);

const CHANNEL_CHANGED = graphql(`
  subscription ChannelChanged($id: ID!, $after: String) {
    channelChanged(channelId: $id, after: $after) {
      cursor
      node {
        ...ChatMessage
      }
    }
  }
`);

interface Chat {
  readonly name: string;
  readonly groupId: string | undefined;
  readonly messages: ReadonlyMap<string, ChatMessageFragment>;
  /** Where older messages go on; null: there are none. */
  readonly older: string | null;
  /** The last change that was seen. */
  readonly latest: string | null;
}

/** How long to wait before a stream that has ended is opened again, in milliseconds. */
const AGAIN_MS = 2000;

/**
 * The messages of a channel: the latest page, older ones on demand, and what changes. A message that comes again is an
 * edited or removed one, and takes the place of the former.
 *
 * @returns `chat` is undefined while it is loading or cannot be read, null if there is no such channel.
 */
export function useChat(id: string) {
  const client = useClient();
  const [chat, setChat] = useState<Chat | null>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [isBusy, setBusy] = useState(false);

  const load = useCallback(
    async (after: string | null) => {
      setBusy(true);
      const options = { requestPolicy: 'network-only' } as const;
      const { data, error } = await client.query(CHAT, { id, after }, options);
      setBusy(false);
      setProblems(problemsOf(error));
      const channel = data?.channel;
      if (channel === null && !error) setChat(null);
      const page = channel?.messages;
      if (!channel || !page) return;
      const { startCursor, endCursor, hasNextPage } = page.pageInfo;
      setChat((known) => ({
        name: channel.name,
        groupId: channel.group?.id,
        messages: merge(known?.messages, page.nodes.map((node) => readFragment(CHAT_MESSAGE, node))),
        older: hasNextPage ? endCursor : null,
        latest: known?.latest ?? startCursor,
      }));
    },
    [client, id],
  );
  useEffect(() => void load(null), [load]);

  const latest = useRef<string | null>(null);
  latest.current = chat?.latest ?? null;
  const isThere = Boolean(chat);
  useEffect(() => {
    if (!isThere) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stream: { unsubscribe(): void } | undefined;
    const begin = () => {
      stream = client
        .subscription(CHANNEL_CHANGED, { id, after: latest.current })
        .subscribe(({ data, hasNext }) => {
          const change = data?.channelChanged;
          if (change && change.cursor !== latest.current) {
            const message = readFragment(CHAT_MESSAGE, change.node);
            setChat(
              (known) =>
                known && {
                  ...known,
                  messages: merge(known.messages, [message]),
                  latest: change.cursor,
                },
            );
          }
          if (!hasNext) timer = setTimeout(begin, AGAIN_MS * (1 + Math.random()));
        });
    };
    const end = () => {
      clearTimeout(timer);
      stream?.unsubscribe();
    };
    // A hidden page has no stream: over HTTP/1.1 a browser has six connections for all its tabs.
    const toggle = () => {
      end();
      if (!document.hidden) begin();
    };
    toggle();
    document.addEventListener('visibilitychange', toggle);
    return () => {
      document.removeEventListener('visibilitychange', toggle);
      end();
    };
  }, [client, id, isThere]);

  return { chat, problems, isBusy, load };
}

function merge(
  known: Chat['messages'] = new Map(),
  messages: readonly (ChatMessageFragment | null)[],
): Chat['messages'] {
  const merged = new Map(known);
  for (const message of messages) {
    if (!message) continue;
    const before = merged.get(message.id)?.modifiedAt ?? '';
    if (before <= (message.modifiedAt ?? '')) merged.set(message.id, message);
  }
  return merged;
}
