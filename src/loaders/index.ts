import type { Session } from '../cotalker/session.ts';
import { createGroupLoader, type GroupLoader } from './group.ts';
import { createMenuLoader, type MenuLoader } from './menu.ts';
import { createTaskGroupLoader } from './task-group.ts';

export interface Loaders {
  readonly groups: GroupLoader;
  readonly menu: MenuLoader;
}

/** One set of loaders, for one request: what they remember is one caller's, and goes with it. */
export function createLoaders(session: Session): Loaders {
  const taskGroups = createTaskGroupLoader(session);
  return {
    groups: createGroupLoader(session, taskGroups),
    menu: createMenuLoader(session, taskGroups),
  };
}
