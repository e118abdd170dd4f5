import { describe, expect, test } from '@jest/globals';
import { objectId, type RawRecord, type SandboxCall } from '../../sandbox/index.ts';
import {
  endpoints,
  idOf,
  plant,
  range,
  rawGroup,
  rawTaskGroup,
  type Stage,
  useStage,
  valuesOf,
} from '../support/stage.ts';

const TASKS = '/v2/task-groups/{id}/tasks';

/** The errors, each by its path and code. */
const told = (errors: readonly any[] | undefined) =>
  errors?.map(({ path, extensions }) => [path.join('.'), extensions.code]);

/** `count` task groups, each with two tasks of its own two people, in a state of its own name. */
function plantTasks({ sandbox }: Stage, count: number): void {
  plant(
    { sandbox },
    range(count).map((n) => rawGroup(n)),
    range(count).map((n) => rawTaskGroup(n)),
  );
  const { data } = sandbox;
  const ofGroup = (n: number): string => idOf(0x1001 + Math.floor((n - 1) / 2));
  data.channels = [];
  data.users = range(2 * count).map((n) => ({
    _id: idOf(0x20000 + n),
    name: { displayName: `Person ${n}` },
  }));
  data.tasks = range(2 * count).map((n) => ({
    _id: idOf(0x30000 + n),
    // Their order is that of their names.
    name: `Task ${100 + n}`,
    taskGroup: ofGroup(n),
    assignee: idOf(0x20000 + n),
    smState: idOf(0x50000 + n),
  }));
  data.stateMachines = range(2 * count).map((n) => ({
    _id: idOf(0x40000 + n),
    taskGroup: ofGroup(n),
  }));
  data.states = range(2 * count).map((n) => ({
    _id: idOf(0x50000 + n),
    taskGroup: ofGroup(n),
    stateMachine: idOf(0x40000 + n),
    property: idOf(0x60000 + n),
  }));
  data.properties = range(2 * count).map((n) => ({
    _id: idOf(0x60000 + n),
    display: `State ${n}`,
  }));
}

const QUERY =
  '{ groups { nodes { ... on TaskGroup { tasks { nodes { name assignee { name } state { name } } } } } } }';

/** What the query answers where all goes well; `without` changes it. */
function whole(count: number, without: (groups: any[]) => void = () => undefined) {
  const task = (n: number) => ({
    name: `Task ${100 + n}`,
    assignee: { name: `Person ${n}` },
    state: { name: `State ${n}` },
  });
  const groups = range(count).map((n): any => ({
    tasks: { nodes: [task(2 * n - 1), task(2 * n)] },
  }));
  without(groups);
  return { groups: { nodes: groups } };
}

