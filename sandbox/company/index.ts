import type { SandboxData } from '../data.ts';
import { createChannels } from './channels.ts';
import { adminOnlyGroupIds, createGroups } from './groups.ts';
import { createUsers } from './people.ts';
import { createProperties } from './properties.ts';
import { createTasks } from './tasks.ts';
import { createStateMachines, createStates, createTaskGroups } from './workflows.ts';

/**
 * A utilities and construction firm in Chile, the same at every call, and a new copy each time: a test may
 * change its own without touching another's.
 */
export function createCompany(): SandboxData {
  return structuredClone((original ??= build()));
}

/** Made once: a test file with 80 tests has as many companies. */
let original: SandboxData | undefined;

const build = (): SandboxData => ({
  groups: createGroups(),
  channels: createChannels(),
  taskGroups: createTaskGroups(),
  stateMachines: createStateMachines(),
  states: createStates(),
  tasks: createTasks(),
  properties: createProperties(),
  users: createUsers(),
  adminOnlyGroupIds: new Set(adminOnlyGroupIds),
});
