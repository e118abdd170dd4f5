import { beforeEach, describe, expect, test } from '@jest/globals';
import { FIRST_READINGS, type RawRecord, SANDBOX_USER_ID } from '../../sandbox/index.ts';
import {
  endpoints,
  idOf,
  momentOf,
  plant,
  range,
  rawGroup,
  rawTaskGroup,
  useStage,
} from '../support/stage.ts';

const stage = useStage({ traits: {} });

const TASKS = '/v2/task-groups/{id}/tasks';
const FOUND = '/v1/tasks/{id}/task';
const ANA = idOf(0xa1);
const [OPEN, DONE] = [idOf(0xb1), idOf(0xb2)] as const;
const [FLOW, OTHER_FLOW] = [idOf(0xc1), idOf(0xc2)] as const;
const taskGroup = rawTaskGroup(1)['_id'];

/** The nth task. Names run against the order of creation. */
const task = (n: number, more: RawRecord = {}): RawRecord => ({
  _id: idOf(0x2000 + n),
  name: `Task ${900 - n}`,
  taskGroup,
  createdAt: momentOf(n),
  modifiedAt: momentOf(n + 50),
  assignee: n % 2 === 0 ? ANA : SANDBOX_USER_ID,
  smState: n % 3 === 0 ? DONE : OPEN,
  // Says nothing of the state: a filter by `status` would find others.
  status: n % 3 === 0 ? OPEN : DONE,
  smStateMachine: n % 4 === 0 ? OTHER_FLOW : FLOW,
  isActive: n % 5 !== 0,
  ...more,
});

function plantTasks(tasks: RawRecord[]): void {
  plant(stage, [rawGroup(1)], [rawTaskGroup(1)]);
  const { data } = stage.sandbox;
  data.tasks = tasks;
  data.stateMachines = [{ _id: FLOW, taskGroup, name: 'Flow' }];
  data.states = [OPEN, DONE].map((_id) => ({ _id, stateMachine: FLOW, taskGroup }));
}

beforeEach(() => plantTasks(range(23).map((n) => task(n))));

async function ask(filter: string, args = 'first: 500', fields = 'id') {
  const { body } = await stage.gateway.ask(
    `{ group(id: "${idOf(1)}") { ... on TaskGroup { tasks(${args}, filter: { ${filter} }) {
      totalCount nodes { ${fields} } pageInfo { hasNextPage endCursor } } } } }`,
  );
  return { page: body.data.group?.tasks, errors: body.errors };
}
const idsOf = (numbers: readonly number[]) => numbers.map((n) => ({ id: idOf(0x2000 + n) }));
const active = range(23).filter((n) => n % 5 !== 0);

