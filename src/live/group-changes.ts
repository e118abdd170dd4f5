import { randomUUID } from 'node:crypto';
import { addAbortListener } from 'node:events';
import type { GroupRecord } from '../cotalker/records/group.ts';
import type { Caller } from '../cotalker/call.ts';
import type { KeysetItem } from '../cotalker/paging/keyset.ts';
import { createMemo } from '../cotalker/sharing/derived.ts';
import { type Cotalker, freshly, type Session } from '../cotalker/session.ts';
import { overloaded } from '../errors.ts';
import type { GroupFilter } from '../generated/resolvers.ts';
import { readCursor } from '../loaders/connection.ts';
import { groupList } from '../loaders/arguments.ts';
import type { GroupEdgeModel } from '../loaders/group.ts';
import { createGroupBatch, type GroupBatch } from '../loaders/group-batch.ts';
import { encodeKeysetCursor, listName } from '../mapping/cursor.ts';
import { REQUEST_ID_HEADER } from '../observe/request-summary.ts';
import { type Change, openChanges } from './changes.ts';
import { Feed, type Reader } from './feed.ts';
import { Feeds, type LiveLoad } from './feeds.ts';
import { type GroupList, readGroups } from './group-reader.ts';

export interface GroupChangesArgs {
  readonly after?: string | null;
  readonly filter?: GroupFilter | null;
}

interface GroupChange extends GroupEdgeModel {
  readonly batch: GroupBatch;
}

export interface Follower {
  readonly caller: Caller;
  /** The session of the request that subscribes; used until the subscription is open. */
  readonly session: Session;
  readonly gone: AbortSignal;
}

/**
 * Follows a caller's list of groups. Gives each group that changes or is new, as an edge.
 *
 * The last event may be an error, which the executor throws. When the gateway stops, the events end without an
 * error.
 *
 * @throws GraphQLError `BAD_USER_INPUT` for the same arguments as `Query.groups`; `OVERLOADED` if there are too
 *   many subscriptions, of all callers or of this one. CotalkerError if the list cannot be read.
 */
export type FollowGroups = (
  follower: Follower,
  args: GroupChangesArgs,
) => Promise<AsyncIterable<GroupChange | Error>>;

export interface LiveOptions {
  readonly pollMs: number;
  readonly maxSubscriptions: number;
}

interface GroupChangesOptions extends LiveOptions {
  readonly cotalker: Cotalker;
  readonly deadlineMs: number;
  /** Fires when the gateway accepts nothing more, which ends all subscriptions. */
  readonly ending: AbortSignal;
  readonly onFailing: (code: string) => void;
}

/** One feed for all subscribers of the same list with the same token. It ends with the last of them. */
export function createGroupChanges(options: GroupChangesOptions) {
  const { cotalker, deadlineMs, pollMs, maxSubscriptions, ending, onFailing } = options;
  const feeds = new Feeds<GroupRecord>(maxSubscriptions);

  const readerOf = (caller: Caller, list: GroupList, session: Session) =>
    // A caller who learns of a change and then lists groups has to find it there.
    readGroups(list, session, () => cotalker.forgetLists(caller));

  const openFeed = (caller: Caller, list: GroupList, signal: AbortSignal): Feed<GroupRecord> => {
    // Polls serve all subscribers, so they do not belong to the request that came first. No cache has what they look for.
    const tracing = { [REQUEST_ID_HEADER]: randomUUID() };
    const poller: Caller = { ...caller, tracing, caching: 'none' };
    /** A poll waits for its turn without a deadline: its company may have more followers than its quota has polls. */
    const read: Reader<GroupRecord>['read'] = async (after, want, left) => {
      const ahead = await cotalker.turnOf(poller, left);
      const limit = AbortSignal.any([left, AbortSignal.timeout(deadlineMs)]);
      const work = { urgency: 'later', ahead } as const;
      const session = cotalker.openSession(poller, limit, deadlineMs, work);
      try {
        return await readerOf(caller, list, session).read(after, want, left);
      } finally {
        ahead?.take()?.();
      }
    };
    return new Feed({ read, pollMs, signal, onFailing });
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
    const listener = addAbortListener(signal, leave);
    // On a signal that never fires, a listener would stay as long as the gateway runs.
    const end = (): void => {
      listener[Symbol.dispose]();
      leave();
    };
    const changes = await openChanges({
      feed,
      after: position,
      opening: readerOf(caller, list, freshly(session)),
      signal,
    }).catch((error: unknown) => {
      end();
      throw error;
    });
    return tell(changes, list, signal, end);
  };
  return {
    follow,
    get load(): LiveLoad {
      return feeds.load;
    },
  };
}

const batchOf = createMemo<readonly KeysetItem<GroupRecord>[], GroupBatch>();

/** The changes as edges. An error is the last event. */
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
