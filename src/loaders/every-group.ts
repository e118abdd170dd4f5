import { listGroups } from '../cotalker/endpoints/groups.ts';
import { isReadable } from '../cotalker/errors.ts';
import { type KeysetItem, type KeysetList, readKeyset } from '../cotalker/paging/keyset.ts';
import type { GroupListFilter, GroupRecord } from '../cotalker/records/group.ts';
import type { Session } from '../cotalker/session.ts';

type Items = readonly KeysetItem<GroupRecord>[];
type IsActive = GroupListFilter['isActive'];

/** The complete listings of the caller's groups, for all that a request asks of them. */
export interface EveryGroup {
  /**
   * All groups that the caller may list, the oldest change first. One call for up to 1,000 groups, made once a
   * request. None where a page was the whole list.
   */
  list(isActive: IsActive): Promise<Items>;
  /** A page turned out to be the whole list. */
  note(isActive: IsActive, items: Items): void;
  /** The group of an id: among the active ones where these are listed anyway, else among all. */
  find(id: string): Promise<KeysetItem<GroupRecord> | undefined>;
}

export function createEveryGroup(session: Session): EveryGroup {
  const listings = new Map<IsActive, Promise<Items>>();
  const list = (isActive: IsActive): Promise<Items> => {
    const listing = listings.get(isActive) ?? readEvery(session, isActive);
    listings.set(isActive, listing);
    return listing;
  };
  return {
    list,
    note: (isActive, items) => void listings.set(isActive, Promise.resolve(items)),
    find: async (id) => {
      // Where that listing fails, the other one may not.
      const active = await listings.get('true')?.catch(() => undefined);
      return active?.find((item) => item.id === id) ?? findListed(await list('all'), id);
    },
  };
}

/** `GET /v2/groups` under a filter, to be read by keyset. */
export const groupsUpstream = (
  session: Pick<Session, 'get' | 'traits'>,
  filter: GroupListFilter,
): KeysetList<GroupRecord> => ({
  name: 'groups',
  session,
  fetchPage: (page, again) => listGroups(session, filter, page, again),
});

async function readEvery(session: Session, isActive: IsActive): Promise<Items> {
  return (await readKeyset(groupsUpstream(session, { isActive }), null, undefined, Infinity)).items;
}

/**
 * The group of an id on a complete listing; undefined where it is not there.
 *
 * @throws CotalkerError why it could not be read, where an item that hides its id may be the group.
 */
export function findListed(items: Items, id: string): KeysetItem<GroupRecord> | undefined {
  const found = items.find((item) => item.id === id);
  const suspect = items.find(({ record }) => !isReadable(record))?.record;
  if (found === undefined && suspect instanceof Error) throw suspect;
  return found;
}
