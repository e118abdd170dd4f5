import { listGroups, rememberedGroups, rememberGroups } from '../cotalker/endpoints/groups.ts';
import { isReadable } from '../cotalker/errors.ts';
import { compareItems, readKeyset } from '../cotalker/paging/keyset.ts';
import type { KeysetItem } from '../cotalker/records/placed-item.ts';
import type { KeysetList } from '../cotalker/paging/paged-list.ts';
import { placeItems } from '../cotalker/records/placed-item.ts';
import type { GroupListFilter, GroupRecord } from '../cotalker/records/group.ts';
import { freshly, type Session } from '../cotalker/session.ts';
import { once } from './once-per-key.ts';

type Items = readonly KeysetItem<GroupRecord>[];
type IsActive = GroupListFilter['isActive'];

interface Reading {
  readonly upstream: KeysetList<GroupRecord>;
  /** To be told the items where they are the whole list, which has no filter: it is not asked for again. */
  readonly onWhole: (items: Items) => void;
}

/** The complete listings of the caller's groups, for all that a request asks of them. */
export interface EveryGroup {
  /**
   * All groups that the caller may list, the oldest change first. One call for up to 1,000 groups, made once a
   * request. None where a page was the whole list, or that is remembered.
   */
  list(isActive: IsActive): Promise<Items>;
  /** The same where it takes no call, or that has been made; else undefined. It never fails for a call. */
  remembered(isActive: IsActive): Promise<Items | undefined>;
  read(filter: GroupListFilter): Reading;
  /**
   * The group of an id: among the active ones if these are known without a call, else among all. A group that is not
   * in a remembered listing may have been created since: then Cotalker is asked.
   */
  find(id: string): Promise<KeysetItem<GroupRecord> | undefined>;
  /** The same listings, but none that was remembered. */
  fresh(): EveryGroup;
}

/** @param memory Where whole lists are remembered. */
export function createEveryGroup(session: Session, memory = session.memory): EveryGroup {
  const listings = new Map<IsActive, Promise<Items>>();
  const recalled = new Map<IsActive, Promise<Items | undefined>>();

  const recall = async (isActive: IsActive): Promise<Items | undefined> => {
    const items = await rememberedGroups(session, isActive);
    return items && placeItems(items, null, true).sort(compareItems);
  };
  const remembered = (isActive: IsActive): Promise<Items | undefined> => {
    const listing = listings.get(isActive)?.catch(() => undefined);
    const known = listing ?? recalled.get(isActive) ?? recall(isActive);
    if (listing === undefined) recalled.set(isActive, known);
    return known;
  };
  const read = (filter: GroupListFilter): Reading => {
    const upstream = groupsUpstream(session, filter);
    let keep: ((size: number) => void) | undefined;
    const fetchPage: typeof upstream.fetchPage = async (page, again) => {
      const found = await upstream.fetchPage(page, again);
      keep ??= (size) => {
        if (found.items.length === size) rememberGroups(memory, filter.isActive, page, found);
      };
      return found;
    };
    return {
      upstream: { ...upstream, fetchPage },
      onWhole: (items) => {
        listings.set(filter.isActive, Promise.resolve(items));
        keep?.(items.length);
      },
    };
  };
  const readWhole = async (isActive: IsActive): Promise<Items> => {
    const known = await remembered(isActive);
    if (known !== undefined) return known;
    const { upstream, onWhole } = read({ isActive });
    const { items } = await readKeyset(upstream, null, undefined, Infinity);
    onWhole(items);
    return items;
  };
  const list = (isActive: IsActive): Promise<Items> => {
    const listing = listings.get(isActive) ?? readWhole(isActive);
    listings.set(isActive, listing);
    return listing;
  };
  const fresh = once(() => createEveryGroup(freshly(session), memory));
  return {
    ...{ list, remembered, read, fresh },
    find: async (id) => {
      const active = await remembered('true');
      const found = active?.find((item) => item.id === id) ?? findListed(await list('all'), id);
      if (found !== undefined || !session.memory.hasServed()) return found;
      return findListed(await fresh().list('all'), id);
    },
  };
}

export const groupsUpstream = (
  session: Pick<Session, 'get' | 'traits'>,
  filter: GroupListFilter,
): KeysetList<GroupRecord> => ({
  name: 'groups',
  session,
  fetchPage: (page, again) => listGroups(session, filter, page, again),
});

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
