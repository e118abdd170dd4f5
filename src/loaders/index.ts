import type { Session } from '../cotalker/session.ts';
import type { UserModel } from '../mapping/user.ts';
import type { ByIdLoader } from './by-id.ts';
import { type ChannelLoader, createChannelLoader } from './channel.ts';
import { createGroupLoader, type GroupLoader } from './group.ts';
import { createMenuLoader, type MenuLoader } from './menu.ts';
import { createStateMachineLoader, type StateMachineLoader } from './state-machine.ts';
import { createStateNameLoader, type StateNameLoader } from './state-name.ts';
import { createTaskGroupLoader, type TaskGroupLoader } from './task-group.ts';
import { createTaskLoader, type TaskLoader } from './task.ts';
import { createUserLoader } from './user.ts';

export interface Loaders {
  readonly groups: GroupLoader;
  readonly menu: MenuLoader;
  readonly channels: ChannelLoader;
  readonly taskGroups: TaskGroupLoader;
  readonly stateMachines: StateMachineLoader;
  readonly stateNames: StateNameLoader;
  readonly tasks: TaskLoader;
  readonly users: ByIdLoader<UserModel>;
}

/** One set of loaders, for one request: what they remember is one caller's, and goes with it. */
export function createLoaders(session: Session): Loaders {
  const taskGroups = createTaskGroupLoader(session);
  return {
    groups: createGroupLoader(session, taskGroups),
    menu: createMenuLoader(session, taskGroups),
    channels: createChannelLoader(session),
    taskGroups,
    stateMachines: createStateMachineLoader(session),
    stateNames: createStateNameLoader(session),
    tasks: createTaskLoader(session),
    users: createUserLoader(session),
  };
}
