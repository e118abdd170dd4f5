import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import { type Company, listCompany, type ListReading } from '../support/counting-upstream.ts';
import { startGateway } from '../support/gateway.ts';
import { idOf, momentOf, range } from '../support/stage.ts';
import { startUpstream, type StubUpstream } from '../support/upstream.ts';

/*
 * Sends the same queries to Cotalkers that differ in their counts and page sizes (sheet, section 1). All must give
 * the same answers, and no wrong total. Each gateway knows nothing beforehand.
 */

const GROUPS = 17;
const TASKS = 23;
const CHANNELS = 8;
const TASK_GROUP = idOf(0x1001);
const company: Company = {
  '/v2/groups': range(GROUPS).map((n) => ({
    _id: idOf(n),
    nameDisplay: `Group ${n}`,
    // Some share a moment.
    modifiedAt: momentOf(Math.ceil(n / 2)),
    search: n % 4 === 0 ? 'fourth' : 'other',
  })),
  '/v2/task-groups': [{ _id: TASK_GROUP, group: idOf(1), createdAt: momentOf(1) }],
  [`/v2/task-groups/${TASK_GROUP}/tasks`]: range(TASKS).map((n) => ({
    _id: idOf(0x2000 + n),
    name: `Task ${String(n).padStart(2, '0')}`,
    taskGroup: TASK_GROUP,
    modifiedAt: momentOf(n),
  })),
  '/v2/channels': range(2 * CHANNELS).map((n) => ({
    _id: idOf(0x3000 + n),
    group: idOf(1 + (n % 2)),
    nameDisplay: `Channel ${n}`,
    modifiedAt: momentOf(n),
  })),
};

let upstream: StubUpstream;
let reading: ListReading;
beforeAll(async () => {
  upstream = await startUpstream(listCompany(company, () => reading));
});
afterAll(() => upstream.close());

const PAGE_INFO = 'totalCount pageInfo { hasNextPage endCursor }';
const groupsQuery = (args: string, body: string) => `{ groups(${args}) { ${body} } }`;
const TASK_PAGE = (args: string) =>
  groupsQuery(
    'first: 1',
    `nodes { ... on TaskGroup { tasks(${args}) { nodes { name } ${PAGE_INFO} } } }`,
  );
const CHANNEL_PAGE = (args: string) =>
  groupsQuery(
    'first: 1',
    `nodes { ... on TaskGroup { channels(${args}) { nodes { name } ${PAGE_INFO} } } }`,
  );

