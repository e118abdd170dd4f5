import type { SandboxData } from '../data.ts';
import { createChannels } from './channels.ts';
import { adminOnlyGroupIds, createGroups } from './groups.ts';
import { createMessages } from './conversations.ts';
import { createUsers } from './people.ts';
import { createProperties } from './properties.ts';
import { createTasks } from './tasks.ts';
import { createStateMachines, createStates, createTaskGroups } from './workflows.ts';

/**
 * A utilities and construction firm in Chile, the same at every call, and a new copy each time: a test may
 * change its own without touching another's. A collection is copied when it is first read: a test file with
 * 80 tests has as many companies, and each test reads little of its own.
 */
export function createCompany(): SandboxData {
  original ??= build();
  const company = {};
  for (const [name, collection] of Object.entries(original)) {
    const put = (value: unknown): void => {
      Object.defineProperty(company, name, { value, writable: true, enumerable: true });
    };
    const copy = (): unknown => {
      const copied: unknown = structuredClone(collection);
      put(copied);
      return copied;
    };
    Object.defineProperty(company, name, {
      get: copy,
      set: put,
      enumerable: true,
      configurable: true,
    });
  }
  return company as SandboxData;
}

let original: SandboxData | undefined;

const build = (): SandboxData => ({
  groups: createGroups(),
  channels: createChannels(),
  taskGroups: createTaskGroups(),
  stateMachines: createStateMachines(),
  states: createStates(),
  tasks: createTasks(),
  messages: createMessages(createChannels()),
  properties: createProperties(),
  users: createUsers(),
  adminOnlyGroupIds: new Set(adminOnlyGroupIds),
});
