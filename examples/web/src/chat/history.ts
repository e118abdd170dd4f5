import type { ChatFragment, ChatMessageFragment } from '../gql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { below, type Problem } from '../problems/problems.ts';
import { CHAT_MESSAGE } from './message.tsx';

export const CHAT = graphql(`
  fragment Chat on Channel {
    name
    isWritable
    admins {
      id
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
`);

/** A message with the problems of its fields. */
export interface Known {
  readonly message: ChatMessageFragment;
  readonly problems: readonly Problem[];
}

/** What is known of a channel's messages. */
export interface History {
  readonly name: string;
  /** Null: Cotalker does not say. */
  readonly isWritable: boolean | null;
  /** Those who may write where members may not. Undefined: it could not be read who they are. */
  readonly adminIds: readonly string[] | undefined;
  /** By id. */
  readonly known: ReadonlyMap<string, Known>;
  /** Where changes go on from the first page. Null: the channel was empty; undefined: that page is not there. */
  readonly start?: string | null;
  /** Undefined: there is nothing older. */
  readonly older?: Older | undefined;
  /** The last message that came by itself. */
  readonly news?: ChatMessageFragment;
}

interface Older {
  /** Where older messages go on. */
  readonly cursor: string;
  /** All that has changed since then is known. */
  readonly since: string;
}

type Node = FragmentType<typeof CHAT_MESSAGE> | null | undefined;

/** A message that comes again was edited or removed, and takes the place of the former. */
function withMessage(known: History['known'], node: Node, problems: readonly Problem[]) {
  const message = readFragment(CHAT_MESSAGE, node);
  if (!message) return known;
  const former = known.get(message.id)?.message.modifiedAt ?? '';
  return former > (message.modifiedAt ?? '')
    ? known
    : new Map(known).set(message.id, { message, problems });
}

/**
 * Adds a page of what has changed, the latest change first.
 *
 * @param after The cursor that it was asked for with; null: the first page.
 * @param problems Those of the channel.
 */
export function withPage(
  before: History | null | undefined,
  { name, isWritable, admins, messages: page }: ChatFragment,
  { after, problems }: { readonly after: string | null; readonly problems: readonly Problem[] },
): History {
  const adminIds = admins?.flatMap((admin) => admin?.id ?? []);
  const history = { known: new Map(), ...before, name, isWritable, adminIds };
  if (!page) return history;
  const at = below(problems, 'messages', 'nodes');
  const known = page.nodes.reduce(
    (all: History['known'], node, index) => withMessage(all, node, below(at, index)),
    history.known,
  );
  // The first page again, because something in it could not be read: the others follow it still.
  if (after === null && typeof history.start === 'string') return { ...history, known };
  const { startCursor, endCursor, hasNextPage } = page.pageInfo;
  const last = readFragment(
    CHAT_MESSAGE,
    page.nodes.findLast((node) => node !== null),
  );
  const since = last?.modifiedAt ?? history.older?.since ?? '';
  return {
    ...history,
    known,
    start: history.start ?? startCursor,
    older: hasNextPage && endCursor !== null ? { cursor: endCursor, since } : undefined,
  };
}

/** Adds a message that a person has just sent here. */
export const withSent = (history: History, node: Node): History => ({
  ...history,
  known: withMessage(history.known, node, []),
});

/** Adds a message that came by itself. */
export function withNews(history: History, node: Node, problems: readonly Problem[]): History {
  const known = withMessage(history.known, node, problems);
  const message = readFragment(CHAT_MESSAGE, node);
  const isNew = message && !history.known.has(message.id);
  return { ...history, known, ...(isNew && { news: message }) };
}

/**
 * The messages in the order in which they were sent, without gaps: one that was sent long ago and edited lately
 * waits until those between are known.
 */
export const inOrder = ({ known, older }: History): readonly Known[] =>
  [...known.values()]
    .filter(({ message }) => older === undefined || sentAt(message) >= older.since)
    .toSorted((a, b) => (placeOf(a.message) < placeOf(b.message) ? -1 : 1));

const sentAt = (message: ChatMessageFragment): string => message.sentAt ?? message.modifiedAt ?? '';
/** Of two that were sent at once, the one that Cotalker made first comes first: its ids count up. */
const placeOf = (message: ChatMessageFragment): string => sentAt(message) + message.id;