describe('a branch that fails', () => {
  const stage = useStage();
  const ask = async () => {
    const { data, errors } = (await stage.gateway.ask(QUERY)).body;
    return { data, errors: told(errors) };
  };
  const group3 = (call: SandboxCall): boolean => call.path.includes(idOf(0x1003));

  test('none: the query answers', async () => {
    plantTasks(stage, 5);
    expect(await ask()).toEqual({ data: whole(5) });
  });

  test.each([
    [{ status: 403 }, 'FORBIDDEN'],
    [{ status: 404 }, 'NOT_FOUND'],
    [{ status: 429 }, 'RATE_LIMITED'],
    [{ status: 500 }, 'UPSTREAM_UNAVAILABLE'],
    [{ body: '<html>' }, 'UPSTREAM_INVALID_RESPONSE'],
    [{ body: '{"data":{"values":{}}}' }, 'UPSTREAM_INVALID_RESPONSE'],
    [{ destroy: true }, 'UPSTREAM_UNAVAILABLE'],
  ])(
    "one group's tasks: null, with one error; the others are complete (%j)",
    async (fault, code) => {
      plantTasks(stage, 5);
      stage.sandbox.fail({ template: TASKS, matches: group3, ...fault });
      expect(await ask()).toEqual({
        data: whole(5, (groups) => (groups[2].tasks = null)),
        errors: [['groups.nodes.2.tasks', code]],
      });
    },
  );

  test("one group's states: null in each task, the tasks are served", async () => {
    plantTasks(stage, 5);
    stage.sandbox.fail({ template: '/v1/tasks/{id}/sm/smstate/all', matches: group3, status: 500 });
    const { data, errors } = await ask();
    expect(data).toEqual(
      whole(5, (groups) => {
        for (const task of groups[2].tasks.nodes) task.state = null;
      }),
    );
    expect(errors).toEqual([
      ['groups.nodes.2.tasks.nodes.0.state', 'UPSTREAM_UNAVAILABLE'],
      ['groups.nodes.2.tasks.nodes.1.state', 'UPSTREAM_UNAVAILABLE'],
    ]);
  });

  test.each([
    ['/v2/users', 'assignee', 'assignee', (task: any) => (task.assignee = null)],
    ['/v2/properties', 'state.name', 'state names', (task: any) => (task.state.name = null)],
  ])('%s: %s is null in each task, with an error each', async (template, field, _, without) => {
    plantTasks(stage, 3);
    stage.sandbox.fail({ template, status: 500 });
    const { data, errors } = await ask();
    expect(data).toEqual(
      whole(3, (groups) => groups.flatMap((it) => it.tasks.nodes).forEach(without)),
    );
    const paths = range(3, 0).flatMap((group) =>
      range(2, 0).map((task) => `groups.nodes.${group}.tasks.nodes.${task}.${field}`),
    );
    expect(errors?.sort()).toEqual(paths.map((path) => [path, 'UPSTREAM_UNAVAILABLE']));
    expect(endpoints(stage.sandbox).filter((endpoint) => endpoint === template)).toHaveLength(1);
  });

  test("one of several calls for people: the others' people are served", async () => {
    plantTasks(stage, 20);
    const fails = (call: SandboxCall): boolean => valuesOf(call, 'id').includes(idOf(0x20001));
    stage.sandbox.fail({ template: '/v2/users', matches: fails, status: 500 });
    const { data, errors } = await ask();
    const missing = new Set(
      stage.sandbox.calls.filter(fails).flatMap((call) => valuesOf(call, 'id')),
    );
    // 40 people take two calls, and the one that fails may be either.
    expect([10, 30]).toContain(missing.size);
    const people = data.groups.nodes.flatMap((it: any) =>
      it.tasks.nodes.map((task: any) => task.assignee),
    );
    expect(people).toEqual(
      range(40).map((n) => (missing.has(idOf(0x20000 + n)) ? null : { name: `Person ${n}` })),
    );
    expect(errors).toHaveLength(missing.size);
  });

  test('one task without an id: null in its place', async () => {
    plantTasks(stage, 3);
    const [, broken] = stage.sandbox.data.tasks;
    Object.assign(broken ?? {}, { _id: 'none' });
    expect(await ask()).toEqual({
      data: whole(3, (groups) => (groups[0].tasks.nodes[1] = null)),
      errors: [['groups.nodes.0.tasks.nodes.1', 'UPSTREAM_INVALID_RESPONSE']],
    });
  });

  test('one state name among many', async () => {
    plantTasks(stage, 5);
    Object.assign(stage.sandbox.data.properties[3] ?? {}, { display: {} });
    expect(await ask()).toEqual({
      data: whole(5, (groups) => (groups[1].tasks.nodes[1].state.name = null)),
      errors: [['groups.nodes.1.tasks.nodes.1.state.name', 'UPSTREAM_INVALID_RESPONSE']],
    });
  });

  test('one state that hides its machine: served where a task names it, in no list of states', async () => {
    plantTasks(stage, 2);
    Object.assign(stage.sandbox.data.states[1] ?? {}, { stateMachine: 'none' });
    const { data, errors } = (
      await stage.gateway.ask(
        '{ groups { nodes { ... on TaskGroup { tasks { nodes { state { name } } } stateMachines { states { name } } } } } }',
      )
    ).body;
    const [hiding, fine] = data.groups.nodes;
    expect(hiding.tasks.nodes).toEqual([
      { state: { name: 'State 1' } },
      { state: { name: 'State 2' } },
    ]);
    expect(hiding.stateMachines).toEqual([{ states: null }, { states: null }]);
    expect(fine.stateMachines).toEqual([
      { states: [{ name: 'State 3' }] },
      { states: [{ name: 'State 4' }] },
    ]);
    expect(told(errors)?.sort()).toEqual([
      ['groups.nodes.0.stateMachines.0.states.1', 'UPSTREAM_INVALID_RESPONSE'],
      ['groups.nodes.0.stateMachines.1.states.0', 'UPSTREAM_INVALID_RESPONSE'],
    ]);
  });
});

