import { randomUUID } from 'node:crypto';
import type { GroupRecord } from '../cotalker/records/group.ts';
import type { Caller } from '../cotalker/caller.ts';
import type { KeysetItem } from '../cotalker/paging/keyset.ts';
import { createMemo } from '../cotalker/sharing/derived.ts';
import type { Cotalker, Session } from '../cotalker/session.ts';
import { overloaded } from '../errors.ts';
import type { GroupFilter } from '../generated/resolvers.ts';
import { readCursor } from '../loaders/connection.ts';
import { type GroupEdgeModel, groupList } from '../loaders/group.ts';
import { createGroupBatch, type GroupBatch } from '../loaders/group-batch.ts';
import { encodeKeysetCursor, listName } from '../mapping/cursor.ts';
import { REQUEST_ID_HEADER } from '../observe/request-id.ts';
import { type Change, openChanges } from './changes.ts';
import { createFailingFeeds, type OnFailingFeeds } from './failing-feeds.ts';
import { Feed } from './feed.ts';
import { createFeeds, type LiveLoad } from './feeds.ts';
import { freshly, type GroupList, openSessions, readerOf } from './group-reader.ts';

export interface GroupChangesArgs {
  readonly after?: string | null;
  readonly filter?: GroupFilter | null;
}

export interface GroupChange extends GroupEdgeModel {
  /** The groups that it is told with. */
  readonly batch: GroupBatch;
}

/** Who follows. */
export interface Follower {
  readonly caller: Caller;
  /** What the request that subscribes does at Cotalker; used until the subscription is open. */
  readonly session: Session;
  /** Fires when the caller goes away, which ends it. */
  readonly gone: AbortSignal;
}

/**
 * Follows a caller's list of groups: each group that changes or comes to it, as an edge.
 *
 * The last event may be an error, in place of which the executor throws it. It ends without one when the
 * gateway stops.
 *
 * @throws GraphQLError `BAD_USER_INPUT` for arguments as of `Query.groups`, `OVERLOADED` where there are as
 *   many subscriptions as there may be, of all or of this caller; CotalkerError where the list cannot be read.
 */
export type FollowGroups = (
  follower: Follower,
  args: GroupChangesArgs,
) => Promise<AsyncIterable<GroupChange | Error>>;

export interface GroupChanges {
  readonly follow: FollowGroups;
  readonly load: LiveLoad & { readonly failing: number };
}

export interface LiveOptions {
  /** Milliseconds between two polls of a list that changes. */
  readonly pollMs: number;
  /** How many may be open at once. */
  readonly maxSubscriptions: number;
}

export interface GroupChangesOptions extends LiveOptions {
  readonly cotalker: Cotalker;
  /** Milliseconds that one reading may take. */
  readonly deadlineMs: number;
  /** Fires when the gateway takes nothing more, which ends all. */
  readonly ending: AbortSignal;
  readonly onFailing: OnFailingFeeds;
}

/** One feed for all who follow the same list with the same token; it ends with the last of them. */
export function createGroupChanges(options: GroupChangesOptions): GroupChanges {
  const { cotalker, deadlineMs, pollMs, maxSubscriptions, ending, onFailing } = options;
  const failing = createFailingFeeds(onFailing);
  const feeds = createFeeds<GroupRecord>(maxSubscriptions);

  const sessionsOf = (caller: Caller) => openSessions(cotalker, caller, deadlineMs);

  const openFeed = (caller: Caller, list: GroupList, signal: AbortSignal): Feed<GroupRecord> => {
    // Many may follow: the polls are none of the one request that came first.
    const tracing = { [REQUEST_ID_HEADER]: randomUUID() };
    const { read } = readerOf(list, sessionsOf({ ...caller, tracing }));
    return new Feed({ read, pollMs, signal, failing });
  };

  const follow: FollowGroups = async ({ caller, session, gone }, { after, filter }) => {
    const list = groupList(filter ?? {});
    const name = listName(...list.list);
    const position = after == null ? undefined : readCursor(name, after);
    if (ending.aborted) throw overloaded('subscriptions');
    const { feed, leave } = feeds.listen(caller.identity, name, (signal) =>
      openFeed(caller, list, signal),
    );
    const signal = AbortSignal.any([gone, ending]);
    const end = leaveOnAbort(signal, leave);
    const changes = await openChanges({
      feed,
      after: position,
      opening: readerOf(list, () => freshly(session)),
      reader: readerOf(list, sessionsOf(caller)),
      signal,
    }).catch((error: unknown) => {
      end();
      throw error;
    });
    return tell(changes, list, signal, end);
  };
  return {
    follow,
    get load() {
      return { ...feeds.load, failing: failing.size };
    },
  };
}

/**
 * Leaves once the signal fires.
 *
 * @returns Leaves now; a listener of a signal that is never to fire would stay for as long as the gateway runs.
 */
function leaveOnAbort(signal: AbortSignal, leave: () => void): () => void {
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  return () => {
    signal.removeEventListener('abort', leave);
    leave();
  };
}

const batchOf = createMemo<readonly KeysetItem<GroupRecord>[], GroupBatch>();

/** The changes as edges; an error comes as the last of them. */
async function* tell(
  changes: AsyncIterable<Change<GroupRecord>>,
  { list, filteredBy }: GroupList,
  signal: AbortSignal,
  end: () => void,
): AsyncGenerator<GroupChange | Error, void> {
  const name = listName(...list);
  try {
    for await (const { record, position, batch } of changes)
      yield {
        node: { record, filteredBy },
        batch: batchOf(batch, () => createGroupBatch(batch)),
        get cursor() {
          return encodeKeysetCursor(name, position);
        },
      };
  } catch (error) {
    if (signal.aborted) return;
    yield error instanceof Error ? error : new Error('the feed failed');
  } finally {
    end();
  }
}
