import type { GroupRecord } from '../cotalker/groups.ts';
import { nameOfGroup } from './group.ts';
import { byWeight } from './order.ts';

/** The caller's active groups, as the main menu lays them out (sheet, section 4). */
export interface Menu {
  readonly all: readonly GroupRecord[];
  /** The groups that have no parent and are in no category, by weight. */
  readonly top: readonly GroupRecord[];
  /** The groups whose parent this is, by weight, then name. */
  childrenOf(groupId: string): readonly GroupRecord[];
  /** Those of the ids that are on the listing, each once, by weight, then name. */
  pick(groupIds: readonly string[]): readonly GroupRecord[];
}

/**
 * Lays the menu out from one complete listing. Each level is looked up on its own and nothing is
 * followed, so groups that are their own parent, or categories nested in each other, cost nothing:
 * they show where the upstream's data puts them.
 */
export function layOutMenu(groups: readonly GroupRecord[]): Menu {
  const sorted = [...groups].sort(byWeight(nameOfGroup));
  const byId = new Map(sorted.map((group) => [group._id, group]));
  const byParent = Map.groupBy(sorted, ({ parent }) => parent);
  const nested = new Set(
    sorted.flatMap(({ isCategory, nestedGroups }) => (isCategory ? nestedGroups : [])),
  );
  return {
    all: sorted,
    top: (byParent.get(null) ?? []).filter(({ _id }) => !nested.has(_id)),
    childrenOf: (groupId) => byParent.get(groupId) ?? [],
    pick: (groupIds) =>
      [...new Set(groupIds)].flatMap((id) => byId.get(id) ?? []).sort(byWeight(nameOfGroup)),
  };
}
