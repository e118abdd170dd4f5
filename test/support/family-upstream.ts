import { idOf, momentOf, range, rawGroup, rawTaskGroup } from './stage.ts';
import { startUpstream, type StubUpstream } from './upstream.ts';

/** How a server takes several values of a parameter that may be meant for one (sheet, section 1). */
export const TAKES = [
  ...(['all', 'first', 'last', 'none', 'commas', 'refuses', 'fails', 'ignores'] as const),
];
export type Takes = (typeof TAKES)[number];
export type Count = 'total' | 'wider' | 'page' | 'none';

/** One reading of the sheet. */
export interface Family {
  readonly groupIds: Takes;
  readonly ids: Takes;
  /** The most records on a page of task groups, properties or users. */
  readonly cap: number;
  readonly count: Count;
  /** Whether `smstate/all` and `smstatemachine` tell of the whole company. */
  readonly states: 'taskGroup' | 'company';
  /** Whether states and state machines name their task group. */
  readonly namesTaskGroup: boolean;
  /** What `GET /v2/users/{id}` is. */
  readonly userPath: 'there' | 'missing' | 'forbidden';
  /** Whether collections come without `data`, as a published sample of properties does. */
  readonly isBare: boolean;
  /** Whether all task groups may be listed. */
  readonly wholeList: 'there' | 'forbidden';
}

export const PLAIN: Family = {
  groupIds: 'all',
  ids: 'all',
  cap: 1000,
  count: 'total',
  states: 'taskGroup',
  namesTaskGroup: true,
  userPath: 'there',
  isBare: false,
  wholeList: 'there',
};

export const GROUPS = 16;
/** Every fourth group is a task group. */
export const isTaskGroup = (n: number): boolean => n % 4 === 0;
const WORKFLOWS = range(GROUPS).filter(isTaskGroup);
export const taskGroupId = (n: number): string => idOf(0x1000 + n);
const stateId = (n: number, place: number): string => idOf(0x3000 + 10 * n + place);
const propertyId = (n: number, place: number): string => idOf(0x6000 + ((10 * n + place) % 17));
const userId = (n: number): string => idOf(0x8000 + (n % 20));
/** Some that other records point to are gone. */
const isGone = (id: string): boolean => parseInt(id, 16) % 7 === 0;

type Raw = Record<string, unknown> & { readonly _id: string };
const existing = (ids: readonly string[], make: (id: string) => object): Raw[] =>
  [...new Set(ids)].filter((id) => !isGone(id)).map((_id) => ({ _id, ...make(_id) }));

const groups = range(GROUPS).map((n) => rawGroup(n));
const taskGroups = WORKFLOWS.map((n) => rawTaskGroup(n)) as Raw[];
const machines = WORKFLOWS.map((n) => ({
  _id: idOf(0x2000 + n),
  taskGroup: taskGroupId(n),
  name: `M${n}`,
}));
const states = WORKFLOWS.flatMap((n) =>
  range(3).map((place) => ({
    _id: stateId(n, place),
    stateMachine: idOf(0x2000 + n),
    taskGroup: taskGroupId(n),
    property: propertyId(n, place),
    next: [{ target: stateId(n, (place % 3) + 1), canChange: ['manual'] }],
  })),
);
const properties = existing(
  states.map(({ property }) => property),
  (id) => ({ display: `P${id}` }),
);
const users = existing(range(20).map(userId), (id) => ({ name: { displayName: `U${id}` } }));
const tasksOf = (taskGroup: string): object[] => {
  const n = parseInt(taskGroup, 16) - 0x1000;
  return range(2).map((place) => ({
    _id: idOf(0x9000 + 10 * n + place),
    name: `T${place}`,
    modifiedAt: momentOf(n),
    smState: stateId(n, place),
    assignee: userId(3 * n + place),
    followers: [userId(n), userId(n + 1)],
  }));
};

class Refused extends Error {
  readonly status: number;
  constructor(status: number) {
    super();
    this.status = status;
  }
}

/** Which values are followed; undefined: the parameter is ignored. */
function followed(takes: Takes, values: readonly string[]): readonly string[] | undefined {
  if (takes === 'ignores' || values.length === 0) return undefined;
  if (takes === 'commas') return values.at(-1)?.split(',');
  if (takes === 'all' || values.length === 1) return values;
  if (takes === 'refuses' || takes === 'fails') throw new Refused(takes === 'fails' ? 500 : 400);
  return { first: values.slice(0, 1), last: values.slice(-1), none: [] }[takes];
}

function answer(family: Family, path: string, query: URLSearchParams): unknown {
  const bare = (records: readonly { taskGroup: string }[], taskGroup: string): unknown =>
    records
      .filter((it) => family.states === 'company' || it.taskGroup === taskGroup)
      .map(({ taskGroup, ...rest }) => (family.namesTaskGroup ? { taskGroup, ...rest } : rest));
  const listed = (name: string, list: readonly Raw[], key: string, by: string, takes: Takes) => {
    const sought = followed(takes, query.getAll(key));
    const matching = list.filter((it) => sought?.includes(String(it[by])) ?? true);
    const limit = Number(query.get('limit') ?? 10);
    const size = Math.min(limit, family.cap);
    const skip = (Number(query.get('page') ?? 1) - 1) * size;
    const items = matching.slice(skip, skip + size);
    const totals = { total: matching.length, wider: 1000, page: items.length, none: undefined };
    const data = { [name]: items, count: totals[family.count] };
    return family.isBare ? data : { data };
  };
  const [, id = ''] = /\/([0-9a-f]{24})/.exec(path) ?? [];
  switch (path.replace(id || ' ', '{id}')) {
    case '/v2/groups':
      return { data: { groups, count: groups.length } };
    case '/v2/task-groups':
      if (family.wholeList === 'forbidden' && !query.has('groupIds')) throw new Refused(403);
      return listed('taskgroups', taskGroups, 'groupIds', 'group', family.groupIds);
    case '/v2/task-groups/{id}/tasks':
      return { data: { values: tasksOf(id), count: 2 } };
    case '/v1/tasks/{id}/sm/smstatemachine':
      return bare(machines, id);
    case '/v1/tasks/{id}/sm/smstate/all':
      return bare(states, id);
    case '/v2/properties':
      return listed('properties', properties, 'ids', '_id', family.ids);
    case '/v2/users':
      return listed('users', users, 'id', '_id', family.ids);
    case '/v2/users/{id}': {
      if (family.userPath === 'forbidden') throw new Refused(403);
      const user = users.find(({ _id }) => _id === id);
      if (family.userPath === 'missing' || user === undefined) throw new Refused(404);
      return { data: user };
    }
    default:
      throw new Refused(404);
  }
}

/** A server of the family of those that the sheet allows; `family` may be changed at any time. */
export async function startFamily(): Promise<StubUpstream & { family: Family }> {
  const own = { family: PLAIN };
  const server = await startUpstream(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://x.test');
    try {
      const body = JSON.stringify(answer(own.family, pathname.slice('/api'.length), searchParams));
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    } catch (error) {
      response.writeHead(error instanceof Refused ? error.status : 501).end();
    }
  });
  return Object.assign(own, server);
}
