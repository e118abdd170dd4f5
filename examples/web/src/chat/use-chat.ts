import { useEffect, useEffectEvent, useState } from 'react';
import { useClient } from 'urql';
import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { follow } from '../live/follow.ts';
import { below, type Problem, problemsOf } from '../problems/problems.ts';
import type { Retry } from '../problems/retry-button.tsx';
import { CHAT, type History, withNews, withPage, withSent } from './history.ts';
import type { CHAT_MESSAGE } from './message.tsx';

const CHANNEL = graphql(`
  query Channel($id: ID!, $after: String) {
    channel(id: $id) {
      ...Chat
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
  /** Undefined: nothing is there yet; null: there is no such channel. */
  readonly history: History | null | undefined;
  /** Of the last page that could not be read, or not all of it. */
  readonly problems: readonly Problem[];
  readonly retry: Retry;
  /** Reads older messages; undefined where there is nothing to ask for. */
  readonly readOlder: (() => void) | undefined;
  readonly addSent: (message: FragmentType<typeof CHAT_MESSAGE>) => void;
}

/** The messages of a channel: the latest page, older ones on demand, and what changes. */
export function useChat(id: string): Chat {
  const client = useClient();
  const [history, setHistory] = useState<History | null>();
  const [failed, setFailed] = useState<Asked>({ after: null, problems: [] });
  const [isReading, setReading] = useState(true);

  const read = (after: string | null) => {
    const answer = client.query(CHANNEL, { id, after }, { requestPolicy: 'network-only' });
    void answer.then(({ data, error }) => {
      const problems = problemsOf(error);
      setReading(false);
      // What is missing of another page is still missing.
      setFailed((now) => (problems.length > 0 || now.after === after ? { after, problems } : now));
      const channel = readFragment(CHAT, data?.channel);
      if (channel) {
        const asked = { after, problems: below(problems, 'channel') };
        setHistory((now) => withPage(now, channel, asked));
      } else if (data && problems.length === 0) setHistory(null);
    });
  };
  const readFirst = useEffectEvent(() => read(null));
  useEffect(() => readFirst(), []);

  const start = history?.start;
  useEffect(() => {
    if (start === undefined) return;
    return follow({
      ask: (after) => client.subscription(CHANNEL_CHANGED, { id, after }),
      eventOf: ({ channelChanged }) => channelChanged,
      from: start,
      onEvent: ({ node }, problems) => {
        const its = below(problems, 'channelChanged', 'node');
        setHistory((now) => now && withNews(now, node, its));
        // Of an empty channel nobody knows what came before the first event.
        if (start === null) readFirst();
      },
      onGap: readFirst,
    });
  }, [client, id, start]);

  const ask = (after: string | null) => {
    setReading(true);
    read(after);
  };
  const older = history?.older?.cursor;
  const isThere = older !== undefined && !isReading && failed.after !== older;
  return {
    history,
    problems: failed.problems,
    retry: { again: () => ask(failed.after), isTrying: isReading },
    addSent: (message) => setHistory((now) => now && withSent(now, message)),
    readOlder: isThere ? () => ask(older) : undefined,
  };
}

interface Asked {
  /** The cursor of the page; null: the first one. */
  readonly after: string | null;
  readonly problems: readonly Problem[];
}
