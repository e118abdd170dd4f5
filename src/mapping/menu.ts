import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import { type GroupRecord, placeOfGroup } from '../cotalker/records/group.ts';
import type { KeysetItem } from '../cotalker/records/placed-item.ts';
import { readableOr } from '../cotalker/records/values.ts';
import { linkTarget, nameOfGroup } from './group.ts';
import { byWeight } from './order.ts';
import type { References } from './fields.ts';

/** A listed group: the record, or why it could not be read. */
export type ListedGroup = KeysetItem<GroupRecord>;
/** The same, or why it cannot even be told which group it is. */
export interface MenuItem {
  readonly record: GroupRecord | CotalkerError;
}

/**
 * The caller's active groups, as the main menu lays them out (sheet, section 4). A group that could not
 * be read stands where what can be read of it puts it, behind the others.
 */
export interface Menu {
  /** All that could be read. */
  readonly records: readonly GroupRecord[];
  /** The groups that have no parent, or none that can be read, and are in no category, by weight. */
  readonly top: readonly ListedGroup[];
  /** The groups whose parent this is, by weight, then name. */
  childrenOf(groupId: string): readonly ListedGroup[];
  /**
   * Those of the ids that are on the listing, each once, by weight, then name; ids that could not be read
   * come last.
   *
   * @throws CotalkerError where the list of ids is one.
   */
  pick(groupIds: References): readonly MenuItem[];
  /**
   * The category that holds the group, the first by weight; null where none does.
   *
   * @throws CotalkerError where none is known to, and one could not be read, or not all of what it holds.
   */
  categoryOf(groupId: string): GroupRecord | null;
}

/**
 * Lays the menu out from one complete listing. Each level is looked up on its own and nothing is
 * followed, so groups that are their own parent, or categories nested in each other, cost nothing:
 * they show where the upstream's data puts them.
 */
export function layOutMenu(groups: readonly ListedGroup[]): Menu {
  const sorted = groups.toSorted(compareListed);
  const byId = new Map(sorted.map((group) => [group.id, group]));
  const byParent = Map.groupBy(sorted, (group) => readableOr(placeOfGroup(group).parent, null));
  const { categories, unreadable } = nest(sorted);
  return {
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
  /** By the id of each nested group, the category that holds it, or why that could not be read; null for a link. */
  readonly categories: ReadonlyMap<string, GroupRecord | CotalkerError | null>;
  /** Why it is not known of all groups whether a category holds them; undefined where it is. */
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
