import type { Call } from '../cotalker/call.ts';
import {
  callForGroups,
  listGroups,
  rememberedGroups,
  rememberGroups,
} from '../cotalker/endpoints/groups.ts';
import { isReadable } from '../cotalker/errors.ts';
import {
  type KeysetItem,
  type KeysetList,
  type KeysetWindow,
  placeWhole,
  readKeyset,
} from '../cotalker/paging/keyset.ts';
import type { GroupListFilter, GroupRecord } from '../cotalker/records/group.ts';
import { freshly, type Session } from '../cotalker/session.ts';
import { once } from './once-per-key.ts';

type Items = readonly KeysetItem<GroupRecord>[];
type Window = KeysetWindow<GroupRecord>;
type IsActive = GroupListFilter['isActive'];

/** The complete listings of the caller's groups, for all that a request asks of them. */
export interface EveryGroup {
  /**
   * All groups that the caller may list, the oldest change first. One call for up to 1,000 groups, made once a
   * request. None where a page was the whole list, or where that is remembered.
   */
  list(isActive: IsActive): Promise<Items>;
  /** All groups that the caller may list, where they are remembered; no call. */
  remembered(isActive: IsActive): Promise<Items | undefined>;
  /**
   * A page turned out to be the whole list.
   *
   * @param calls What was asked for it.
   */
  note(isActive: IsActive, window: Window, calls: readonly Call[]): void;
  /**
   * The group of an id: among the active ones if these are listed anyway, else among all. A group that is not in a
   * remembered listing may have been created since: then Cotalker is asked.
   */
  find(id: string): Promise<KeysetItem<GroupRecord> | undefined>;
  /** The same listings, but none that was remembered. */
  fresh(): EveryGroup;
}

export function createEveryGroup(session: Session): EveryGroup {
  const listings = new Map<IsActive, Promise<Items>>();
  const remembered = async (isActive: IsActive): Promise<Items | undefined> => {
    const page = await rememberedGroups(session, isActive);
    return page && placeWhole(page);
  };
  const remember = (isActive: IsActive, { items, head }: Window, calls: readonly Call[]): void => {
    // Only of one page: several may never have been there at once.
    if (head?.items.length === items.length) void rememberGroups(session, isActive, head, calls);
  };
  const read = async (isActive: IsActive): Promise<Items> => {
    const known = await remembered(isActive);
    if (known !== undefined) return known;
    const { upstream, calls } = groupsUpstream(session, { isActive });
    const window = await readKeyset(upstream, null, undefined, Infinity);
    remember(isActive, window, calls);
    return window.items;
  };
  const list = (isActive: IsActive): Promise<Items> => {
    const listing = listings.get(isActive) ?? read(isActive);
    listings.set(isActive, listing);
    return listing;
  };
  const fresh = once(() => createEveryGroup(freshly(session)));
  return {
    list,
    fresh,
    remembered,
    note: (isActive, window, calls) => {
      listings.set(isActive, Promise.resolve(window.items));
      remember(isActive, window, calls);
    },
    find: async (id) => {
      // Where that listing fails, the other one may not.
      const active = await listings.get('true')?.catch(() => undefined);
      const found = active?.find((item) => item.id === id) ?? findListed(await list('all'), id);
      if (found !== undefined || !session.memory.hasServed()) return found;
      return findListed(await fresh().list('all'), id);
    },
  };
}

/** `GET /v2/groups` under a filter, to be read by keyset, and the calls that were made for it so far. */
export function groupsUpstream(
  session: Pick<Session, 'get' | 'traits'>,
  filter: GroupListFilter,
): { readonly upstream: KeysetList<GroupRecord>; readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  const fetchPage: KeysetList<GroupRecord>['fetchPage'] = (page, again) => {
    calls.push(callForGroups(filter, page));
    return listGroups(session, filter, page, again);
  };
  return { upstream: { name: 'groups', session, fetchPage }, calls };
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
