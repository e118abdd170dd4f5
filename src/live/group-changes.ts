import { randomUUID } from 'node:crypto';
import { type GroupRecord, listNewestGroups } from '../cotalker/endpoints/groups.ts';
import type { Caller } from '../cotalker/caller.ts';
import { type KeysetItem, readKeyset } from '../cotalker/paging/keyset.ts';
import type { Cotalker, Session } from '../cotalker/session.ts';
import { overloaded } from '../errors.ts';
import type { GroupFilter } from '../generated/resolvers.ts';
import { readCursor } from '../loaders/connection.ts';
import { type GroupEdgeModel, groupList, groupsUpstream } from '../loaders/group.ts';
import { createGroupBatch, type GroupBatch } from '../loaders/group-batch.ts';
import { encodeKeysetCursor, listName } from '../mapping/cursor.ts';
import { REQUEST_ID_HEADER } from '../observe/request-id.ts';
import { openChanges } from './changes.ts';
import { createFailingFeeds, type OnFailingFeeds } from './failing-feeds.ts';
import { createFeed, type Feed, type Reader } from './feed.ts';
import { createFeeds, type LiveLoad } from './feeds.ts';
import { type FetchNewest, findTip } from './list-end.ts';

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

type GroupList = ReturnType<typeof groupList>;

/** What lists are read through. */
type Listing = Pick<Session, 'get' | 'traits'>;

/** A session that asks, whatever the response cache has: where a list ends now, it cannot tell. */
const freshly = ({ get, traits }: Session): Listing => ({
  get: (call) => get({ ...call, fresh: true }),
  traits,
});

/** One feed for all who follow the same list with the same token; it ends with the last of them. */
export function createGroupChanges(options: GroupChangesOptions): GroupChanges {
  const { cotalker, deadlineMs, pollMs, maxSubscriptions, ending, onFailing } = options;
  const failing = createFailingFeeds(onFailing);
  const feeds = createFeeds<GroupRecord>(maxSubscriptions);

  const readerOf = (
    list: GroupList,
    open: (signal?: AbortSignal) => Listing,
  ): Reader<GroupRecord> => {
    const { upstreamFilter, since } = list;
    const listOf = (session: Listing) => groupsUpstream(session, upstreamFilter);
    return {
      read: (after, want, signal) => readKeyset(listOf(open(signal)), since, after, want),
      findTip: () => {
        const session = open();
        const fetchNewest: FetchNewest<GroupRecord> = (page) =>
          listNewestGroups(session, upstreamFilter, page);
        return findTip({ fetchNewest, list: listOf(session), since });
      },
    };
  };
  /** Sessions of a caller, one for each reading. */
  const sessionsOf =
    (caller: Caller) =>
    (signal?: AbortSignal): Session => {
      const timeout = AbortSignal.timeout(deadlineMs);
      const limit = signal ? AbortSignal.any([signal, timeout]) : timeout;
      // What is looked for is in no cache.
      return cotalker.openSession({ ...caller, caching: 'none' }, limit, deadlineMs, {
        urgency: 'later',
      });
    };

  const openFeed = (caller: Caller, list: GroupList, signal: AbortSignal): Feed<GroupRecord> => {
    // Many may follow: the polls are none of the one request that came first.
    const tracing = { [REQUEST_ID_HEADER]: randomUUID() };
    const { read } = readerOf(list, sessionsOf({ ...caller, tracing }));
    return createFeed({ read, pollMs, signal, failing });
  };

  const batches = new WeakMap<object, GroupBatch>();
  const batchOf = (items: readonly KeysetItem<GroupRecord>[]): GroupBatch => {
    const batch = batches.get(items) ?? createGroupBatch(items);
    batches.set(items, batch);
    return batch;
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
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    /** As `leave`; of a signal that is never to fire, a listener would stay for as long as the gateway runs. */
    const end = (): void => {
      signal.removeEventListener('abort', leave);
      leave();
    };
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
    return tell();

    async function* tell(): AsyncGenerator<GroupChange | Error, void> {
      try {
        for await (const { record, position: place, batch } of changes)
          yield {
            node: { record, filteredBy: list.filteredBy },
            batch: batchOf(batch),
            get cursor() {
              return encodeKeysetCursor(name, place);
            },
          };
      } catch (error) {
        if (signal.aborted) return;
        yield error instanceof Error ? error : new Error('the feed failed');
      } finally {
        end();
      }
    }
  };
  return {
    follow,
    get load() {
      return { ...feeds.load, failing: failing.size };
    },
  };
}
