import { isReadable } from '../cotalker/errors.ts';
import { type GroupRecord, parentOfGroup } from '../cotalker/groups.ts';
import type { KeysetItem } from '../cotalker/keyset.ts';
import { nameOfGroup } from './group.ts';
import { byWeight } from './order.ts';

/** A listed group: the record, or why it could not be read. */
export type ListedGroup = KeysetItem<GroupRecord>;

/**
 * The caller's active groups, as the main menu lays them out (sheet, section 4). A group that could not
 * be read stands where what can be read of it puts it, behind the others.
 */
export interface Menu {
  /** All that could be read. */
  readonly records: readonly GroupRecord[];
  /** The groups that have no parent and are in no category, by weight. */
  readonly top: readonly ListedGroup[];
  /** The groups whose parent this is, by weight, then name. */
  childrenOf(groupId: string): readonly ListedGroup[];
  /** Those of the ids that are on the listing, each once, by weight, then name. */
  pick(groupIds: readonly string[]): readonly ListedGroup[];
}

/**
 * Lays the menu out from one complete listing. Each level is looked up on its own and nothing is
 * followed, so groups that are their own parent, or categories nested in each other, cost nothing:
 * they show where the upstream's data puts them.
 */
export function layOutMenu(groups: readonly ListedGroup[]): Menu {
  const sorted = groups.toSorted(compareListed);
  const records = sorted.map(({ record }) => record).filter(isReadable);
  const byId = new Map(sorted.map((group) => [group.id, group]));
  const byParent = Map.groupBy(sorted, parentOfGroup);
  const nested = new Set(
    records.flatMap(({ isCategory, nestedGroups }) => (isCategory ? nestedGroups : [])),
  );
  return {
    records,
    top: (byParent.get(null) ?? []).filter(({ id }) => !nested.has(id)),
    childrenOf: (groupId) => byParent.get(groupId) ?? [],
    pick: (groupIds) =>
      [...new Set(groupIds)].flatMap((id) => byId.get(id) ?? []).sort(compareListed),
  };
}

const compareRecords = byWeight(nameOfGroup);

function compareListed({ record: a }: ListedGroup, { record: b }: ListedGroup): number {
  if (isReadable(a) && isReadable(b)) return compareRecords(a, b);
  return Number(isReadable(b)) - Number(isReadable(a));
}
