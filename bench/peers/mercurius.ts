import Fastify, { type FastifyRequest } from 'fastify';
import mercurius from 'mercurius';
import { listChannels, listProperties, listStates, listTasks, listUsers } from './cotalker.ts';
import { groupPage, type GroupsArgs, mainMenu } from './groups.ts';
import { DateTime, type Group, type State, type Task, toWorkflow } from './models.ts';
import { type Get, port, typeDefs } from './rest.ts';
import { createGet } from './undici-get.ts';

/*
 * Mercurius with JIT, and its loaders over undici. The loaders do not cache. Each key of these queries occurs once
 * a request, except people and states, which are deduplicated here. Mercurius' cache would serialise every parent
 * object.
 */

interface Context {
  readonly get: Get;
}

interface Query<P, A = unknown> {
  readonly obj: P;
  readonly params: A;
}

const opts = { cache: false };
const distinct = (ids: readonly (string | undefined)[]): string[] => [
  ...new Set(ids.filter((id) => id !== undefined)),
];

const channels = {
  loader: (queries: Query<Group, { first: number }>[], { get }: Context) =>
    Promise.all(
      queries.map(async ({ obj, params }) => ({
        nodes: await listChannels(get, obj.id, params.first),
      })),
    ),
  opts,
};

const tasks = {
  loader: (queries: Query<Group, { first: number }>[], { get }: Context) =>
    Promise.all(
      queries.map(async ({ obj, params }) => ({
        nodes: obj.taskGroup ? await listTasks(get, obj.taskGroup._id, params.first) : [],
      })),
    ),
  opts,
};

const state = {
  loader: async (queries: Query<Task>[], { get }: Context) => {
    const ids = distinct(queries.map(({ obj }) => obj.taskGroupId));
    const lists = await Promise.all(ids.map((id) => listStates(get, id)));
    const byId = new Map(lists.flatMap((list) => [...list]));
    return queries.map(({ obj }) => byId.get(obj.stateId ?? '') ?? null);
  },
  opts,
};

const assignee = {
  loader: async (queries: Query<Task>[], { get }: Context) => {
    const found = await listUsers(get, distinct(queries.map(({ obj }) => obj.assigneeId)));
    return queries.map(({ obj }) => found.get(obj.assigneeId ?? '') ?? null);
  },
  opts,
};

const stateName = {
  loader: async (queries: Query<State>[], { get }: Context) => {
    const found = await listProperties(get, distinct(queries.map(({ obj }) => obj.propertyId)));
    return queries.map(({ obj }) => found.get(obj.propertyId ?? '') ?? null);
  },
  opts,
};

const app = Fastify({ logger: false });
app.register(mercurius, {
  schema: typeDefs,
  jit: 1,
  context: (request: FastifyRequest) => ({ get: createGet(request.headers.authorization ?? '') }),
  resolvers: {
    DateTime,
    Query: {
      groups: (_: unknown, args: GroupsArgs, { get }: Context) => groupPage(get, args),
      mainMenu: (_: unknown, __: unknown, { get }: Context) => mainMenu(get),
    },
    TaskGroup: { workflow: ({ taskGroup }: Group) => taskGroup && toWorkflow(taskGroup) },
  } as never,
  loaders: {
    StandardGroup: { channels },
    TaskGroup: { channels, tasks },
    Task: { state, assignee },
    State: { name: stateName },
  } as never,
});
await app.listen({ port, host: '127.0.0.1' });
