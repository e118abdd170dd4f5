import { messagesOf } from '../cotalker/endpoints/messages.ts';
import { readBack } from '../cotalker/paging/history.ts';
import { readSince } from '../cotalker/paging/history-since.ts';
import type { MessageRecord } from '../cotalker/records/message.ts';
import { newestOf } from '../cotalker/records/moment.ts';
import type { Session } from '../cotalker/session.ts';
import { readId } from '../loaders/arguments.ts';
import { readCursor } from '../loaders/connection.ts';
import { type MessageEdgeModel, messageList, toMessageSource } from '../loaders/message.ts';
import { toEdges } from '../mapping/connection.ts';
import { encodeKeysetCursor } from '../mapping/cursor.ts';
import type { Reader } from './feed.ts';
import type { Follow, Follower } from './follow.ts';

export interface ChannelChangesArgs {
  readonly channelId: string;
  readonly after?: string | null;
}

/**
 * Follows the messages of a channel: each that is new, edited or removed, as an edge. A poll takes one call.
 *
 * @throws As {@link Follow}; GraphQLError `BAD_USER_INPUT` for an id that is none, and for a cursor that is broken or of
 *   another channel.
 */
export type FollowChannel = (
  follower: Follower,
  args: ChannelChangesArgs,
) => Promise<AsyncIterable<MessageEdgeModel | Error>>;

export const createChannelChanges =
  (follow: Follow): FollowChannel =>
  async (follower, { channelId, after }) => {
    const id = readId(channelId, 'channelId');
    const name = messageList(id);
    return follow<MessageRecord, MessageEdgeModel>(follower, {
      name,
      after: after == null ? undefined : readCursor(name, after),
      readerOf: (_, session) => readMessages(session, id),
      toEvent: (change) => ({
        node: toMessageSource(change),
        get cursor() {
          return encodeKeysetCursor(name, change.position);
        },
      }),
    });
  };

/** Tells those who follow a channel that it has a message more: with the next poll, however slow theirs have become. */
export const createTellFollowers =
  (hasten: (list: string) => void) =>
  (channelId: string): void =>
    hasten(messageList(channelId));

/** Reads the messages of a channel, the earliest change first. */
function readMessages(session: Session, channelId: string): Reader<MessageRecord> {
  const list = messagesOf(session, channelId);
  return {
    read: async (after, want) => {
      const { items, newest } = await readSince(list, after);
      return {
        items: items.slice(0, want),
        hasMore: items.length > want,
        newest,
        total: undefined,
        head: undefined,
      };
    },
    findListEnd: async () => {
      const { met } = await readBack(list, undefined, 1, new Date().toISOString());
      return toEdges(met, undefined, newestOf(met)).at(-1)?.position;
    },
  };
}