interface Connection {
  readonly nodes: { readonly name: string }[];
  readonly totalCount: number | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

type Gateway = Awaited<ReturnType<typeof startGateway>>;

/** Reads a list to its end, and checks each page on the way; the names in order. */
async function readAll(
  ask: (args: string) => Promise<Connection>,
  first: number,
  size: number,
): Promise<string[]> {
  const names: string[] = [];
  for (let args = `first: ${first}`; ;) {
    const { nodes, totalCount, pageInfo } = await ask(args);
    names.push(...nodes.map(({ name }) => name));
    expect(pageInfo.hasNextPage).toBe(names.length < size);
    expect(nodes.length).toBe(Math.min(first, size - names.length + nodes.length));
    if (reading.counts === 'total') expect(totalCount).toBe(size);
    else expect([size, null]).toContain(totalCount);
    if (!pageInfo.hasNextPage) return names;
    args = `first: ${first}, after: "${pageInfo.endCursor}"`;
  }
}

async function answerOf(gateway: Gateway, query: string): Promise<any> {
  const { body } = await gateway.ask(query);
  expect(body.errors).toBeUndefined();
  return body.data.groups;
}

const named = (count: number, name: (n: number) => string): string[] => range(count).map(name);

async function checkAll(gateway: Gateway, first: number): Promise<void> {
  const groups = (filter: string) => (args: string) =>
    answerOf(
      gateway,
      groupsQuery(args + filter, `nodes { ... on MenuEntry { name } } ${PAGE_INFO}`),
    );
  const all = named(GROUPS, (n) => `Group ${n}`);
  expect(await readAll(groups(''), first, GROUPS)).toEqual(all);
  const found = ['Group 4', 'Group 8', 'Group 12', 'Group 16'];
  expect(await readAll(groups(', filter: { search: "fourth" }'), first, 4)).toEqual(found);
  expect(await readAll(groups(', filter: { search: "nobody" }'), first, 0)).toEqual([]);
  const tasks = async (args: string) => (await answerOf(gateway, TASK_PAGE(args))).nodes[0].tasks;
  const taskNames = named(TASKS, (n) => `Task ${String(n).padStart(2, '0')}`);
  expect(await readAll(tasks, first, TASKS)).toEqual(taskNames);
  const channels = async (args: string) =>
    (await answerOf(gateway, CHANNEL_PAGE(args))).nodes[0].channels;
  const channelNames = named(CHANNELS, (n) => `Channel ${2 * n}`);
  expect(await readAll(channels, first, CHANNELS)).toEqual(channelNames);
}

const readings: fc.Arbitrary<ListReading> = fc.record({
  counts: fc.constantFrom('total', 'wider', 'page', 'none'),
  name: fc.constantFrom('count', 'counter'),
  isText: fc.boolean(),
  cap: fc.constantFrom(1000, 10, 7, 3, 2),
  skipsAsAsked: fc.boolean(),
});

test('the same queries, any reading of counts and pages, the same answers', async () => {
  await fc.assert(
    fc.asyncProperty(readings, fc.constantFrom(4, 7, 50), async (one, first) => {
      reading = one;
      const gateway = await startGateway(upstream.url, { traits: {} });
      try {
        await checkAll(gateway, first);
      } finally {
        await gateway.close();
      }
    }),
    { numRuns: 24 },
  );
});

describe('what it takes to know the end of 23 tasks, and how many they are', () => {
  const plain = { name: 'count', isText: false, cap: 1000, skipsAsAsked: false } as const;
  const ask = async (gateway: Gateway, fields: string, first = 50) => {
    upstream.calls.length = 0;
    await answerOf(
      gateway,
      groupsQuery(
        'first: 1',
        `nodes { ... on TaskGroup { tasks(first: ${first}) { ${fields} } } }`,
      ),
    );
    return upstream.calls.filter(({ url }) => url.includes('/tasks')).length;
  };

  test.each<[ListReading['counts'], number[]]>([
    // The second call of the first query finds out what the count says.
    ['total', [2, 1, 1]],
    // As many as are read cannot be too few, whatever else it counts.
    ['wider', [2, 1, 1]],
    ['page', [2, 2, 2]],
    ['none', [2, 2, 2]],
  ])('all of them, count: %s', async (counts, calls) => {
    reading = { ...plain, counts };
    const gateway = await startGateway(upstream.url, { traits: {} });
    const made: number[] = [];
    while (made.length < calls.length) made.push(await ask(gateway, `nodes { name } ${PAGE_INFO}`));
    await gateway.close();
    expect(made).toEqual(calls);
  });

  test.each<[ListReading['counts'], number, number]>([
    ['total', 1, 1],
    ['wider', 1, 2],
    ['page', 1, 2],
    ['none', 1, 2],
  ])('a page of 7, count: %s: a look only for hasNextPage', async (counts, nodes, pageInfo) => {
    reading = { ...plain, counts };
    const gateway = await startGateway(upstream.url, { traits: { counts: { tasks: counts } } });
    expect(await ask(gateway, 'nodes { name } pageInfo { endCursor }', 7)).toBe(nodes);
    expect(await ask(gateway, 'nodes { name } pageInfo { hasNextPage }', 7)).toBe(pageInfo);
    await gateway.close();
  });
});

test('a cursor of the first edition still tells its place', async () => {
  const { createHash } = await import('node:crypto');
  const { listName } = await import('../../src/mapping/cursor.ts');
  reading = { counts: 'page', name: 'count', isText: false, cap: 7, skipsAsAsked: true };
  const list = listName('tasks', {
    taskGroupId: TASK_GROUP,
    isActive: 'true',
    createdAt_gte: undefined,
    modifiedAt_gte: undefined,
  });
  const place = { offset: 20, pages: { size: 20, isMost: false } };
  const content = Buffer.from(JSON.stringify(place)).toString('base64url');
  const seal = createHash('sha256')
    .update(JSON.stringify([1, list, content]))
    .digest('base64url');
  const gateway = await startGateway(upstream.url, { traits: {} });
  const query = TASK_PAGE(`first: 20, after: "${seal.slice(0, 12)}${content}"`);
  const { tasks } = (await answerOf(gateway, query)).nodes[0];
  await gateway.close();
  expect(tasks.nodes.map(({ name }: { name: string }) => name)).toEqual([
    'Task 21',
    'Task 22',
    'Task 23',
  ]);
  expect(tasks.pageInfo.hasNextPage).toBe(false);
});
