import type { ChatMessageFragment } from '../gql/graphql.ts';
import { graphql } from '../gql/index.ts';
import { Moment } from '../moment.tsx';
import { Person } from '../person.tsx';
import { Missing } from '../problems/problem-notice.tsx';
import { below, type Problem } from '../problems/problems.ts';
import { takeFocus } from '../take-focus.ts';
import { Content } from './content.tsx';

export const CHAT_MESSAGE = graphql(`
  fragment ChatMessage on Message {
    __typename
    id
    sentAt
    modifiedAt
    editedAt
    isRemoved
    sender {
      ...Person
    }
    ... on TextMessage {
      text
    }
    ... on SystemMessage {
      markdown
    }
    ... on EnrichedMessage {
      text
      parts {
        kind
        text
        url
        hint
        taskId
      }
    }
    ... on ImageMessage {
      image {
        original
      }
    }
    ... on FileMessage {
      url
      fileName
    }
  }
`);

interface Props {
  readonly message: ChatMessageFragment;
  /** Those of the message. */
  readonly problems: readonly Problem[];
  /** The button that had the focus is gone. */
  readonly takesFocus: boolean;
}

export function Message({ message, problems, takesFocus }: Props) {
  const { sender, sentAt, editedAt, isRemoved } = message;
  return (
    <li className="message" tabIndex={-1} ref={takesFocus ? takeFocus : undefined}>
      <p className="message-head">
        <span className="message-sender">
          {sender ? <Person user={sender} /> : <Missing problems={below(problems, 'sender')} />}
        </span>
        {sentAt && <Moment at={sentAt} hasTime />}
        {editedAt && !isRemoved && <span>edited</span>}
      </p>
      <div className="message-body">
        {isRemoved ? (
          <p className="nothing">This message was removed.</p>
        ) : (
          <Content message={message} problems={problems} />
        )}
      </div>
    </li>
  );
}
