import type { Caller } from '../cotalker/caller.ts';
import { listNewestGroups } from '../cotalker/endpoints/groups.ts';
import { readKeyset } from '../cotalker/paging/keyset.ts';
import type { GroupRecord } from '../cotalker/records/group.ts';
import type { Cotalker, Session } from '../cotalker/session.ts';
import { type groupList, groupsUpstream } from '../loaders/group.ts';
import type { Reader } from './feed.ts';
import { findTip } from './list-end.ts';

export type GroupList = ReturnType<typeof groupList>;

/** What lists are read through. */
type Listing = Pick<Session, 'get' | 'traits'>;

/** A session that asks, whatever the response cache has: where a list ends now, it cannot tell. */
export const freshly = ({ get, traits }: Session): Listing => ({
  get: (call) => get({ ...call, fresh: true }),
  traits,
});

/** Opens sessions of a caller, one for each reading, which may take `deadlineMs`. */
export const openSessions =
  (cotalker: Cotalker, caller: Caller, deadlineMs: number) =>
  (signal?: AbortSignal): Session => {
    const timeout = AbortSignal.timeout(deadlineMs);
    const limit = signal ? AbortSignal.any([signal, timeout]) : timeout;
    // What is looked for is in no cache.
    return cotalker.openSession({ ...caller, caching: 'none' }, limit, deadlineMs, {
      urgency: 'later',
    });
  };

/** Reads a list of groups (`GET /v2/groups`), each time by a session that `open` gives. */
export function readerOf(
  { upstreamFilter, since }: GroupList,
  open: (signal?: AbortSignal) => Listing,
): Reader<GroupRecord> {
  const listOf = (session: Listing) => groupsUpstream(session, upstreamFilter);
  return {
    read: (after, want, signal) => readKeyset(listOf(open(signal)), since, after, want),
    findTip: () => {
      const session = open();
      return findTip({
        fetchNewest: (page) => listNewestGroups(session, upstreamFilter, page),
        list: listOf(session),
        since,
      });
    },
  };
}
