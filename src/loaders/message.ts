import { messagesOf } from '../cotalker/endpoints/messages.ts';
import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import { readBack } from '../cotalker/paging/history.ts';
import { readSince } from '../cotalker/paging/history-since.ts';
import { newestOf, type Position } from '../cotalker/records/moment.ts';
import type { KeysetItem } from '../cotalker/records/placed-item.ts';
import type { MessageRecord } from '../cotalker/records/message.ts';
import type { Session } from '../cotalker/session.ts';
import { badUserInput } from '../errors.ts';
import { Edge, type EdgeModel, PageModel, toEdges } from '../mapping/connection.ts';
import { encodeKeysetCursor, listName } from '../mapping/cursor.ts';
import { type MessageModel, toMessage } from '../mapping/message.ts';
import { readFirst } from './arguments.ts';
import { readCursor } from './connection.ts';
import { once } from './once-per-key.ts';

/** A message, or why it could not be read. */
export type MessageSource = MessageModel | CotalkerError;
export type MessageEdgeModel = EdgeModel<MessageSource>;
export type MessageConnectionModel = PageModel<MessageSource>;

export interface MessagePageArgs {
  readonly first: number;
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface MessageLoader {
  /**
   * A page of a channel's messages, the latest change first. One call as a rule, see `readBack`; with `before` always
   * one, `GET /v1/messages/channel/{id}/modified/{iso}`.
   *
   * @param lately When the channel's last message was sent, as far as it says.
   * @throws GraphQLError `BAD_USER_INPUT` before any call for a `first` out of range, for a cursor that is broken or of
   *   another channel, and for both cursors at once.
   */
  page(
    channelId: string,
    args: MessagePageArgs,
    lately: string | undefined,
  ): Promise<MessageConnectionModel>;
}

/** The name of a channel's messages for their cursors. */
export const messageList = (channelId: string): string => listName('messages', { channelId });

export const toMessageSource = ({ record }: KeysetItem<MessageRecord>): MessageSource =>
  isReadable(record) ? toMessage(record) : record;

export const createMessageLoader = (session: Session): MessageLoader => ({
  page: async (channelId, { first, after, before }, lately) => {
    const want = readFirst(first);
    if (after != null && before != null) throw badUserInput('Give "after" or "before", not both.');
    const name = messageList(channelId);
    const list = messagesOf(session, channelId);
    if (before != null) {
      const position = readCursor(name, before, 'before');
      const { items: met } = await readSince(list, position);
      const items = met.toReversed().slice(0, want);
      // Behind the page is the message of the cursor, at least.
      return toPage(name, { items, met, start: position, hasPrevious: false, hasMore: true });
    }
    const position = after == null ? undefined : readCursor(name, after);
    const { items, met, hasMore } = await readBack(list, position, Math.max(1, want), lately);
    const shown = want > 0 ? { items, hasMore } : { items: [], hasMore: items.length > 0 };
    return toPage(name, { ...shown, met, hasPrevious: position !== undefined });
  },
});

interface PageParts {
  /** The latest change first. */
  readonly items: readonly KeysetItem<MessageRecord>[];
  /** All that is known of the list around them, the earliest change first, from `start` on. */
  readonly met: readonly KeysetItem<MessageRecord>[];
  readonly start?: Position;
  readonly hasPrevious: boolean;
  readonly hasMore: boolean;
}

function toPage(
  name: string,
  { items, met, start, hasPrevious, hasMore }: PageParts,
): MessageConnectionModel {
  const nodes = items.map(toMessageSource);
  const edges = once(() => {
    const placed = toEdges(met, start, newestOf(met));
    const positions = new Map(placed.map(({ id, position }) => [id, position]));
    return items.map(({ id }, place) => {
      const toCursor = () => encodeKeysetCursor(name, positions.get(id) as Position);
      return new Edge(nodes[place] as MessageSource, toCursor);
    });
  });
  return new PageModel(nodes, edges, hasPrevious, () => hasMore);
}
