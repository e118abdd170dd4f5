import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RawRecord } from '../../sandbox/index.ts';
import {
  FIELD_WORKS,
  justNow,
  MENU_MS,
  REFERENCE_MS,
  TASKS,
  TYPES,
  typesIn,
  useRememberingStage,
} from '../support/remembering-stage.ts';
import { idOf, momentOf, plant, queryOf, range, rawGroup, rawTaskGroup } from '../support/stage.ts';

/* What seldom changes, and the list of groups for a moment: remembered for its caller, and never wrong for that. */

const remembering = useRememberingStage();
const { stage, ask, moveTo } = remembering;

describe('a caller who has been there before', () => {
  test('gets 23 tasks with state and assignee for three calls at the most', async () => {
    const first = await ask(TASKS);
    expect(first.calls).toBe(5);
    moveTo(MENU_MS + 1);
    const later = await ask(TASKS);
    expect(later.data).toEqual(first.data);
    expect(later.cost).toEqual({ '/v2/groups': 1, '/v2/task-groups/{id}/tasks': 1 });
  });

  test('pays 8 calls at the most for menu, board and channel list, and then 3', async () => {
    const board = `{ groups(first: 1, filter: { type: TASK }) { nodes { ... on TaskGroup { tasks(first: 3) {
      nodes { name state { name type } assignee { name } } } } } } }`;
    const list =
      '{ groups(first: 1) { nodes { ... on StandardGroup { channels { nodes { name } } } } } }';
    const session = async (): Promise<number> => {
      let calls = 0;
      for (const query of [TYPES, board, list]) calls += (await ask(query)).calls;
      return calls;
    };
    const first = await session();
    expect([first, await session()]).toEqual([7, 2]);
    moveTo(MENU_MS + 1);
    expect(await session()).toBe(3);
  });

  test('is told what was remembered, and how old it is', async () => {
    await ask(TASKS);
    moveTo(1234);
    const { remembered, calls } = await ask(TASKS);
    expect(calls).toBe(1);
    expect(remembered.map(({ path }: any) => path)).toEqual([
      '/v2/groups',
      '/v2/task-groups',
      '/v2/properties',
      '/v2/users',
    ]);
    for (const call of remembered) {
      expect(call).toMatchObject({ attempts: 0, status: 200 });
      expect(call.ageMs).toBeGreaterThan(1234);
      expect(call.ageMs).toBeLessThan(2234);
    }
    expect(remembered.at(-1).parameters).toEqual({ id: expect.stringMatching(/^\d+ ids$/) });
  });

  test('gets the types of all groups without a call for the time of a reference', async () => {
    const first = await ask(TYPES);
    expect(first.cost).toEqual({ '/v2/groups': 1, '/v2/task-groups': 1 });
    moveTo(REFERENCE_MS - 10_000);
    const later = await ask(TYPES);
    expect(later.cost).toEqual({ '/v2/groups': 1 });
    expect(typesIn(later)).toEqual(typesIn(first));
    moveTo(REFERENCE_MS + MENU_MS);
    expect((await ask(TYPES)).cost).toEqual({ '/v2/groups': 1, '/v2/task-groups': 1 });
  });

  test('opens one group for no look-up of its task group, after a menu as well as after that group', async () => {
    const ONE = `{ group(id: "${FIELD_WORKS}") { __typename } }`;
    await ask(TYPES);
    expect((await ask(ONE)).cost).toEqual({});
    const other = { token: 'sandbox-admin' };
    expect((await ask(ONE, other)).cost).toEqual({ '/v2/groups': 1, '/v2/task-groups': 1 });
    expect((await ask(ONE, other)).calls).toBe(0);
  });

  test('pays in a batch for what is new in it alone', async () => {
    const people = (...indexes: number[]) => {
      plant(stage, [rawGroup(1)]);
      const members = indexes.map((index) => stage.sandbox.data.users[index]?.['_id']);
      stage.sandbox.data.channels = [
        { _id: idOf(0x3000), group: idOf(1), userIds: members, modifiedAt: momentOf(1) },
      ] as RawRecord[];
    };
    const MEMBERS = `{ channel(id: "${idOf(0x3000)}") { users { name } } }`;
    people(0, 1, 2);
    const { data } = await ask(MEMBERS);
    people(3, 2, 1, 0);
    const more = await ask(MEMBERS);
    expect(more.data.channel.users.slice(1)).toEqual(data.channel.users.toReversed());
    const sent = stage.sandbox.calls.find(({ template }) => template === '/v2/users');
    expect(queryOf(sent)['id']).toBe(stage.sandbox.data.users[3]?.['_id']);
  });

  test('gets lists of tasks and channels as they are', async () => {
    const SCREEN = `{ groups { nodes { ... on TaskGroup { tasks { nodes { name } } channels { nodes { name } } } } } }`;
    const task = (name: string) => ({ _id: idOf(0x2000), name, taskGroup: idOf(0x1001) });
    const channel = (name: string) => ({
      ...{ _id: idOf(0x3000), nameDisplay: name, group: idOf(1), modifiedAt: momentOf(1) },
    });
    plant(stage, [rawGroup(1)], [rawTaskGroup(1)]);
    const put = (name: string) =>
      Object.assign(stage.sandbox.data, { tasks: [task(name)], channels: [channel(name)] });
    put('Before');
    await ask(SCREEN);
    put('After');
    const { data } = await ask(SCREEN);
    const named = { nodes: [{ name: 'After' }] };
    expect(data.groups.nodes).toEqual([{ tasks: named, channels: named }]);
  });
});

