import type { ChatMessageFragment } from '../gql/graphql.ts';
import { Target } from '../links/target.tsx';
import { Missing } from '../problems/problem-notice.tsx';
import { below, type Problem } from '../problems/problems.ts';
import { taskAddress } from '../use-route.ts';

/** A message as text; for one that is none, what it is. */
export function textOf(message: ChatMessageFragment): string {
  switch (message.__typename) {
    case 'TextMessage':
    case 'EnrichedMessage':
      return message.text ?? '';
    case 'SystemMessage':
      return withoutMarks(message.markdown ?? '');
    case 'ImageMessage':
      return 'Picture';
    case 'FileMessage':
      return message.fileName ?? 'File';
    case 'FormMessage':
      return 'An answered form';
    default:
      // A gateway that is newer than this build may have further kinds.
      return 'A message of a kind that this app does not show';
  }
}

/** The platform writes Markdown, which this app does not set. */
export const withoutMarks = (markdown: string): string => markdown.replaceAll(/[*_`]/g, '');

interface ContentProps {
  readonly message: ChatMessageFragment;
  /** Those of the message. */
  readonly problems: readonly Problem[];
}

export function Content({ message, problems }: ContentProps) {
  const text = textOf(message);
  const at = (field: string) => below(problems, field);
  switch (message.__typename) {
    case 'EnrichedMessage':
      if (!message.parts?.length) return <p>{text}</p>;
      return (
        <p>
          {message.parts.map((part, index) => (
            <Part key={index} part={part} problems={below(at('parts'), index)} />
          ))}
        </p>
      );
    // What Cotalker stores may have to be signed, so it is not shown here.
    case 'ImageMessage':
      return <Target url={message.image?.original ?? null} text={text} problems={at('image')} />;
    case 'FileMessage':
      return <Target url={message.url} text={text} problems={at('url')} />;
    case 'TextMessage':
      return <p>{text || <Missing problems={at('text')} />}</p>;
    default:
      return <p className="nothing">{text}</p>;
  }
}

type Parts = NonNullable<Extract<ChatMessageFragment, { __typename: 'EnrichedMessage' }>['parts']>;

interface PartProps {
  /** Null: it could not be read. */
  readonly part: Parts[number];
  readonly problems: readonly Problem[];
}

function Part({ part, problems }: PartProps) {
  if (!part) return <Missing problems={problems} />;
  const { kind, text, url, hint, taskId } = part;
  if (kind === 'LINK') return <Target url={url} text={text} problems={below(problems, 'url')} />;
  if (kind === 'TASK' && taskId !== null) return <a href={taskAddress(null, taskId)}>{text}</a>;
  if (kind === 'HOVER')
    return (
      <abbr title={hint ?? undefined}>
        {text}
        {hint !== null && <span className="unseen"> ({hint})</span>}
      </abbr>
    );
  return text;
}
