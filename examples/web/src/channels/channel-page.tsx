import type { ComponentProps } from 'react';
import type { MessageKind } from '../gql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { LoadMore } from '../load-more.tsx';
import { withoutMarks } from '../chat/content.tsx';
import { Moment } from '../moment.tsx';
import { Missing } from '../problems/problem-notice.tsx';
import { Person } from '../person.tsx';
import { below, type Problem } from '../problems/problems.ts';
import { takeFocus } from '../take-focus.ts';
import { channelAddress } from '../use-route.ts';

const CHANNEL_PAGE = graphql(`
  fragment ChannelPage on ChannelConnection {
    nodes {
      id
      name
      isPrivate
      lastMessage {
        kind
        text
        fileName
        sentAt
        sender {
          ...Person
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

interface Props {
  readonly groupId: string;
  readonly page: FragmentType<typeof CHANNEL_PAGE>;
  /** Those of the connection. */
  readonly problems: readonly Problem[];
  readonly onMore: ((cursor: string) => void) | undefined;
  /** The button that had the focus is gone: its first row takes it. */
  readonly takesFocus?: boolean;
}

/** The rows of a page; a channel that could not be read is left out, its error stands above the list. */
export function ChannelPage({ groupId, page, problems, onMore, takesFocus = false }: Props) {
  const { nodes, pageInfo } = readFragment(CHANNEL_PAGE, page);
  return (
    <>
      {nodes.map(
        (channel, index) =>
          channel && (
            <li
              key={channel.id}
              className="channel"
              tabIndex={-1}
              ref={takesFocus && index === 0 ? takeFocus : undefined}
            >
              <p className="channel-name">
                <a href={channelAddress(groupId, channel.id)}>{channel.name}</a>
                {channel.isPrivate && <span className="group-tag">private</span>}
              </p>
              <LastMessage
                message={channel.lastMessage}
                problems={below(problems, 'nodes', index, 'lastMessage')}
              />
            </li>
          ),
      )}
      {onMore && pageInfo.hasNextPage && (
        <li>
          <LoadMore page={pageInfo} onMore={onMore} />
        </li>
      )}
    </>
  );
}

/** What stands for a message that is no text and has no name. */
const KINDS: Partial<Record<MessageKind, string>> = {
  IMAGE: 'Picture',
  VIDEO: 'Video',
  FILE: 'File',
  FORM: 'Form',
};

interface LastMessageProps {
  readonly message: {
    readonly kind: MessageKind | null;
    readonly text: string | null;
    readonly fileName: string | null;
    readonly sentAt: string | null;
    readonly sender: ComponentProps<typeof Person>['user'] | null;
  } | null;
  readonly problems: readonly Problem[];
}

function LastMessage({ message, problems }: LastMessageProps) {
  if (!message) return <p className="channel-message nothing">No messages yet</p>;
  const { kind, text, fileName, sentAt, sender } = message;
  const shown = kind === 'SYSTEM' && text !== null ? withoutMarks(text) : text;
  return (
    <p className="channel-message">
      <span className="channel-sender">
        {sender ? <Person user={sender} /> : <Missing problems={below(problems, 'sender')} />}
      </span>
      <span className="channel-content">{shown ?? fileName ?? (kind && KINDS[kind])}</span>
      {sentAt && <Moment at={sentAt} />}
    </p>
  );
}