describe('a filter', () => {
  const since = `createdSince: "${momentOf(7)}", modifiedSince: "${momentOf(60)}"`;
  test.each<[string, (n: number) => boolean]>([
    [`assigneeId: "${ANA}"`, (n) => n % 2 === 0],
    [`assigneeId: "${ANA.toUpperCase()}"`, (n) => n % 2 === 0],
    ['mine: true', (n) => n % 2 === 1],
    [`mine: true, assigneeId: "${ANA}"`, () => false],
    [`mine: true, assigneeId: "${SANDBOX_USER_ID}"`, (n) => n % 2 === 1],
    [`stateId: "${DONE}"`, (n) => n % 3 === 0],
    [`stateMachineId: "${OTHER_FLOW}"`, (n) => n % 4 === 0],
    [
      `stateId: "${OPEN}", stateMachineId: "${FLOW}", mine: true, ${since}`,
      (n) => n % 2 === 1 && n % 3 !== 0 && n % 4 !== 0 && n >= 10,
    ],
    [`stateId: "${idOf(0xbf)}"`, () => false],
  ])('{ %s } holds its tasks, by their creation', async (filter, holds) => {
    const found = active.filter(holds);
    expect(await ask(filter)).toEqual({
      page: {
        totalCount: found.length,
        nodes: idsOf(found),
        pageInfo: { hasNextPage: false, endCursor: found.length > 0 ? expect.any(String) : null },
      },
      errors: undefined,
    });
  });

  test('takes inactive ones too, if it says so', async () => {
    const { page } = await ask(`assigneeId: "${ANA}", includeInactive: true`);
    expect(page.nodes).toEqual(idsOf(range(23).filter((n) => n % 2 === 0)));
  });

  test('that says nothing of these is the list by name', async () => {
    const { page } = await ask('mine: false, assigneeId: null, search: " "', 'first: 2');
    expect(page.nodes).toEqual(idsOf([23, 22]));
  });

  test.each([1, 3, 10, 1000])('with %i on a page of Cotalker, all are read', async (cap) => {
    stage.sandbox.maxLimit = cap;
    const { page } = await ask(`stateId: "${OPEN}"`);
    expect(page.nodes).toEqual(idsOf(active.filter((n) => n % 3 !== 0)));
  });

  test.each(['assigneeId', 'stateId', 'stateMachineId'])('%s has to be an id', async (name) => {
    const { errors } = await ask(`${name}: "me"`);
    expect(errors).toMatchObject([
      {
        message: `"${name}" must be 24 hexadecimal characters.`,
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(endpoints(stage.sandbox)).not.toContain(TASKS);
  });

  test('a task that may match and cannot be read is null, with an error', async () => {
    plantTasks([task(1), task(2, { assignee: 7 }), task(3, { _id: 5 })]);
    const { page, errors } = await ask(`assigneeId: "${SANDBOX_USER_ID}"`);
    expect(page.nodes).toHaveLength(3);
    expect(page.nodes.filter(Boolean)).toEqual(idsOf([1]));
    expect(errors).toHaveLength(2);
  });

  test.each([403, 500])('%i is an error', async (status) => {
    stage.sandbox.fail({ template: TASKS, status });
    const { page, errors } = await ask('mine: true');
    expect([page, errors?.length]).toEqual([null, 1]);
  });

  test('mine asks nobody, where the arguments are wrong', async () => {
    await ask('mine: true', 'first: 501');
    await ask('mine: true', 'after: "x"');
    const viewers = stage.sandbox.calls.filter(({ template }) => template === '/v2/users/me');
    expect(viewers).toEqual([]);
  });

  test('mine fails if nobody knows whose', async () => {
    stage.sandbox.fail({ template: '/v2/users/me', status: 403 });
    const { page, errors } = await ask('mine: true');
    expect(page).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('pages', () => {
  test('miss nothing, though tasks leave the list and others come to it', async () => {
    const seen: unknown[] = [];
    let args = 'first: 3';
    for (let page = 0; page < 9; page += 1) {
      const answer = await ask(`assigneeId: "${ANA}"`, args);
      seen.push(...answer.page.nodes.map(({ id }: { id: string }) => id));
      if (!answer.page.pageInfo.hasNextPage) break;
      args = `first: 3, after: "${answer.page.pageInfo.endCursor}"`;
      const { tasks } = stage.sandbox.data;
      // One that was read is somebody else's now; another is new.
      Object.assign(tasks.find(({ _id }) => _id === seen[page]) ?? {}, { assignee: idOf(0xaf) });
      if (page < 2) tasks.push(task(30 + page * 2, { isActive: true }));
    }
    const there = active.filter((n) => n % 2 === 0);
    expect(seen).toEqual([...there, 30, 32].map((n) => idOf(0x2000 + n)));
  });

  test('of one moment of creation come in the order of their ids, each once', async () => {
    plantTasks(
      range(7).map((n) => task(n, { createdAt: momentOf(1), assignee: ANA, isActive: true })),
    );
    const first = await ask(`assigneeId: "${ANA}"`, 'first: 4');
    const after = `first: 4, after: "${first.page.pageInfo.endCursor}"`;
    const second = await ask(`assigneeId: "${ANA}"`, after);
    expect([...first.page.nodes, ...second.page.nodes]).toEqual(idsOf(range(7)));
  });

  test('a cursor is of its filter alone', async () => {
    const { page } = await ask(`assigneeId: "${ANA}"`, 'first: 1');
    stage.sandbox.reset();
    const { errors } = await ask('mine: true', `after: "${page.pageInfo.endCursor}"`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(endpoints(stage.sandbox)).not.toContain(TASKS);
  });
});

describe('search', () => {
  const words = range(12).map((n) => task(n, { name: n % 2 === 0 ? `Pump ${n}` : `Valve ${n}` }));
  const pumps = range(12).filter((n) => n % 2 === 0 && n % 5 !== 0);
  beforeEach(() => plantTasks(words));

  test.each([
    ['as many as asked for on a page', 1000, 'followed'],
    ['few on a page', 2, 'followed'],
    ['no pages', 3, 'ignored'],
  ] as const)('finds what Cotalker finds: %s', async (_, cap, taskPages) => {
    stage.sandbox.maxLimit = cap;
    stage.sandbox.readings = { ...FIRST_READINGS, taskPages, foundTasks: 'all' };
    const { page, errors } = await ask('search: "pump"');
    expect(errors).toBeUndefined();
    expect(page).toMatchObject({ totalCount: pumps.length, nodes: idsOf(pumps) });
    expect(endpoints(stage.sandbox)).not.toContain(TASKS);
  });

  test('goes with all other fields', async () => {
    const { page } = await ask(
      `search: "PUMP", assigneeId: "${ANA}", stateId: "${OPEN}", createdSince: "${momentOf(3)}"`,
    );
    expect(page.nodes).toEqual(idsOf(pumps.filter((n) => n % 3 !== 0 && n >= 3)));
  });

  test('with inactive tasks is refused, before any call for tasks', async () => {
    const { errors } = await ask('search: "pump", includeInactive: true');
    expect(errors).toMatchObject([
      {
        message: '"search" cannot be combined with "includeInactive".',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(endpoints(stage.sandbox)).not.toContain(FOUND);
  });

  test('nothing found is an empty page', async () => {
    const { page, errors } = await ask('search: "compressor"');
    expect([page.nodes, page.totalCount, errors]).toEqual([[], 0, undefined]);
  });

  test('the first ten of more than ten are never all, where Cotalker reads no pages', async () => {
    plantTasks(range(24).map((n) => task(n, { name: `Pump ${n}`, isActive: true })));
    stage.sandbox.readings = { ...FIRST_READINGS, taskPages: 'first' };
    const { page, errors } = await ask('search: "pump"');
    expect(page).toBeNull();
    expect(errors).toMatchObject([
      {
        message:
          'This Cotalker tells the first 10 tasks that it finds, and there may be more: search for words that fewer tasks have.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  test('fewer than ten are all there', async () => {
    stage.sandbox.readings = { ...FIRST_READINGS, taskPages: 'first' };
    expect((await ask('search: "pump"')).page).toMatchObject({ nodes: idsOf(pumps) });
  });

  test('a failure is an error', async () => {
    stage.sandbox.fail({ template: FOUND, status: 500 });
    const { page, errors } = await ask('search: "pump"');
    expect([page, errors?.length]).toEqual([null, 1]);
  });
});

describe('a Cotalker that takes no notice of words', () => {
  const fresh = useStage({ traits: {} });

  test('is told so, never believed, and not asked again', async () => {
    fresh.sandbox.readings = { ...FIRST_READINGS, taskSearch: 'ignored' };
    const query = `{ groups(filter: { type: TASK }, first: 1) { nodes { ... on TaskGroup {
      tasks(filter: { search: "pump" }) { nodes { id } } } } } }`;
    for (const calls of [3, 0]) {
      fresh.sandbox.calls.length = 0;
      const { body } = await fresh.gateway.ask(query);
      expect(body.errors).toMatchObject([
        {
          message: 'This Cotalker does not search tasks: leave "search" out of the filter.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
      const asked = endpoints(fresh.sandbox).filter((template) => template === FOUND);
      expect(asked.length).toBe(calls);
    }
  });
});

describe('a board', () => {
  const board = (
    args = '',
    more = '',
  ) => `{ group(id: "${idOf(1)}") { ... on TaskGroup { stateMachines {
    states { id tasks${args} { totalCount nodes { id state { id } } } ${more} } } } } }`;

  test('has its tasks by state, by one reading of the task group', async () => {
    const { body } = await stage.gateway.ask(board('(first: 4)'));
    expect(body.errors).toBeUndefined();
    const column = (id: string, tasks: readonly number[]) => ({
      id,
      tasks: {
        totalCount: tasks.length,
        nodes: idsOf(tasks.slice(0, 4)).map((node) => ({ ...node, state: { id } })),
      },
    });
    expect(body.data.group.stateMachines).toEqual([
      {
        states: [
          column(
            OPEN,
            active.filter((n) => n % 3 !== 0),
          ),
          column(
            DONE,
            active.filter((n) => n % 3 === 0),
          ),
        ],
      },
    ]);
    const reading = endpoints(stage.sandbox).filter((template) => template === TASKS);
    // The first list of a process looks at what is behind it.
    expect(reading.length).toBeLessThanOrEqual(2);
    stage.sandbox.calls.length = 0;
    await stage.gateway.ask(board());
    expect(endpoints(stage.sandbox).filter((template) => template === TASKS)).toHaveLength(1);
  });

  test('goes on in the tasks of its group, with the cursor of a column', async () => {
    const { body } = await stage.gateway.ask(
      board('(first: 0)', 'some: tasks(first: 4) { pageInfo { endCursor } }'),
    );
    const [{ id, some }] = body.data.group.stateMachines[0].states;
    const { page } = await ask(
      `stateId: "${id}"`,
      `first: 500, after: "${some.pageInfo.endCursor}"`,
    );
    expect(page.nodes).toEqual(idsOf(active.filter((n) => n % 3 !== 0)).slice(4));
  });

  test('may be narrowed', async () => {
    const { body } = await stage.gateway.ask(board(`(filter: { mine: true, stateId: "${DONE}" })`));
    const columns = body.data.group.stateMachines[0].states.map(
      ({ tasks }: any) => tasks.totalCount,
    );
    expect(columns).toEqual([0, active.filter((n) => n % 2 === 1 && n % 3 === 0).length]);
  });

  test('is that of its own task group, where states do not name theirs', async () => {
    plant(stage, [rawGroup(1), rawGroup(2)], [rawTaskGroup(1), rawTaskGroup(2)]);
    stage.sandbox.readings = {
      ...FIRST_READINGS,
      ...{ statesName: 'none', smstateAll: 'company' },
    };
    const { data } = stage.sandbox;
    const other = rawTaskGroup(2)['_id'];
    data.stateMachines.push({ _id: OTHER_FLOW, taskGroup: other, name: 'Other' });
    data.states.push({ _id: idOf(0xb7), stateMachine: OTHER_FLOW, taskGroup: other });
    data.tasks = [task(1), { ...task(2), taskGroup: other, smState: idOf(0xb7) }];
    const { body } = await stage.gateway.ask(`{ groups { nodes { ... on TaskGroup { stateMachines {
      states { tasks { nodes { id } } } } } } } }`);
    const found = body.data.groups.nodes.flatMap(({ stateMachines }: any) =>
      stateMachines.flatMap(({ states }: any) => states.flatMap(({ tasks }: any) => tasks.nodes)),
    );
    expect(found).toEqual(idsOf([1, 2]));
  });
});
