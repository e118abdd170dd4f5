import { isReadable } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import {
  type GroupModel,
  linkTarget,
  type StandardGroupModel,
  toStandardGroup,
} from '../mapping/group.ts';
import { layOutMenu, type Menu } from '../mapping/menu.ts';
import { type EveryGroup, findListed } from './every-group.ts';
import type { GroupSource } from './group.ts';
import { once } from './once-per-key.ts';
import type { TaskGroupLoader } from './task-group.ts';

export type MenuLoader = ReturnType<typeof createMenuLoader>;

/**
 * All from one complete listing of the caller's active groups, made once a request. It is made again if it was
 * remembered and lacks a group that the query asks about, or holds an older version of it.
 */
export function createMenuLoader(
  { memory }: Session,
  everyGroup: EveryGroup,
  taskGroups: TaskGroupLoader,
) {
  const load = once(() => everyGroup.list('true').then(layOutMenu));
  const loadFresh = once(() => everyGroup.fresh().list('true').then(layOutMenu));
  /** The menu, no older than the group. */
  const loadFor = async ({ id, modifiedAt }: GroupModel): Promise<Menu> => {
    const menu = await load();
    if (!memory.hasServed()) return menu;
    const listed = menu.find(id)?.record;
    const isAsListed = isReadable(listed) && listed?.modifiedAt === modifiedAt;
    return isAsListed ? menu : loadFresh();
  };

  /** The menu's deeper levels will be asked for as well: their look-ups ride along with this one's. */
  const expectAll = ({ records }: Menu): void =>
    taskGroups.expect(records.filter((group) => linkTarget(group) === null).map(({ _id }) => _id));

  return {
    /** What the main menu shows, by weight; groups that could not be read come last. */
    top: async (): Promise<readonly GroupSource[]> => {
      const menu = await load();
      expectAll(menu);
      return menu.top;
    },
    /** What opens below a group: a category's nested groups, else the groups whose parent it is. */
    childrenOf: async (group: GroupModel): Promise<readonly GroupSource[]> => {
      const menu = await loadFor(group);
      expectAll(menu);
      const { id, nestedIds } = group;
      return nestedIds === null ? menu.childrenOf(id) : menu.pick(nestedIds);
    },
    /** The group in whose panel a group shows; null where it has none among the active groups. */
    parentOf: async (group: GroupModel): Promise<GroupSource | null> => {
      const { parentId } = group;
      if (parentId instanceof Error) throw parentId;
      if (parentId === null) return null;
      return findListed((await loadFor(group)).items, parentId) ?? null;
    },
    /** The active category that holds a group; null where none does. Its type takes no look-up. */
    categoryOf: async (group: GroupModel): Promise<StandardGroupModel | null> => {
      const category = (await loadFor(group)).categoryOf(group.id);
      return category && toStandardGroup(category);
    },
  };
}
