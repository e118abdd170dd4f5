import DataLoader from 'dataloader';
import { listChannels, listProperties, listStates, listTasks, listUsers } from './cotalker.ts';
import { groupPage, type GroupsArgs, mainMenu } from './groups.ts';
import { DateTime, type Group, type State, type Task, toWorkflow, type User } from './models.ts';
import type { Get } from './rest.ts';

/* The resolvers of the peers that batch with DataLoader: stock, yoga-undici and Apollo. */

export interface Context {
  readonly get: Get;
  readonly loaders: Loaders;
}

type Loaders = ReturnType<typeof createLoaders>;

/** A fresh set for each request, as DataLoader's documentation says. */
export const createLoaders = (get: Get) => ({
  states: new DataLoader<string, Map<string, State>>((taskGroupIds) =>
    Promise.all(taskGroupIds.map((id) => listStates(get, id))),
  ),
  stateNames: new DataLoader<string, string | null>(async (ids) => {
    const found = await listProperties(get, ids);
    return ids.map((id) => found.get(id) ?? null);
  }),
  users: new DataLoader<string, User | null>(
    async (ids) => {
      const found = await listUsers(get, ids);
      return ids.map((id) => found.get(id) ?? null);
    },
    { maxBatchSize: 30 },
  ),
});

interface First {
  readonly first: number;
}

const channels = async (group: Group, { first }: First, { get }: Context) => ({
  nodes: await listChannels(get, group.id, first),
});

export const resolvers = {
  DateTime,
  Query: {
    groups: (_: unknown, args: GroupsArgs, { get }: Context) => groupPage(get, args),
    mainMenu: (_: unknown, __: unknown, { get }: Context) => mainMenu(get),
  },
  StandardGroup: { channels },
  TaskGroup: {
    channels,
    workflow: ({ taskGroup }: Group) => taskGroup && toWorkflow(taskGroup),
    tasks: async ({ taskGroup }: Group, { first }: First, { get }: Context) =>
      taskGroup && { nodes: await listTasks(get, taskGroup._id, first) },
  },
  Task: {
    state: async ({ taskGroupId, stateId }: Task, _: unknown, { loaders }: Context) =>
      stateId === undefined ? null : (await loaders.states.load(taskGroupId)).get(stateId),
    assignee: ({ assigneeId }: Task, _: unknown, { loaders }: Context) =>
      assigneeId === undefined ? null : loaders.users.load(assigneeId),
  },
  State: {
    name: ({ propertyId }: State, _: unknown, { loaders }: Context) =>
      propertyId === undefined ? null : loaders.stateNames.load(propertyId),
  },
};
