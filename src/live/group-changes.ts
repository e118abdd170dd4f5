import { type GroupRecord, listGroups } from '../cotalker/groups.ts';
import { identify } from '../cotalker/identity.ts';
import { type KeysetPage, readKeyset } from '../cotalker/keyset.ts';
import type { Caller, Cotalker } from '../cotalker/session.ts';
import { overloaded } from '../errors.ts';
import type { GroupFilter } from '../generated/resolvers.ts';
import { readCursor } from '../loaders/connection.ts';
import { type GroupEdgeModel, groupList } from '../loaders/group.ts';
import { encodeKeysetCursor, listName } from '../mapping/cursor.ts';
import { readChanges } from './changes.ts';
import { createFeed, type Feed, type ReadOn } from './feed.ts';

export interface GroupChangesArgs {
  readonly after?: string | null;
  readonly filter?: GroupFilter | null;
}

/**
 * Follows a caller's list of groups: each group that changes or comes to it, as an edge.
 *
 * The last event may be an error, in place of which the executor throws it. It ends without one when the
 * gateway stops.
 *
 * @param gone Fires when the caller goes away, which ends it.
 * @throws GraphQLError `BAD_USER_INPUT` for arguments as of `Query.groups`, `OVERLOADED` where there are as
 *   many subscriptions as there may be; CotalkerError where the list cannot be read.
 */
export type FollowGroups = (
  caller: Caller,
  gone: AbortSignal,
  args: GroupChangesArgs,
) => Promise<AsyncIterable<GroupEdgeModel | Error>>;

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
}

interface Shared {
  readonly feed: Feed<GroupRecord>;
  readonly stop: AbortController;
  listeners: number;
}

/** One feed for all who follow the same list with the same token; it ends with the last of them. */
export function createGroupChanges(options: GroupChangesOptions): FollowGroups {
  const { cotalker, deadlineMs, pollMs, maxSubscriptions, ending } = options;
  const feeds = new Map<string, Shared>();
  let open = 0;

  const reader =
    (
      caller: Caller,
      { upstreamFilter, since }: ReturnType<typeof groupList>,
    ): ReadOn<GroupRecord> =>
    (after, want, signal) => {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
      // Many may follow: the calls are none of the one request that came first. Nor is what they look for
      // in any cache.
      const asking: Caller = { ...caller, tracing: {}, caching: 'none' };
      const session = cotalker.openSession(asking, limit, deadlineMs);
      const fetchPage = (page: KeysetPage, again: boolean) =>
        listGroups(session, upstreamFilter, page, again);
      return readKeyset(fetchPage, since, after, want);
    };

  const share = (read: ReadOn<GroupRecord>): Shared => {
    const stop = new AbortController();
    return { feed: createFeed({ read, pollMs, signal: stop.signal }), stop, listeners: 0 };
  };

  /** @returns The feed, and what to call once, when it is not listened to any more. */
  const listen = (key: string, read: ReadOn<GroupRecord>) => {
    const known = feeds.get(key);
    const shared = known && !known.feed.hasEnded ? known : share(read);
    feeds.set(key, shared);
    shared.listeners += 1;
    open += 1;
    let isOver = false;
    const leave = (): void => {
      if (isOver) return;
      isOver = true;
      open -= 1;
      shared.listeners -= 1;
      if (shared.listeners > 0) return;
      shared.stop.abort();
      if (feeds.get(key) === shared) feeds.delete(key);
    };
    return { feed: shared.feed, leave };
  };

  return async (caller, gone, { after, filter }) => {
    const list = groupList(filter ?? {});
    const name = listName(...list.list);
    const position = after == null ? undefined : readCursor(name, after);
    if (ending.aborted || open >= maxSubscriptions) throw overloaded();
    const key = `${identify(caller)} ${name}`;
    const { feed, leave } = listen(key, reader(caller, list));
    const signal = AbortSignal.any([gone, ending]);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    /** As `leave`; of a signal that is never to fire, a listener would stay for as long as the gateway runs. */
    const end = (): void => {
      signal.removeEventListener('abort', leave);
      leave();
    };
    try {
      await feed.open();
    } catch (error) {
      end();
      throw error;
    }
    const changes = readChanges(feed, position, signal);
    return follow();

    async function* follow(): AsyncGenerator<GroupEdgeModel | Error, void> {
      try {
        for await (const { record, position: place } of changes)
          yield {
            node: { record, filteredBy: list.filteredBy },
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
}
