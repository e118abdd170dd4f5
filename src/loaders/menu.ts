import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { GroupRecord } from '../cotalker/groups.ts';
import type { Session } from '../cotalker/session.ts';
import { type GroupModel, linkTarget } from '../mapping/group.ts';
import { layOutMenu, type Menu } from '../mapping/menu.ts';
import { type GroupSource, listEveryGroup } from './group.ts';
import type { TaskGroupLoader } from './task-group.ts';

/** All from one complete listing of the caller's active groups, made once a request. */
export interface MenuLoader {
  /** What the main menu shows, by weight; groups that could not be read come last. */
  top(): Promise<readonly GroupSource[]>;
  /** What opens below a group: a category's nested groups, else the groups whose parent it is. */
  childrenOf(group: GroupModel): Promise<readonly GroupSource[]>;
  /** The group in whose panel a group shows; null where it has none among the active groups. */
  parentOf(group: GroupModel): Promise<GroupSource | null>;
}

interface Listing {
  readonly menu: Menu;
  readonly unreadable: readonly CotalkerError[];
}

export function createMenuLoader(session: Session, taskGroups: TaskGroupLoader): MenuLoader {
  let listing: Promise<Listing> | undefined;
  const load = (): Promise<Listing> => (listing ??= loadListing(session));

  /** The menu's deeper levels will be asked for as well: their look-ups ride along with this one's. */
  const expectAll = ({ all }: Menu): void =>
    taskGroups.expect(all.filter((group) => linkTarget(group) === null).map(({ _id }) => _id));

  return {
    top: async () => {
      const { menu, unreadable } = await load();
      expectAll(menu);
      return [...menu.top, ...unreadable].map((record) => ({ record }));
    },
    childrenOf: async ({ id, nestedIds }) => {
      const { menu } = await load();
      expectAll(menu);
      return (nestedIds === null ? menu.childrenOf(id) : menu.pick(nestedIds)).map(asSource);
    },
    parentOf: async ({ parentId }) => {
      if (parentId === null) return null;
      const { menu } = await load();
      return menu.pick([parentId]).map(asSource)[0] ?? null;
    },
  };
}

const asSource = (record: GroupRecord): GroupSource => ({ record });

async function loadListing(session: Session): Promise<Listing> {
  const records = (await listEveryGroup(session, 'true')).map(({ record }) => record);
  return {
    menu: layOutMenu(records.filter(isReadable)),
    unreadable: records.flatMap((record) => (isReadable(record) ? [] : record)),
  };
}