describe('records are matched by id', () => {
  const stage = useStage();
  const ask = async () => (await stage.gateway.ask(QUERY)).body;
  const lists = ['users', 'properties', 'states', 'taskGroups'] as const;

  test.each<[string, (list: RawRecord[]) => RawRecord[]]>([
    ['backwards', (list) => list.reverse()],
    ['in halves', (list) => [...list.splice(3), ...list]],
    [
      'with strangers in between',
      (list) => list.flatMap((it, n) => [it, { ...it, _id: idOf(0x90000 + n) }]),
    ],
  ])('where they come %s', async (_, order) => {
    plantTasks(stage, 5);
    for (const name of lists) stage.sandbox.data[name] = order(stage.sandbox.data[name]);
    expect(await ask()).toEqual({ data: whole(5) });
  });

  test.each([10, 7, 1])('where the server gives %d at most', async (cap) => {
    plantTasks(stage, 15);
    stage.sandbox.maxLimit = cap;
    const body = await ask();
    expect(body).toEqual({ data: whole(15) });
    const asked = stage.sandbox.calls.filter(({ template }) => template === '/v2/users');
    expect(asked.map((call) => valuesOf(call, 'id').length)).toEqual(
      range(Math.ceil(30 / cap), 0).map((n) => 30 - n * cap),
    );
  });

  test.each([
    ['a person', '/v2/users', 'users', { name: { displayName: 'Somebody else' } }],
    ['a state name', '/v2/properties', 'properties', { display: 'Somebody else' }],
  ])('someone else in the place of %s is never shown', async (_, template, list, record) => {
    plantTasks(stage, 1);
    const wrong = JSON.stringify({ data: { [list]: [{ _id: idOf(7), ...record }], count: 1 } });
    stage.sandbox.fail({ template, body: wrong });
    const { data, errors } = await ask();
    expect(JSON.stringify(data)).not.toContain('Somebody else');
    // The person is found by the path of the id; a property, which has none, is nowhere.
    expect(JSON.stringify(data).includes('null')).toBe(list === 'properties');
    expect(errors).toBeUndefined();
  });

  test('nor as a channel', async () => {
    stage.sandbox.fail({
      template: '/v2/channels/{id}',
      body: JSON.stringify({ data: { _id: idOf(7), name: 'Somebody else' } }),
    });
    const { data } = (
      await stage.gateway.ask(`{ channel(id: "${objectId('channel', 'x')}") { name } }`)
    ).body;
    expect(data).toEqual({ channel: null });
  });
});

describe('a call that hangs', () => {
  const stage = useStage({ requestDeadlineMs: 2000 });

  test('takes nothing along but its own branch', async () => {
    plantTasks(stage, 5);
    stage.sandbox.fail({
      template: TASKS,
      matches: ({ path }) => path.includes(idOf(0x1002)),
      delayMs: 60_000,
    });
    const { data, errors } = (await stage.gateway.ask(QUERY)).body;
    expect(data).toEqual(whole(5, (groups) => (groups[1].tasks = null)));
    expect(told(errors)).toEqual([['groups.nodes.1.tasks', 'UPSTREAM_TIMEOUT']]);
  });
});

describe('MAX_UPSTREAM_CALLS', () => {
  const limits = { callsPerRequest: 6, perOwner: 10, total: 100 };
  const stage = useStage({ limits });

  test('what exceeds it fails at its path, the rest is served', async () => {
    plantTasks(stage, 6);
    const { data, errors } = (
      await stage.gateway.ask(
        '{ groups { nodes { ... on TaskGroup { tasks { nodes { name } } } } } }',
      )
    ).body;
    expect(stage.sandbox.calls).toHaveLength(6);
    const served = data.groups.nodes.map(({ tasks }: any) => tasks?.nodes.length ?? null);
    expect(served).toEqual([2, 2, 2, 2, null, null]);
    expect(told(errors)).toEqual([
      ['groups.nodes.4.tasks', 'UPSTREAM_BUDGET_EXCEEDED'],
      ['groups.nodes.5.tasks', 'UPSTREAM_BUDGET_EXCEEDED'],
    ]);
  });

  test("is each request's own", async () => {
    plantTasks(stage, 4);
    const query = '{ groups { nodes { ... on TaskGroup { tasks { nodes { name } } } } } }';
    for (let request = 0; request < 3; request += 1) {
      expect((await stage.gateway.ask(query)).body.errors).toBeUndefined();
    }
    expect(stage.sandbox.calls).toHaveLength(18);
  });
});
