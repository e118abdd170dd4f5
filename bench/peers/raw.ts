import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  listChannels,
  listGroups,
  listProperties,
  listStates,
  listTaskGroupsOf,
  listTasks,
  listUsers,
} from './cotalker.ts';
import { mainMenu, type MenuGroup } from './groups.ts';
import { type Group, type GroupRecord, type GroupType, toGroup, toWorkflow } from './models.ts';
import { createGet } from './raw-get.ts';
import { type Get, port } from './rest.ts';

/*
 * The limit of a gateway on Node: each query is a function, written by hand, that fetches, parses, picks
 * the fields and serialises. No GraphQL is parsed, validated or executed.
 */

interface Variables {
  readonly first: number;
  readonly after: string;
}

const entry = ({ __typename, id, name, code, isActive, weight }: Group) => ({
  __typename,
  id,
  name,
  code,
  isActive,
  weight,
});

async function typed(get: Get, first: number) {
  const records = await listGroups(get, { first, page: 1, type: undefined });
  const unknown = records.filter(({ link }) => !link?.url).map(({ _id }) => _id);
  const taskGroups = await listTaskGroupsOf(get, unknown);
  const typeOf = ({ _id, link }: GroupRecord): GroupType =>
    link?.url ? 'LINK' : taskGroups.has(_id) ? 'TASK' : 'STANDARD';
  return records.map((record) => toGroup(record, typeOf(record), taskGroups.get(record._id)));
}

async function standard(get: Get, first: number, page = 1) {
  const records = await listGroups(get, { first, page, type: 'STANDARD' });
  return records.map((record) => toGroup(record, 'STANDARD'));
}

const pick = <T extends object>(rows: readonly T[]) => ({ nodes: rows });

async function screen(get: Get) {
  const menu = await mainMenu(get);
  const all = menu.flatMap((group) => [group, ...group.children]);
  const running = all.flatMap(({ taskGroup }) => taskGroup?._id ?? []);
  const [channels, tasks, states] = await Promise.all([
    Promise.all(all.map(async ({ id, url }) => (url === null ? listChannels(get, id, 5) : []))),
    Promise.all(running.map((id) => listTasks(get, id, 3))),
    Promise.all(running.map((id) => listStates(get, id))),
  ]);
  const stateById = new Map(states.flatMap((list) => [...list]));
  const used = tasks.flat().flatMap(({ stateId = '' }) => stateById.get(stateId) ?? []);
  const [names, users] = await Promise.all([
    listProperties(get, [...new Set(used.flatMap(({ propertyId }) => propertyId ?? []))]),
    listUsers(get, [...new Set(tasks.flat().flatMap(({ assigneeId }) => assigneeId ?? []))]),
  ]);
  const task = ({ id, name, stateId = '', assigneeId = '' }: (typeof tasks)[number][number]) => {
    const state = stateById.get(stateId);
    return {
      id,
      name,
      state: { name: names.get(state?.propertyId ?? '') ?? null, type: state?.type ?? null },
      assignee: { name: users.get(assigneeId)?.name ?? null },
    };
  };
  const show = (group: MenuGroup) => {
    const { __typename, id, name, url, opensIn, isCategory, taskGroup } = group;
    if (url !== null) return { __typename, id, name, url, opensIn };
    const page = { channels: pick(channels[all.indexOf(group)] ?? []) };
    if (taskGroup === undefined) return { __typename, id, name, isCategory, ...page };
    const own = tasks[running.indexOf(taskGroup._id)] ?? [];
    return { __typename, id, name, ...page, tasks: pick(own.map(task)) };
  };
  return {
    mainMenu: menu.map((group) => ({ ...show(group), children: group.children.map(show) })),
  };
}

const OPERATIONS: Record<string, (get: Get, variables: Variables) => Promise<unknown>> = {
  Hello: async () => ({ __typename: 'Query' }),
  Groups: async (get, { first }) => ({ groups: pick((await standard(get, first)).map(entry)) }),
  Typed: async (get, { first }) => ({ groups: pick((await typed(get, first)).map(entry)) }),
  Workflow: async (get, { first }) => ({
    groups: pick(
      (await typed(get, first)).map((group) =>
        group.taskGroup ? { ...entry(group), workflow: toWorkflow(group.taskGroup) } : entry(group),
      ),
    ),
  }),
  Channels: async (get, { first }) => ({
    groups: pick(
      await Promise.all(
        (await standard(get, first)).map(async ({ __typename, id, name }) => {
          const channels = await listChannels(get, id, 5);
          return {
            __typename,
            id,
            name,
            channels: pick(channels.map(({ id, name }) => ({ id, name }))),
          };
        }),
      ),
    ),
  }),
  Screen: (get) => screen(get),
  FirstPage: async () => ({ groups: { pageInfo: { endCursor: '1' } } }),
  TwoPages: async (get, { after }) => {
    const [a, b] = await Promise.all([standard(get, 500), standard(get, 500, Number(after) + 1)]);
    return { a: pick(a.map(entry)), b: pick(b.map(entry)) };
  },
};

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { operationName, variables } = JSON.parse(await readBody(request)) as {
    operationName: string;
    variables: Variables;
  };
  const get = createGet(request.headers.authorization ?? '');
  const data = await OPERATIONS[operationName]?.(get, variables);
  const body = Buffer.from(JSON.stringify({ data }));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

createServer((request, response) => void answer(request, response)).listen(port, '127.0.0.1');
