import type { ChatMessageFragment } from '../gql/graphql.ts';
import { graphql } from '../gql/index.ts';
import { Moment } from '../moment.tsx';
import { Person } from '../person.tsx';
import { takeFocus } from '../take-focus.ts';

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
      parts {
        kind
        text
        url
        hint
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
  /** The button that had the focus is gone. */
  readonly takesFocus: boolean;
}

export function Message({ message, takesFocus }: Props) {
  const { sender, sentAt, editedAt, isRemoved } = message;
  return (
    <li className="message" tabIndex={-1} ref={takesFocus ? takeFocus : undefined}>
      <p className="message-head">
        <span className="message-sender">{sender ? <Person user={sender} /> : 'Cotalker'}</span>
        {sentAt && <Moment at={sentAt} />}
        {editedAt && !isRemoved && <span className="nothing">changed</span>}
      </p>
      <div className="message-body">
        {isRemoved ? <em className="nothing">This message was removed.</em> : <Content of={message} />}
      </div>
    </li>
  );
}

function Content({ of: message }: { readonly of: ChatMessageFragment }) {
  switch (message.__typename) {
    case 'TextMessage':
      return <p>{message.text}</p>;
    case 'SystemMessage':
      // The platform writes Markdown; its marks are left out here.
      return <p className="nothing">{message.markdown?.replaceAll(/[*_`]/g, '')}</p>;
    case 'EnrichedMessage':
      return <p>{message.parts?.map((part, index) => part && <Part key={index} part={part} />)}</p>;
    case 'ImageMessage':
      return <Target url={message.image?.original ?? null}>Picture</Target>;
    case 'FileMessage':
      return <Target url={message.url}>{message.fileName ?? 'File'}</Target>;
    case 'FormMessage':
      return <p className="nothing">An answered form</p>;
    default:
      // A gateway that is newer than this build may have further kinds.
      return <p className="nothing">A message that this app cannot show</p>;
  }
}

type Parts = NonNullable<Extract<ChatMessageFragment, { __typename: 'EnrichedMessage' }>['parts']>;

function Part({ part: { kind, text, url, hint } }: { readonly part: NonNullable<Parts[number]> }) {
  if (kind === 'LINK') return <Target url={url}>{text}</Target>;
  return kind === 'HOVER' ? <abbr title={hint ?? undefined}>{text}</abbr> : text;
}

interface TargetProps {
  readonly url: string | null;
  readonly children: React.ReactNode;
}

const Target = ({ url, children }: TargetProps) =>
  url === null ? (
    <span>{children}</span>
  ) : (
    <a href={url} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
