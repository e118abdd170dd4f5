import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import { type GroupRecord, placeOfGroup } from '../cotalker/records/group.ts';
import type { KeysetItem } from '../cotalker/records/placed-item.ts';
import { readableOr } from '../cotalker/records/fields.ts';
import { linkTarget, nameOfGroup } from './group.ts';
import { byWeight, type References } from './fields.ts';

type ListedGroup = KeysetItem<GroupRecord>;
/** The same, or why not even its id can be read. */
export interface MenuItem {
  readonly record: GroupRecord | CotalkerError;
}

/**
 * The caller's active groups in the order of the main menu (sheet, section 4). A group that could not be read comes
 * after the others, at the level that its readable fields give.
 */
export interface Menu {
  readonly items: readonly ListedGroup[];
  readonly records: readonly GroupRecord[];
  find(groupId: string): ListedGroup | undefined;
  /** The groups without a (readable) parent that are in no category, sorted by weight. */
  readonly top: readonly ListedGroup[];
  /** The groups whose parent this is, sorted by weight, then name. */
  childrenOf(groupId: string): readonly ListedGroup[];
  /**
   * The groups of these ids that are in the list, each once, sorted by weight, then name. Ids that could not be
   * read come last.
   *
   * @throws CotalkerError where the list of ids is one.
   */
  pick(groupIds: References): readonly MenuItem[];
  /**
   * The category that holds the group, the first one by weight; null if there is none.
   *
   * @throws CotalkerError if no category is known to hold it, and a category, or an id in one, could not be read.
   */
  categoryOf(groupId: string): GroupRecord | null;
}

/**
 * Builds the menu from one complete list of groups. Each level is a look-up of its own, and nothing follows
 * references. So a group that is its own parent, or categories that contain each other, do no harm: they show where
 * Cotalker's data puts them.
 */
export function layOutMenu(groups: readonly ListedGroup[]): Menu {
  const sorted = groups.toSorted(compareListed);
  const byId = new Map(sorted.map((group) => [group.id, group]));
  const byParent = Map.groupBy(sorted, (group) => readableOr(placeOfGroup(group).parent, null));
  const { categories, unreadable } = nest(sorted);
  return {
    items: groups,
    find: (groupId) => byId.get(groupId),
    records: sorted.map(({ record }) => record).filter(isReadable),
    top: (byParent.get(null) ?? []).filter(({ id }) => !categories.has(id)),
    childrenOf: (groupId) => byParent.get(groupId) ?? [],
    pick: (groupIds) => {
      if (!isReadable(groupIds)) throw groupIds;
      const ids = new Set(groupIds.filter(isReadable));
      const found = [...ids].flatMap((id) => byId.get(id) ?? []).sort(compareListed);
      const unreadable = groupIds.flatMap((id) => (isReadable(id) ? [] : { record: id }));
      return [...found, ...unreadable];
    },
    categoryOf: (groupId) => {
      const category = categories.get(groupId) ?? unreadable ?? null;
      if (category !== null && !isReadable(category)) throw category;
      return category;
    },
  };
}

interface Nesting {
  /** For the id of each nested group: its category, or why that could not be read; null for a link. */
  readonly categories: ReadonlyMap<string, GroupRecord | CotalkerError | null>;
  /** Why the categories of some groups are unknown; undefined if all are known. */
  readonly unreadable: CotalkerError | undefined;
}

function nest(sorted: readonly ListedGroup[]): Nesting {
  const categories = new Map<string, GroupRecord | CotalkerError | null>();
  let unreadable: CotalkerError | undefined;
  for (const group of sorted) {
    const { isCategory, nestedGroups } = placeOfGroup(group);
    if (!readableOr(isCategory, false)) continue;
    // A category is of the standard kind (sheet, section 3): a link is none, though it hides what it names.
    const category = isLink(group) ? null : group.record;
    for (const id of isReadable(nestedGroups) ? nestedGroups : [nestedGroups]) {
      if (id === null) continue;
      if (!isReadable(id)) unreadable ??= id;
      else categories.set(id, categories.get(id) ?? category);
    }
  }
  return { categories, unreadable };
}

const isLink = ({ record }: ListedGroup): boolean =>
  isReadable(record) && linkTarget(record) !== null;

const compareRecords = byWeight(nameOfGroup);

function compareListed({ record: a }: ListedGroup, { record: b }: ListedGroup): number {
  if (isReadable(a) && isReadable(b)) return compareRecords(a, b);
  return Number(isReadable(b)) - Number(isReadable(a));
}