describe('for whom', () => {
  test('another token, and the other admin mode, pay for themselves', async () => {
    await ask(TASKS);
    const admin = { token: 'sandbox-admin' };
    expect((await ask(TASKS, admin)).remembered).toEqual([]);
    expect((await ask(TASKS, admin)).remembered).not.toEqual([]);
    const { remembered } = await ask(TASKS, { ...admin, headers: { admin: 'true' } });
    expect(remembered).toEqual([]);
  });

  test('Cache-Control: no-cache gets what is, and renews what is remembered', async () => {
    plant(stage, [rawGroup(1)]);
    await ask(TYPES);
    plant(stage, [rawGroup(1), rawGroup(2)], [rawTaskGroup(1)]);
    const both = { [idOf(1)]: 'TaskGroup', [idOf(2)]: 'StandardGroup' };
    const renewed = await ask(TYPES, { headers: { 'cache-control': 'no-cache' } });
    expect(typesIn(renewed)).toEqual(both);
    expect(renewed.remembered).toEqual([]);
    const after = await ask(TYPES);
    expect([typesIn(after), after.calls]).toEqual([both, 0]);
  });

  test('Cache-Control: no-cache of a screen with one group renews what the menu says of it', async () => {
    plant(stage, [rawGroup(1), rawGroup(2)]);
    const ONE = `{ group(id: "${idOf(1)}") { __typename } }`;
    await ask(TYPES);
    stage.sandbox.data.taskGroups = [rawTaskGroup(1)] as RawRecord[];
    await ask(ONE, { headers: { 'cache-control': 'no-cache' } });
    expect((await ask(ONE)).data.group.__typename).toBe('TaskGroup');
    expect(typesIn(await ask(TYPES))[idOf(1)]).toBe('TaskGroup');
  });

  test('Cache-Control: no-store neither reads nor leaves anything', async () => {
    const headers = { 'cache-control': 'no-store' };
    await ask(TASKS, { headers });
    expect((await ask(TASKS)).calls).toBe(5);
    expect((await ask(TASKS, { headers })).calls).toBe(5);
  });

  test.each([
    [{ referenceMs: 0, menuMs: MENU_MS }, ['/v2/groups']],
    [{ referenceMs: REFERENCE_MS, menuMs: 0 }, ['/v2/task-groups']],
  ])('0 turns either off: %j', async (caching, paths) => {
    await remembering.restart(caching);
    await ask(TYPES);
    const { remembered } = await ask(TYPES);
    expect(remembered.map(({ path }: any) => path)).toEqual(paths);
  });
});

describe('what is younger than what is remembered is looked up', () => {
  beforeEach(() => {
    plant(
      stage,
      range(3).map((n) => rawGroup(n)),
      [rawTaskGroup(1)],
    );
  });

  test('a group that was created since has its type', async () => {
    await ask(TYPES);
    moveTo(MENU_MS + 1000);
    stage.sandbox.data.groups.push(rawGroup(4, { createdAt: justNow(), modifiedAt: justNow() }));
    stage.sandbox.data.taskGroups.push(rawTaskGroup(4));
    const { data, cost } = await ask(TYPES);
    expect(typesIn({ data })[idOf(4)]).toBe('TaskGroup');
    expect(cost).toEqual({ '/v2/groups': 1, '/v2/task-groups': 1 });
  });

  test('a group that has changed since has its new type, either way', async () => {
    await ask(TYPES);
    moveTo(MENU_MS + 1000);
    const changed = { modifiedAt: justNow() };
    plant(stage, [rawGroup(1, changed), rawGroup(2, changed)], [rawTaskGroup(2)]);
    expect(typesIn(await ask(TYPES))).toEqual({
      [idOf(1)]: 'StandardGroup',
      [idOf(2)]: 'TaskGroup',
    });
  });

  test('a group without dates is a standard group only by a fresh answer', async () => {
    const undated = (n: number) => rawGroup(n, { modifiedAt: null, createdAt: null });
    plant(stage, [undated(1), undated(2)], [rawTaskGroup(1)]);
    await ask(TYPES);
    moveTo(MENU_MS + 1000);
    const { cost, data } = await ask(TYPES);
    expect(cost).toEqual({ '/v2/groups': 1, '/v2/task-groups': 1 });
    expect(typesIn({ data })).toEqual({ [idOf(1)]: 'TaskGroup', [idOf(2)]: 'StandardGroup' });
  });

  test('a group that one asked for alone had no task group is not remembered to have none', async () => {
    const ONE = `{ group(id: "${idOf(2)}") { __typename } }`;
    expect((await ask(ONE)).data.group.__typename).toBe('StandardGroup');
    stage.sandbox.data.taskGroups.push(rawTaskGroup(2));
    expect((await ask(ONE)).data.group.__typename).toBe('TaskGroup');
  });

  test('a group that is not on the remembered list is found', async () => {
    const byId = (n: number) => `{ group(id: "${idOf(n)}") { ... on MenuEntry { name } } }`;
    await ask(byId(1));
    expect((await ask(byId(1))).calls).toBe(0);
    stage.sandbox.data.groups.push(rawGroup(4, { modifiedAt: justNow() }));
    expect((await ask(byId(4))).data.group.name).toBe('Group 4');
  });

  test('so is the parent, the category and what is below of a group that is younger than the menu', async () => {
    const PLACES = `... on MenuEntry { id parent { ... on MenuEntry { id } } category { id }
      children { ... on MenuEntry { id } } }`;
    await ask(`{ mainMenu { ${PLACES} } }`);
    const changed = { modifiedAt: justNow() };
    plant(stage, [
      rawGroup(1),
      rawGroup(2, changed),
      rawGroup(3, { ...changed, parent: idOf(4) }),
      rawGroup(4, { ...changed, isCategory: true, nestedGroups: [idOf(2), idOf(3)] }),
    ]);
    // The menu does not answer a search.
    const { data } = await ask(
      `{ groups(first: 7, filter: { search: "Group" }) { nodes { ${PLACES} } } }`,
    );
    const places = Object.fromEntries(data.groups.nodes.map((node: any) => [node.id, node]));
    expect(places[idOf(3)]).toMatchObject({ parent: { id: idOf(4) }, category: { id: idOf(4) } });
    expect(places[idOf(4)].children).toEqual([{ id: idOf(2) }, { id: idOf(3) }]);
  });
});

