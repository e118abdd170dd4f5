import { freshly, type Session } from '../cotalker/session.ts';
import { isReadable } from '../cotalker/errors.ts';
import {
  type GroupModel,
  linkTarget,
  type StandardGroupModel,
  toStandardGroup,
} from '../mapping/group.ts';
import { layOutMenu, type Menu } from '../mapping/menu.ts';
import { findListed, type GroupSource, listEveryGroup } from './group.ts';
import { once } from './once-per-key.ts';
import type { TaskGroupLoader } from './task-group.ts';

/**
 * All from one complete listing of the caller's active groups, made once a request; once more where that is remembered,
 * and does not hold a group that is asked about, or holds it as it was before.
 */
export interface MenuLoader {
  /** What the main menu shows, by weight; groups that could not be read come last. */
  top(): Promise<readonly GroupSource[]>;
  /** What opens below a group: a category's nested groups, else the groups whose parent it is. */
  childrenOf(group: GroupModel): Promise<readonly GroupSource[]>;
  /** The group in whose panel a group shows; null where it has none among the active groups. */
  parentOf(group: GroupModel): Promise<GroupSource | null>;
  /** The active category that holds a group; null where none does. Its type takes no look-up. */
  categoryOf(group: GroupModel): Promise<StandardGroupModel | null>;
}

export function createMenuLoader(session: Session, taskGroups: TaskGroupLoader): MenuLoader {
  const load = once(() => listEveryGroup(session, 'true').then(layOutMenu));
  const loadNow = once(() => listEveryGroup(freshly(session), 'true').then(layOutMenu));
  /** The menu, not older than the group. */
  const loadFor = async ({ id, modifiedAt }: GroupModel): Promise<Menu> => {
    const menu = await load();
    if (!session.memory.hasServed()) return menu;
    const listed = menu.find(id)?.record;
    const isAsListed = isReadable(listed) && listed?.modifiedAt === modifiedAt;
    return isAsListed ? menu : loadNow();
  };

  /** The menu's deeper levels will be asked for as well: their look-ups ride along with this one's. */
  const expectAll = ({ records }: Menu): void =>
    taskGroups.expect(records.filter((group) => linkTarget(group) === null).map(({ _id }) => _id));

  return {
    top: async () => {
      const menu = await load();
      expectAll(menu);
      return menu.top;
    },
    childrenOf: async (group) => {
      const menu = await loadFor(group);
      expectAll(menu);
      const { id, nestedIds } = group;
      return nestedIds === null ? menu.childrenOf(id) : menu.pick(nestedIds);
    },
    parentOf: async (group) => {
      const { parentId } = group;
      if (parentId instanceof Error) throw parentId;
      if (parentId === null) return null;
      return findListed((await loadFor(group)).items, parentId) ?? null;
    },
    categoryOf: async (group) => {
      const category = (await loadFor(group)).categoryOf(group.id);
      return category && toStandardGroup(category);
    },
  };
}
