import { answers, ignores, keepSome, refuses, renames, statusFor, takes } from './drift-kinds.ts';
import type { Drift } from './drift-proxy.ts';

/** A drift, the one check that is about it, and what else it breaks. */
export interface DriftCase {
  readonly check: string;
  readonly what: string;
  readonly drift: Drift;
  /** Part of the sentence that says what was seen. */
  readonly seen: string;
  readonly also?: readonly string[];
}

const TASKS = /^\/v2\/task-groups\/\w+\/tasks$/;
const A_CHANNEL = /^\/v2\/channels\/\w+$/;
const A_GROUP = /^\/v2\/groups\/\w+$/;
const ME = '/v2/users/me';
const MESSAGES = /^\/v1\/messages\/channel\//;
const LATEST = '4102444800000';
const MACHINES = /\/smstatemachine$/;
const STATES = /\/smstate\/all$/;

const sinceCases = (check: string, where: string | RegExp, parameter: string): DriftCase[] => [
  {
    check,
    what: `${parameter} is ignored`,
    drift: ignores(where, parameter),
    seen: 'from before the bound',
  },
  {
    check,
    what: `${parameter} leaves out the moment itself`,
    drift: takes(where, parameter, (value) => [parameter.replace('_gte', '_gt'), value]),
    seen: 'Of the very moment asked for',
  },
  {
    check,
    what: `${parameter} is an upper bound, too`,
    drift: takes(where, parameter, (value) => [parameter.replace('_gte', ''), value]),
    seen: 'From the moment asked for on',
  },
];

const listCases = (name: string, where: string): DriftCase[] => [
  ...sinceCases(`${name}-modified_gte`, where, 'modified_gte'),
  {
    check: `${name}-order`,
    what: 'sortBy is ignored',
    drift: ignores(where, 'sortBy'),
    seen: 'not come in the order',
  },
  {
    check: `${name}-active`,
    what: 'isActive=true shows all',
    drift: takes(where, 'isActive', () => ['isActive', 'all']),
    seen: 'that are inactive',
  },
  {
    check: `${name}-active`,
    what: 'isActive=true hides active ones',
    drift: answers(where, ({ query, body }) => {
      if (query.get('isActive') === 'true' && query.get('limit') !== '1') keepSome(body.data, name);
    }),
    seen: 'that are active',
  },
  {
    check: `${name}-search`,
    what: 'search is ignored',
    drift: ignores(where, 'search'),
    seen: 'gave the whole list',
  },
  {
    check: `${name}-search`,
    what: 'search finds nothing',
    drift: takes(where, 'search', () => ['search', 'no such word']),
    seen: 'none that has it',
  },
];

const pagingCases = (check: string, where: string | RegExp): DriftCase[] => [
  {
    check,
    what: 'page is ignored',
    drift: ignores(where, 'page'),
    seen: 'page 2 held the first',
  },
  {
    check,
    what: 'limit is ignored',
    drift: ignores(where, 'limit'),
    seen: 'With limit=1 came 10',
  },
  {
    check,
    what: 'pages count from 0',
    drift: takes(where, 'page', (value) => ['page', String(Number(value) + 1)]),
    seen: 'Page 1 is empty',
  },
];

const idsCases = (check: string, where: string, parameter: string): DriftCase[] => [
  {
    check,
    what: `${parameter} is ignored`,
    drift: ignores(where, parameter),
    seen: 'that were not asked for',
  },
  {
    check,
    what: `nothing is found by ${parameter}`,
    drift: takes(where, parameter, () => [parameter, '0'.repeat(24)]),
    seen: 'it gave none',
  },
];

const countCase = (
  check: string,
  where: string | RegExp,
  name: 'count' | 'counter',
): DriftCase => ({
  check,
  what: 'less than there are',
  drift: answers(where, ({ body }) => {
    if (name in body.data) body.data[name] = 1;
  }),
  seen: 'It is 1 where',
});

const of = (
  check: string,
  what: string,
  drift: Drift,
  seen: string,
  also: readonly string[] = [],
): DriftCase => ({ check, what, drift, seen, also });

/** What has been done to the messages of one of the two calls. */
const messages = (isPage: boolean, change: (list: any[], path: string) => void): Drift =>
  answers(MESSAGES, ({ path, query, body }) => {
    if (query.has('mpp') === isPage) change(body, path);
  });
