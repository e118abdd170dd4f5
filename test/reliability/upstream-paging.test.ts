import { describe, expect, test } from '@jest/globals';
import type { Fault, FaultCall } from '../support/fault-server.ts';
import { figure, useSharedFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

/*
 * Lists that never end: a server that always has one more page, or gives the same page again. The
 * reading stops with an error, at the latest when the request has made all its calls.
 */

const CALLS_PER_REQUEST = 25;
const { stage } = useSharedFaultStage({
  limits: { callsPerRequest: CALLS_PER_REQUEST, perOwner: 10, total: 100 },
  requestDeadlineMs: 8000,
});

const id = (n: number): string => String(n).padStart(24, '0');
const moment = (n: number): string => new Date(Date.UTC(2024, 0, 1) + n * 1000).toISOString();
const record = (n: number, at = n): object => ({
  _id: id(n),
  nameDisplay: `G${n}`,
  modifiedAt: moment(at),
});
const limitOf = ({ query }: Pick<FaultCall, 'query'>): number => Number(query.get('limit'));

type Page = (call: Pick<FaultCall, 'query'>, nth: number) => { records: unknown[]; count?: number };
const many = (count: number, make: (n: number) => object): object[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** Ways not to end. Pages are of ten records, whatever was asked for, unless they say otherwise. */
const ENDLESS: [name: string, page: Page][] = [
  [
    'ever new records',
    (_, nth) => ({ records: many(10, (n) => record(nth * 10 + n)), count: 1e6 }),
  ],
  [
    'ever new records, without a total',
    (_, nth) => ({ records: many(10, (n) => record(nth * 10 + n)) }),
  ],
  [
    'ever new records of one moment',
    (_, nth) => ({ records: many(10, (n) => record(nth * 10 + n, 1)), count: 1e6 }),
  ],
  [
    'ever new records of one moment, without a total',
    (_, nth) => ({ records: many(10, (n) => record(nth * 10 + n, 1)) }),
  ],
  [
    'ever new records, and a total that grows',
    (_, nth) => ({ records: many(10, (n) => record(nth * 10 + n)), count: nth * 10 + 20 }),
  ],
  ['the same page', () => ({ records: many(10, (n) => record(n)), count: 1e6 })],
  ['the same page, without a total', () => ({ records: many(10, (n) => record(n)) })],
  ['the same full page', (call) => ({ records: many(limitOf(call), (n) => record(n)) })],
  ['the same record', () => ({ records: [record(1)], count: 1e6 })],
  [
    'the same page without dates',
    () => ({ records: many(10, (n) => ({ _id: id(n) })), count: 1e6 }),
  ],
  [
    'ever new records without dates',
    (_, nth) => ({ records: many(10, (n) => ({ _id: id(nth * 10 + n) })), count: 1e6 }),
  ],
  ['empty pages with a total', () => ({ records: [], count: 1e6 })],
  ['pages of nothing readable', () => ({ records: [null, 'x', {}], count: 1e6 })],
  [
    'pages that go backwards',
    (_, nth) => ({ records: many(10, (n) => record(1e6 - nth * 10 + n)), count: 1e6 }),
  ],
  [
    'a total beyond all numbers',
    (_, nth) => ({ records: many(10, (n) => record(nth * 10 + n)), count: 1e300 }),
  ],
];

const KEYS: Readonly<Record<string, string>> = {
  '/v2/groups': 'groups',
  '/v2/channels': 'channels',
  '/v2/task-groups': 'taskgroups',
  '/v2/users': 'users',
  '/v2/properties': 'properties',
};
const collection =
  (page: ReturnType<Page>, key: string): Fault =>
  (socket) =>
    faults.json({
      data: { [key]: page.records, ...(page.count !== undefined && { count: page.count }) },
    })(socket);
const keyOf = ({ path }: FaultCall): string => KEYS[path] ?? 'values';

/** The list that is endless, and a query that reads it to its end; all other lists are sound. */
const group = record(1);
const taskGroup = { _id: id(100), group: id(1) };
const task = {
  _id: id(5),
  name: 'T',
  taskGroup: id(100),
  assignee: id(7),
  status: id(8),
  smState: id(9),
};
const sound: Readonly<Record<string, unknown>> = {
  // Two, since the task group of one alone is not looked up in the whole list.
  '/v2/groups': { data: { groups: [group, record(2)], count: 2 } },
  '/v2/task-groups': { data: { taskgroups: [taskGroup], count: 1 } },
  [`/v2/task-groups/${id(100)}/tasks`]: { data: { values: [task], count: 1 } },
  '/v2/channels': { data: { channels: [], count: 0 } },
  [`/v1/tasks/${id(100)}/sm/smstate/all`]: [{ _id: id(9), stateMachine: id(10), property: id(8) }],
};
const LISTS: [path: string, query: string][] = [
  ['/v2/groups', '{ mainMenu { __typename ... on MenuEntry { name } } }'],
  ['/v2/groups', '{ groups(first: 500) { nodes { ... on MenuEntry { name } } } }'],
  ['/v2/task-groups', '{ groups { nodes { __typename } } }'],
  [
    `/v2/task-groups/${id(100)}/tasks`,
    '{ groups { nodes { ... on TaskGroup { tasks(first: 100) { nodes { name } } } } } }',
  ],
  [
    '/v2/channels',
    '{ groups { nodes { ... on TaskGroup { channels(first: 100) { nodes { name } } } } } }',
  ],
  [
    '/v2/properties',
    '{ groups { nodes { ... on TaskGroup { tasks { nodes { state { name } } } } } } }',
  ],
  [
    '/v2/users',
    '{ groups { nodes { ... on TaskGroup { tasks { nodes { assignee { name } } } } } } }',
  ],
];

/** Which lists are read to their end, whatever that takes; the others only as far as asked. */
const WHOLE = new Set(['/v2/groups', '/v2/task-groups']);

let most = 0;
describe.each(LISTS)('%s, for %s', (path, query) => {
  test.each(ENDLESS)('%s', async (name, page) => {
    let served = 0;
    const { upstream, ask } = stage((call) => {
      if (call.path === path) {
        served += 1;
        return collection(page(call, served), keyOf(call));
      }
      return call.path in sound ? faults.json(sound[call.path]) : faults.status(404);
    });
    const { codes, status } = await ask(query);
    expect(status).toBe(200);
    expect(served).toBeGreaterThan(0);
    expect(upstream.calls.length).toBeLessThanOrEqual(CALLS_PER_REQUEST);
    for (const code of codes) {
      expect(['UPSTREAM_INVALID_RESPONSE', 'UPSTREAM_BUDGET_EXCEEDED']).toContain(code);
    }
    // Without a total a list ends where a page brings nothing new: that is all that a reader can tell. One that
    // is empty from the start ends there: its count may be of more than it lists.
    const mayEnd =
      (name.startsWith('the same') &&
        page({ query: new URLSearchParams() }, 1).count === undefined) ||
      (WHOLE.has(path) && name === 'empty pages with a total');
    if (WHOLE.has(path) && !mayEnd) expect(codes).toHaveLength(1);
    if (!codes.includes('UPSTREAM_BUDGET_EXCEEDED')) most = Math.max(most, upstream.calls.length);
    figure('endless lists: calls until the error, at most', `${most}, else the budget`);
  });
});
