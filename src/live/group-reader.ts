import type { Caller } from '../cotalker/caller.ts';
import { listGroups } from '../cotalker/endpoints/groups.ts';
import type { TurnAhead } from '../cotalker/exchange.ts';
import { readKeyset } from '../cotalker/paging/keyset.ts';
import type { GroupRecord } from '../cotalker/records/group.ts';
import type { Cotalker, Session } from '../cotalker/session.ts';
import { groupsUpstream } from '../loaders/every-group.ts';
import type { groupList } from '../loaders/arguments.ts';
import type { Reader } from './feed.ts';
import { findListEnd } from './list-end.ts';

export type GroupList = ReturnType<typeof groupList>;

/** How a feed reads its list. */
type Listing = Pick<Session, 'get' | 'traits'>;

/** Gives what one reading goes through; the signal ends it sooner. */
export type OpenListing = (signal?: AbortSignal) => Listing;

/** Makes sessions of a caller, one for each reading, which may take `deadlineMs`. */
export const openSessions =
  (cotalker: Cotalker, caller: Caller, deadlineMs: number) =>
  (signal?: AbortSignal, ahead?: TurnAhead): Session => {
    const timeout = AbortSignal.timeout(deadlineMs);
    const limit = signal ? AbortSignal.any([signal, timeout]) : timeout;
    // No cache has the changes that a poll looks for.
    return cotalker.openSession({ ...caller, caching: 'none' }, limit, deadlineMs, {
      urgency: 'later',
      ahead,
    });
  };

/**
 * Reads a list of groups (`GET /v2/groups`).
 *
 * @param open Called for each reading.
 * @param onItems Called before a reading gives items.
 */
export function readGroups(
  { upstreamFilter, since }: GroupList,
  open: OpenListing,
  onItems: () => void,
): Reader<GroupRecord> {
  const listOf = (session: Listing) => groupsUpstream(session, upstreamFilter);
  return {
    read: async (after, want, signal) => {
      const window = await readKeyset(listOf(open(signal)), since, after, want);
      if (window.items.length > 0) onItems();
      return window;
    },
    findListEnd: () => {
      const session = open();
      return findListEnd({
        fetchNewest: (page) =>
          listGroups(session, upstreamFilter, { ...page, page: 1 }, false, 'desc'),
        list: listOf(session),
        since,
      });
    },
  };
}
