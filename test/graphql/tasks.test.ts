import { describe, expect, test } from '@jest/globals';
import { createCompany, objectId, planted, type RawRecord } from '../../sandbox/index.ts';
import {
  endpoints,
  idOf,
  momentOf,
  plant,
  queryOf,
  rawGroup,
  rawTaskGroup,
  useStage,
} from '../support/stage.ts';

const stage = useStage();

/** The `tasks` of the group with this code or id, with whatever they came to. */
async function ask(group: string, args = '', fields = PAGE) {
  stage.sandbox.calls.length = 0;
  const id = /^[0-9a-f]{24}$/.test(group) ? group : objectId('group', group);
  const { body } = await stage.gateway.ask(
    `{ group(id: "${id}") { ... on TaskGroup { tasks${args && `(${args})`} { ${fields} } } } }`,
  );
  return { page: body.data.group?.tasks, errors: body.errors };
}

const PAGE = `totalCount nodes { id name isActive } edges { cursor node { id } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
const IDS = 'totalCount nodes { id } pageInfo { hasNextPage endCursor }';

const taskCalls = () =>
  stage.sandbox.calls
    .filter(({ template }) => template === '/v2/task-groups/{id}/tasks')
    .map(queryOf);

/** A missing name sorts first. */
const nameOf = ({ name }: RawRecord): string => (typeof name === 'string' ? name : '');

/** The tasks of a group that the sandbox's user sees, by name, ties in the order of insertion. */
function tasksOf(group: string, includeInactive = false): RawRecord[] {
  const { tasks } = createCompany();
  const hidden: unknown[] = planted.tasks.hidden;
  return tasks
    .filter(({ taskGroup }) => taskGroup === objectId('taskGroup', group))
    .filter(({ _id, isActive }) => !hidden.includes(_id) && (includeInactive || isActive !== false))
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
}
const idsOf = (records: readonly RawRecord[]) => records.map(({ _id }) => ({ id: _id }));

/** All tasks, page by page. */
async function traverse(group: string, first: number) {
  const nodes: unknown[] = [];
  const calls: number[] = [];
  for (let after = ''; ;) {
    const { page, errors } = await ask(group, `first: ${first}${after}`, IDS);
    expect(errors).toBeUndefined();
    nodes.push(...page.nodes);
    calls.push(taskCalls().length);
    if (!page.pageInfo.hasNextPage) return { nodes, calls, totalCount: page.totalCount };
    after = `, after: "${page.pageInfo.endCursor}"`;
  }
}

describe('a page', () => {
  test.each([
    ['', 20],
    ['first: 1', 1],
    ['first: 59', 59],
    ['first: 60', 60],
    ['first: 500', 60],
    ['first: 500, filter: null', 60],
    ['first: 500, filter: { includeInactive: true }', 64],
  ])('(%s) holds the first %d by name', async (args, count) => {
    const all = tasksOf('field_works', args.includes('true'));
    const { page, errors } = await ask('field_works', args);
    expect(errors).toBeUndefined();
    expect(page.nodes.map(({ id }: any) => ({ id }))).toEqual(idsOf(all.slice(0, count)));
    expect(page.edges.map(({ node }: any) => node)).toEqual(idsOf(all.slice(0, count)));
    expect(page.totalCount).toBe(all.length);
    expect(page.pageInfo).toEqual({
      hasNextPage: count < all.length,
      hasPreviousPage: false,
      startCursor: page.edges.at(0).cursor,
      endCursor: page.edges.at(-1).cursor,
    });
    expect(taskCalls()).toHaveLength(1);
  });

  test('of no tasks is empty', async () => {
    const { page } = await ask('quality_audits');
    expect(page).toEqual({
      totalCount: 0,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test.each([-1, 501])('first: %d is refused without a call for tasks', async (first) => {
    const { page, errors } = await ask('field_works', `first: ${first}`);
    expect(page).toBeNull();
    expect(errors).toMatchObject([
      { path: ['group', 'tasks'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(taskCalls()).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ['', { isActive: 'true' }],
    ['includeInactive: true', {}],
    [
      'createdSince: "2021-02-03T04:05:06+02:00"',
      { isActive: 'true', createdAt_gte: '2021-02-03T02:05:06.000Z' },
    ],
    [
      'modifiedSince: "2021-02-03T04:05:06Z", includeInactive: null',
      { isActive: 'true', modifiedAt_gte: '2021-02-03T04:05:06.000Z' },
    ],
  ])("{ %s } is asked for in the upstream's words", async (filter, expected) => {
    await ask('field_works', `first: 7, filter: { ${filter} }`, 'totalCount nodes { id }');
    const paging = { page: '1', limit: '7', sortBy: 'name', orderBy: 'asc', count: 'true' };
    expect(taskCalls()).toEqual([{ ...expected, ...paging }]);
  });

  test('the date filters narrow', async () => {
    const changed = (name: string) => (date: string) =>
      tasksOf('field_works').filter((task) => String(task[name]) >= date).length;
    for (const [filter, name] of [
      ['createdSince', 'createdAt'],
      ['modifiedSince', 'modifiedAt'],
    ] as const) {
      const { page } = await ask(
        'field_works',
        `filter: { ${filter}: "2020-06-01T00:00:00.000Z" }`,
      );
      expect(page.totalCount).toBe(changed(name)('2020-06-01T00:00:00.000Z'));
      expect(page.totalCount).toBeLessThan(60);
    }
  });
});

describe('page after page brings every task once', () => {
  test.each([
    ['field_works', 20, 1000],
    ['field_works', 7, 1000],
    ['field_works', 500, 1000],
    ['field_works', 1, 1000],
    ['field_works', 20, 1],
    ['field_works', 20, 7],
    ['field_works', 20, 10],
    ['field_works', 25, 10],
    ['field_works', 500, 10],
    // The last page is as long as the server's: it must not be taken for an earlier one.
    ['field_works', 40, 20],
    ['field_works', 30, 20],
    ['customer_quotes', 8, 1000],
    ['customer_quotes', 9, 3],
  ])('%s by %d, where the server gives %d at most', async (group, first, cap) => {
    stage.sandbox.maxLimit = cap;
    const all = tasksOf(group);
    const { nodes, calls, totalCount } = await traverse(group, first);
    expect(nodes).toEqual(idsOf(all));
    expect(totalCount).toBe(all.length);
    // One call a page where the server has pages of that size, else one for each of its own.
    if (first <= cap) expect(new Set(calls)).toEqual(new Set([1]));
    const touched = Math.ceil(Math.min(first, all.length) / cap) + 1;
    for (const call of calls) expect(call).toBeLessThanOrEqual(touched);
  });

  test('two of the same name are two', async () => {
    const { nodes } = await traverse('customer_quotes', 1);
    for (const id of planted.tasks.sameName) expect(nodes).toContainEqual({ id });
  });

  test('from any place in the list, with any size', async () => {
    const { page } = await ask('it_support', 'first: 500', 'edges { cursor node { id } }');
    const edges: any[] = page.edges;
    for (const [index, { cursor }] of edges.entries()) {
      for (const first of [1, 2, 5, 500]) {
        const next = (await ask('it_support', `first: ${first}, after: "${cursor}"`, IDS)).page;
        const rest = edges.slice(index + 1, index + 1 + first).map(({ node }) => node);
        expect(next.nodes).toEqual(rest);
        expect(next.totalCount).toBe(edges.length);
        expect(next.pageInfo.hasNextPage).toBe(index + 1 + first < edges.length);
      }
    }
  });

  test('a cursor behind the end of what is left brings nothing', async () => {
    const { page } = await ask('it_support', 'first: 500', IDS);
    const { data } = stage.sandbox;
    data.tasks = data.tasks.filter(
      ({ taskGroup }) => taskGroup !== objectId('taskGroup', 'it_support'),
    );
    for (const maxLimit of [1000, 3]) {
      stage.sandbox.maxLimit = maxLimit;
      const next = await ask('it_support', `after: "${page.pageInfo.endCursor}"`);
      expect(next.errors).toBeUndefined();
      expect(next.page).toMatchObject({
        totalCount: 0,
        nodes: [],
        pageInfo: { hasNextPage: false },
      });
    }
  });
});

describe('a cursor is a place in one list', () => {
  test.each([
    ['another group', 'it_support', ''],
    ['another filter', 'field_works', 'filter: { includeInactive: true }, '],
    ['a narrower filter', 'field_works', 'filter: { createdSince: "2020-01-01T00:00:00Z" }, '],
  ])('and refused by %s, without a call for tasks', async (_, group, args) => {
    const { page } = await ask('field_works');
    const next = await ask(group, `${args}after: "${page.pageInfo.endCursor}"`);
    expect(next.page).toBeNull();
    expect(next.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(taskCalls()).toEqual([]);
  });

  test.each(['', 'nonsense', 'e30'])('and %j is none', async (cursor) => {
    const { page, errors } = await ask('field_works', `after: "${cursor}"`);
    expect(page).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('nor is the cursor of another kind of list', async () => {
    const { body } = await stage.gateway.ask('{ groups(first: 1) { pageInfo { endCursor } } }');
    const { errors } = await ask('field_works', `after: "${body.data.groups.pageInfo.endCursor}"`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('it goes on with another size', async () => {
    const { page } = await ask('field_works', 'first: 3');
    const next = await ask('field_works', `first: 5, after: "${page.pageInfo.endCursor}"`, IDS);
    expect(next.page.nodes).toEqual(idsOf(tasksOf('field_works').slice(3, 8)));
  });
});

test('the fields of a task', async () => {
  const task = {
    _id: idOf(9),
    serial: 77,
    name: 'Zanja',
    info: 'Norte',
    taskGroup: idOf(0x1001),
    parent: idOf(8),
    startDate: momentOf(1),
    endDate: momentOf(2),
    closedAt: momentOf(3),
    modifiedStateAt: momentOf(4),
    createdAt: momentOf(5),
    modifiedAt: momentOf(6),
    estimatedTime: 2.5,
    isActive: false,
  };
  const all =
    'id serial name info parentId startDate endDate closedAt stateChangedAt createdAt modifiedAt estimatedDays isActive';
  const edges =
    'state { id } stateMachine { id } assignee { id } createdBy { id } editors { id } followers { id } channel { id }';
  plant(stage, [rawGroup(1)], [rawTaskGroup(1)]);
  stage.sandbox.data.tasks = [task, { _id: idOf(10), taskGroup: idOf(0x1001) }];
  const { page, errors } = await ask(
    idOf(1),
    'filter: { includeInactive: true }',
    `nodes { ${all} ${edges} }`,
  );
  expect(errors).toBeUndefined();
  const [bare] = page.nodes;
  expect(bare).toEqual({
    ...Object.fromEntries(Object.keys(bare).map((field) => [field, null])),
    ...{ id: idOf(10), name: idOf(10), isActive: true, editors: [], followers: [] },
  });
  expect(page.nodes[1]).toEqual({
    ...bare,
    id: idOf(9),
    serial: 77,
    name: 'Zanja',
    info: 'Norte',
    parentId: idOf(8),
    startDate: momentOf(1),
    endDate: momentOf(2),
    closedAt: momentOf(3),
    stateChangedAt: momentOf(4),
    createdAt: momentOf(5),
    modifiedAt: momentOf(6),
    estimatedDays: 2.5,
    isActive: false,
  });
  expect(endpoints(stage.sandbox)).toEqual([
    '/v2/groups',
    '/v2/task-groups',
    '/v2/task-groups/{id}/tasks',
  ]);
});
