import {
  type GroupModel,
  linkTarget,
  type StandardGroupModel,
  toStandardGroup,
} from '../mapping/group.ts';
import { layOutMenu, type Menu } from '../mapping/menu.ts';
import { type EveryGroup, findListed } from './every-group.ts';
import type { GroupSource } from './group.ts';
import type { TaskGroupLoader } from './task-group.ts';

/** All from one complete listing of the caller's active groups, made once a request. */
export interface MenuLoader {
  /** What the main menu shows, by weight; groups that could not be read come last. */
  top(): Promise<readonly GroupSource[]>;
  /** What opens below a group: a category's nested groups, else the groups whose parent it is. */
  childrenOf(group: GroupModel): Promise<readonly GroupSource[]>;
  /** The group in whose panel a group shows; null where it has none among the active groups. */
  parentOf(group: GroupModel): Promise<GroupSource | null>;
  /** The active category that holds a group; null where none does. Its type takes no look-up. */
  categoryOf(groupId: string): Promise<StandardGroupModel | null>;
}

export function createMenuLoader(everyGroup: EveryGroup, taskGroups: TaskGroupLoader): MenuLoader {
  let menu: Promise<Menu> | undefined;
  const list = () => everyGroup.list('true');
  const load = () => (menu ??= list().then(layOutMenu));

  /** The menu's deeper levels will be asked for as well: their look-ups ride along with this one's. */
  const expectAll = ({ records }: Menu): void =>
    taskGroups.expect(records.filter((group) => linkTarget(group) === null).map(({ _id }) => _id));

  return {
    top: async () => {
      const menu = await load();
      expectAll(menu);
      return menu.top;
    },
    childrenOf: async ({ id, nestedIds }) => {
      const menu = await load();
      expectAll(menu);
      return nestedIds === null ? menu.childrenOf(id) : menu.pick(nestedIds);
    },
    parentOf: async ({ parentId }) => {
      if (parentId instanceof Error) throw parentId;
      return parentId === null ? null : (findListed(await list(), parentId) ?? null);
    },
    categoryOf: async (groupId) => {
      const category = (await load()).categoryOf(groupId);
      return category && toStandardGroup(category);
    },
  };
}