const elsewhere = { channel: 'f'.repeat(24) };
const early = { modifiedAt: '2001-01-01T00:00:00.000Z', createdAt: 978_307_200_000 };
const late = { modifiedAt: '2039-01-01T00:00:00.000Z' };

export const DRIFTS: readonly DriftCase[] = [
  of(
    'messages-since',
    'those of another channel',
    messages(false, (list) => Object.assign(list[0], elsewhere)),
    'name another channel',
  ),
  of(
    'messages-since',
    'earlier ones',
    messages(false, (list) => Object.assign(list[0], early)),
    'from before the moment',
  ),
  of(
    'messages-back',
    'not from the latest on',
    messages(true, (list) => list.pop()),
    'not the latest',
  ),
  of(
    'messages-boundary',
    'the moment is no bound',
    messages(true, (list, path) => {
      if (!path.endsWith(LATEST)) Object.assign(list.at(-1), late);
    }),
    'changed later',
  ),
  of('groups-envelope', 'another name', renames('/v2/groups', 'groups', 'values'), 'no collection'),
  of(
    'groups-envelope',
    'a parameter refused',
    refuses('/v2/groups', () => true),
    'answered 400',
  ),
  ...pagingCases('groups-paging', '/v2/groups'),
  ...pagingCases('channels-paging', '/v2/channels'),
  ...listCases('groups', '/v2/groups'),
  ...sinceCases('groups-created_gte', '/v2/groups', 'created_gte'),
  of(
    'group-type-filter',
    'ignored',
    ignores('/v2/groups', 'groupType'),
    '42 groups came under more than one type',
  ),
  of(
    'group-type-filter',
    'a type that shows nowhere',
    answers('/v2/groups', ({ query, body }) => {
      if (query.get('groupType') === 'channel') body.data = { groups: [], count: 0 };
    }),
    'none of the three',
  ),
  of(
    'group-type-signs',
    'the types mean others',
    takes('/v2/groups', 'groupType', (value) => [
      'groupType',
      { task: 'channel', channel: 'task' }[value] ?? value,
    ]),
    'elsewhere',
  ),
  of(
    'channels-envelope',
    'a bare array',
    answers('/v2/channels', (it) => (it.body = it.body.data.channels)),
    'no collection',
  ),
  ...listCases('channels', '/v2/channels'),
  of('channels-of-group', 'group is ignored', ignores('/v2/channels', 'group'), 'not of the group'),
  of(
    'channels-of-group',
    'the whole list is not whole',
    answers('/v2/channels', ({ query, body }) => {
      if (!query.has('group') && query.get('limit') !== '1') keepSome(body.data, 'channels');
    }),
    'The whole list lacks',
  ),
  of(
    'channels-of-group',
    'group=… hides some',
    answers('/v2/channels', ({ query, body }) => {
      if (query.has('group')) keepSome(body.data, 'channels');
    }),
    'in the whole list only',
  ),
  of(
    'channel-by-id',
    'no envelope',
    answers(A_CHANNEL, (it) => (it.body = it.body.data)),
    'the record',
  ),
  of('channel-by-id', 'not found', statusFor(200, 404, A_CHANNEL), 'answered 404'),
  of('unknown-id', '403', statusFor(404, 403, A_CHANNEL), 'answered 403'),
  of('unknown-id', '200', statusFor(404, 200, A_CHANNEL), 'answered 200'),
  of(
    'task-groups-envelope',
    'another name',
    renames('/v2/task-groups', 'taskgroups', 'groups'),
    'no collection',
  ),
  of(
    'task-groups-group-ids',
    'nothing is found by groupIds',
    takes('/v2/task-groups', 'groupIds', () => ['groupIds', '0'.repeat(24)]),
    'it gave none',
  ),
  of(
    'task-groups-one-each',
    'two of one group',
    answers('/v2/task-groups', ({ body }) => {
      const [first, second] = body.data.taskgroups;
      if (second !== undefined) second.group = first.group;
    }),
    'that another names',
    ['group-type-signs'],
  ),
  of(
    'task-groups-one-each',
    'one of no group',
    answers('/v2/task-groups', ({ body, query }) => {
      if (!query.has('groupIds')) delete body.data.taskgroups[0].group;
    }),
    'name no group',
    ['group-type-signs'],
  ),
  of('tasks-envelope', 'another name', renames(TASKS, 'values', 'tasks'), 'no collection'),
  of(
    'tasks-envelope',
    'those of another task group',
    answers(TASKS, ({ body }) => {
      for (const task of body.data.values) task.taskGroup = '0'.repeat(24);
    }),
    'name another task group',
  ),
  ...pagingCases('tasks-paging', TASKS),
  ...sinceCases('tasks-createdAt_gte', TASKS, 'createdAt_gte'),
  ...sinceCases('tasks-modifiedAt_gte', TASKS, 'modifiedAt_gte'),
  of('tasks-active', 'ignored', ignores(TASKS, 'isActive'), 'that are inactive'),
  of(
    'state-machines',
    'an envelope',
    answers(MACHINES, (it) => (it.body = { data: it.body })),
    'not an array',
  ),
  of('state-machines', 'moved', statusFor(200, 404, MACHINES), 'answered 404'),
  of(
    'states',
    'an envelope',
    answers(STATES, (it) => (it.body = { data: it.body })),
    'not an array',
  ),
  of(
    'states',
    'of other machines',
    answers(STATES, ({ body }) => {
      for (const state of body) state.stateMachine = '0'.repeat(24);
    }),
    'none names a state machine',
  ),
  of(
    'task-states',
    'smState holds a property',
    answers(TASKS, ({ body }) => {
      for (const task of body.data.values) task.smState = task.status;
    }),
    'none is among them',
  ),
  of(
    'enumerations',
    'a new view',
    answers('/v2/task-groups', ({ body }) => {
      for (const taskGroup of body.data.taskgroups) taskGroup.defaultView = 'timeline';
    }),
    'defaultView',
  ),
  of(
    'viewer',
    'no envelope',
    answers(ME, (it) => (it.body = it.body.data)),
    'the record',
  ),
  of('viewer', 'moved', statusFor(200, 404, ME), 'answered 404'),
  of(
    'viewer',
    'no company',
    answers(ME, ({ body }) => {
      Object.assign(body.data, { company: null, companies: [] });
    }),
    'no company',
  ),
  of('users-ids', 'id is ignored', ignores('/v2/users', 'id'), 'that were not asked for'),
  of(
    'users-ids',
    'nobody is found by id',
    {
      ask: (query, path) => {
        if (path === '/v2/users') query.set('id', '0'.repeat(24));
      },
      answer: (passing) => {
        if (/^\/v2\/users\/[0-9a-f]{24}$/.test(passing.path)) passing.status = 404;
      },
    },
    'answered 404',
  ),
  ...idsCases('properties-ids', '/v2/properties', 'ids'),
  of(
    'properties-envelope',
    'another name',
    renames('/v2/properties', 'properties', 'values'),
    'no collection',
    ['properties-ids'],
  ),
  of(
    'users-ids',
    'a field of another type',
    answers('/v2/users', ({ body }) => {
      for (const user of body.data.users) user.isActive = 'maybe';
    }),
    'could not be read (isActive)',
  ),
  countCase('groups-count', '/v2/groups', 'count'),
  countCase('channels-count', '/v2/channels', 'counter'),
  countCase('tasks-count', TASKS, 'count'),
  of(
    'dates',
    'words',
    answers(TASKS, ({ body }) => {
      for (const task of body.data.values) task.resolutionDate = 'soon';
    }),
    'another form in resolutionDate',
  ),
  of(
    'page-size',
    'a smaller limit is demanded',
    refuses(/./, (query) => Number(query.get('limit')) > 100),
    'answered 400',
  ),
  of(
    'records',
    'a field of another type',
    answers('/v2/groups', ({ body }) => {
      for (const group of body.data.groups) group.weight = 'heavy';
    }),
    '(weight)',
  ),
  of('authentication', '403', statusFor(401, 403, /./), 'answered 403'),
  of(
    'authentication',
    'not asked for',
    { ask: (_, __, headers) => headers.set('authorization', 'Bearer sandbox-admin') },
    'answered 200',
  ),
  of(
    'admin-demanded',
    'open to all',
    {
      ask: (_, path, headers) => {
        if (A_GROUP.test(path)) headers.set('admin', 'true');
      },
    },
    'answered 200',
  ),
  of(
    'admin-group',
    'no envelope',
    answers(A_GROUP, (it) => (it.body = it.body.data)),
    'the record',
  ),
  of(
    'admin-widens',
    'it hides one',
    answers('/v2/groups', ({ body, headers }) => {
      if (headers['admin'] === 'true') body.data.count = body.data.groups.splice(0, 1).length;
    }),
    'hides 1 group',
  ),
];