describe('what is remembered is not all there is', () => {
  const id = { task: idOf(0x2001), machine: idOf(0x4001), state: idOf(0x5001) };
  const raw = (n: number) => ({
    machine: { _id: idOf(0x4000 + n), taskGroup: idOf(0x1001), name: `Machine ${n}` },
    state: {
      ...{ _id: idOf(0x5000 + n), taskGroup: idOf(0x1001), stateMachine: idOf(0x4000 + n) },
      ...{ property: idOf(0x6000 + n), type: 'flow' },
    },
    property: { _id: idOf(0x6000 + n), name: { display: `State ${n}`, code: `state_${n}` } },
    task: {
      ...{ _id: id.task, name: 'Task', taskGroup: idOf(0x1001) },
      ...{ smState: idOf(0x5000 + n), smStateMachine: idOf(0x4000 + n) },
    },
  });
  const put = (...numbers: number[]) => {
    const all = numbers.map(raw);
    Object.assign(stage.sandbox.data, {
      tasks: [all.at(-1)?.task],
      stateMachines: all.map(({ machine }) => machine),
      states: all.map(({ state }) => state),
      properties: all.map(({ property }) => property),
    });
  };
  const STATE = `{ groups { nodes { ... on TaskGroup { tasks { nodes {
    state { id name } stateMachine { id states { id } } } } } } } }`;
  const taskIn = ({ data }: any) => data.groups.nodes[0].tasks.nodes[0];

  beforeEach(() => {
    plant(stage, [rawGroup(1)], [rawTaskGroup(1)]);
    put(1);
  });

  test('a task in a state, and of a state machine, that came up since has both', async () => {
    expect(taskIn(await ask(STATE)).state).toEqual({ id: id.state, name: 'State 1' });
    put(1, 2);
    const { data, cost } = await ask(STATE);
    expect(taskIn({ data })).toEqual({
      state: { id: idOf(0x5002), name: 'State 2' },
      stateMachine: { id: idOf(0x4002), states: [{ id: idOf(0x5002) }] },
    });
    expect(cost).toEqual({
      '/v2/task-groups/{id}/tasks': 1,
      '/v1/tasks/{id}/sm/smstate/all': 1,
      '/v1/tasks/{id}/sm/smstatemachine': 1,
      '/v2/properties': 1,
    });
  });

  test('an id that a batch did not bring is not remembered to be absent', async () => {
    stage.sandbox.data.properties = [];
    expect(taskIn(await ask(STATE)).state.name).not.toBe('State 1');
    put(1);
    expect(taskIn(await ask(STATE)).state.name).toBe('State 1');
  });
});

describe('task groups on more than one page', () => {
  test('are remembered as they were read, all of one age', async () => {
    stage.sandbox.maxLimit = 2;
    plant(
      stage,
      range(5).map((n) => rawGroup(n)),
      range(5).map((n) => rawTaskGroup(n)),
    );
    const first = await ask(TYPES);
    expect(first.cost['/v2/task-groups']).toBeGreaterThan(2);
    // Were the first page remembered and the second asked for, the third group would be on neither.
    stage.sandbox.data.taskGroups.shift();
    const later = await ask(TYPES);
    expect(later.cost['/v2/task-groups']).toBeUndefined();
    expect(typesIn(later)).toEqual(typesIn(first));
  });
});
