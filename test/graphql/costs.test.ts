import { describe, expect, test } from '@jest/globals';
import { objectId, planted, type RawRecord } from '../../sandbox/index.ts';
import { type Cost, costOf, documentedRows, rowOf } from '../support/costs.ts';
import type { AskOptions } from '../support/gateway.ts';
import {
  idOf,
  momentOf,
  plant,
  range,
  rawGroup,
  rawTaskGroup,
  type Stage,
  useStage,
  valuesOf,
} from '../support/stage.ts';

const stage = useStage();

const ADMIN: AskOptions = { token: 'sandbox-admin', headers: { admin: 'true' } };
const FIELD_WORKS = objectId('group', 'field_works');

const CHANNELS = `
  ... on StandardGroup { channels { totalCount nodes { name } } }
  ... on TaskGroup { channels { totalCount nodes { name } } }`;
const PEOPLE = 'assignee { name } createdBy { name } editors { name } followers { name }';
const MENU_LEVEL = `__typename ... on MenuEntry { name } ${CHANNELS}
  ... on TaskGroup { tasks { totalCount nodes { name state { name } assignee { name } } } }`;
const MENU = `{ mainMenu { ${MENU_LEVEL} ... on MenuEntry {
  children { ${MENU_LEVEL} ... on MenuEntry { children { ${MENU_LEVEL} } } } } } }`;

const tasksOf = (id: string, fields: string): string =>
  `{ group(id: "${id}") { ... on TaskGroup { tasks(first: 23) { nodes { ${fields} } } } } }`;

interface Case {
  readonly query: string;
  readonly ask?: AskOptions;
  readonly prepare?: (stage: Stage) => void;
  /** How many things the answer has to hold, so that no case is cheap because it is empty. */
  readonly count: number;
  readonly holds: (data: any) => number;
  readonly cost: Cost;
}

const pageOfWorkflows = (fields: string) =>
  `{ groups(filter: { type: TASK, includeInactive: true }) { nodes { ... on TaskGroup { ${fields} } } } }`;
const hundredGroups = `{ groups(first: 100) { nodes { __typename ${CHANNELS} } } }`;

const nodesOf = ({ groups }: any): any[] => groups.nodes;
const channelsOf = (data: any): number =>
  nodesOf(data).flatMap(({ channels }) => channels?.nodes ?? []).length;
const countIn = (data: unknown, typename: string): number =>
  JSON.stringify(data).split(`"__typename":"${typename}"`).length - 1;

/** The queries of the README's table. */
const CASES: Readonly<Record<string, Case>> = {
  'A page of 20 groups, each with its channels': {
    query: `{ groups(first: 20) { nodes { __typename ${CHANNELS} } } }`,
    holds: (data) => nodesOf(data).length,
    count: 20,
    cost: { '/v2/groups': 1, '/v2/task-groups': 1, '/v2/channels': 1 },
  },
  '18 task groups, each with its workflow, as an administrator': {
    query: pageOfWorkflows('workflow { flowType defaultView }'),
    ask: ADMIN,
    holds: (data) => nodesOf(data).filter(({ workflow }) => workflow !== null).length,
    count: 18,
    cost: { '/v2/groups': 1, '/v2/task-groups': 1 },
  },
  'The same, and the state machine that 17 of them start in': {
    query: pageOfWorkflows('workflow { flowType defaultView } stateMachine { name }'),
    ask: ADMIN,
    holds: (data) => nodesOf(data).filter(({ stateMachine }) => stateMachine !== null).length,
    count: 17,
    cost: { '/v2/groups': 1, '/v2/task-groups': 1, '/v1/tasks/{id}/sm/smstatemachine': 17 },
  },
  'One group with its 2 state machines, their states by name, and the transitions': {
    query: `{ group(id: "${FIELD_WORKS}") { ... on TaskGroup {
      stateMachine { name } stateMachines { name initialState { name } states {
        name code type transitions { by to { name type } } } } } } }`,
    holds: ({ group }) => group.stateMachines.length,
    count: 2,
    cost: {
      '/v2/groups': 1,
      '/v2/task-groups': 1,
      '/v1/tasks/{id}/sm/smstatemachine': 1,
      '/v1/tasks/{id}/sm/smstate/all': 1,
      '/v2/properties': 1,
    },
  },
  '23 tasks with their state and assignee': {
    query: tasksOf(FIELD_WORKS, 'name state { name } assignee { name }'),
    holds: ({ group }) => group.tasks.nodes.length,
    count: 23,
    cost: {
      '/v2/groups': 1,
      '/v2/task-groups': 1,
      '/v2/task-groups/{id}/tasks': 1,
      '/v2/properties': 1,
      '/v2/users': 1,
    },
  },
  'The same, with all their people, the state machine, the channel and its members': {
    query: tasksOf(
      FIELD_WORKS,
      `name state { name } stateMachine { name } ${PEOPLE} channel { name users { name } }`,
    ),
    holds: ({ group }) => group.tasks.nodes.length,
    count: 23,
    cost: {
      '/v2/groups': 1,
      '/v2/task-groups': 1,
      '/v2/channels': 1,
      '/v2/task-groups/{id}/tasks': 1,
      '/v1/tasks/{id}/sm/smstatemachine': 1,
      '/v2/properties': 1,
      '/v2/users': 1,
    },
  },
  'A chat: the channel, its last 50 messages, and who wrote them': {
    query: `{ channel(id: "${planted.messages.channel}") { name messages(first: 50) { nodes {
      __typename sentAt isRemoved sender { name } ... on TextMessage { text } } } } }`,
    holds: ({ channel }) => channel.messages.nodes.length,
    count: 50,
    cost: {
      '/v2/channels/{id}': 1,
      '/v1/messages/channel/{id}/modified/{moment}': 1,
      '/v2/users': 1,
    },
  },
  'The main menu and two levels below, each with channels, 16 with tasks, states and assignees': {
    query: MENU,
    holds: (data) => countIn(data, 'TaskGroup'),
    count: 16,
    cost: {
      '/v2/groups': 1,
      '/v2/task-groups': 1,
      '/v2/channels': 1,
      '/v2/task-groups/{id}/tasks': 16,
      '/v2/properties': 1,
      '/v2/users': 1,
    },
  },
  'A board of 60 tasks: one group with its states, and the tasks in each': {
    query: `{ group(id: "${FIELD_WORKS}") { ... on TaskGroup { stateMachines { states { name
      tasks(first: 100) { totalCount nodes { name assignee { name } } } } } } } }`,
    holds: ({ group }) =>
      group.stateMachines.flatMap(({ states }: any) =>
        states.flatMap(({ tasks }: any) => tasks.nodes),
      ).length,
    count: 60,
    cost: {
      '/v2/groups': 1,
      '/v2/task-groups': 1,
      '/v2/task-groups/{id}/tasks': 1,
      '/v1/tasks/{id}/sm/smstatemachine': 1,
      '/v1/tasks/{id}/sm/smstate/all': 1,
      '/v2/properties': 1,
      '/v2/users': 1,
    },
  },
  'One task of a known group, with its state and assignee': {
    query: `{ task(id: "${objectId('task', 'field_works/0')}", groupId: "${FIELD_WORKS}") {
      name state { name } assignee { name } } }`,
    holds: ({ task }) => [task.name, task.state.name].length,
    count: 2,
    cost: {
      '/v2/task-groups': 1,
      '/v1/tasks/{id}/task/{taskId}': 1,
      '/v2/properties': 1,
      '/v2/users': 1,
    },
  },
  'My tasks of one group': {
    query: tasksOf(FIELD_WORKS, 'name state { name }').replace(
      'first: 23',
      'first: 100, filter: { mine: true }',
    ),
    holds: ({ group }) => group.tasks.nodes.length,
    count: 9,
    cost: {
      '/v2/users/me': 1,
      '/v2/groups': 1,
      '/v2/task-groups': 1,
      '/v2/task-groups/{id}/tasks': 1,
      '/v2/properties': 1,
    },
  },
  'Who is signed in, and the main menu by name': {
    query: '{ viewer { name companyId } mainMenu { ... on MenuEntry { name } } }',
    holds: ({ viewer, mainMenu }) => [viewer.name, ...mainMenu].length,
    count: 27,
    cost: { '/v2/users/me': 1, '/v2/groups': 1 },
  },
  '100 groups with 400 channels': {
    query: hundredGroups,
    prepare: plantChannels,
    holds: channelsOf,
    count: 400,
    cost: { '/v2/groups': 1, '/v2/task-groups': 1, '/v2/channels': 1 },
  },
  'The same, where Cotalker puts at most 100 records on a page': {
    query: hundredGroups,
    prepare: (stage) => {
      plantChannels(stage);
      stage.sandbox.maxLimit = 100;
    },
    holds: channelsOf,
    count: 400,
    cost: { '/v2/groups': 1, '/v2/task-groups': 1, '/v2/channels': 5 },
  },
  'A task that is moved to a next state': {
    query: `mutation { moveTask(input: { groupId: "${FIELD_WORKS}", taskId: "${objectId('task', 'field_works/0')}"
      stateId: "${objectId('state', 'field_works/in_progress')}" }) { task { name } errors { message } } }`,
    holds: ({ moveTask }) => (moveTask.errors.length === 0 ? 1 : 0),
    count: 1,
    cost: {
      '/v2/task-groups': 1,
      '/v1/tasks/{id}/task/{taskId}': 1,
      '/v1/tasks/{id}/sm/smstate/all': 1,
      'PATCH /v1/tasks/{id}/task/{taskId}': 1,
    },
  },
  'A task that is created': {
    query: `mutation { createTask(input: { groupId: "${FIELD_WORKS}", name: "Poste" }) { task { name } } }`,
    holds: ({ createTask }) => (createTask.task.name === 'Poste' ? 1 : 0),
    count: 1,
    cost: { '/v2/task-groups': 1, 'POST /v1/tasks/{id}/task/create': 1 },
  },
  'A message that is sent': {
    query: `mutation { sendMessage(input: { channelId: "${planted.messages.channel}", text: "Ya voy." }) { message { id } } }`,
    holds: ({ sendMessage }) => (sendMessage.message === null ? 0 : 1),
    count: 1,
    cost: { '/v2/users/me': 1, 'POST /v1/messages': 1 },
  },
};

/** 100 groups with 4 channels each. */
function plantChannels(stage: Stage): void {
  plant(
    stage,
    range(100).map((n) => rawGroup(n)),
  );
  stage.sandbox.data.channels = range(400).map((n) => rawChannel(n, 1 + (n % 100)));
}

const rawChannel = (n: number, group: number): RawRecord => ({
  _id: idOf(0x10000 + n),
  group: idOf(group),
  nameDisplay: `Channel ${n}`,
  modifiedAt: momentOf(n),
});

describe('the calls that a query makes', () => {
  test.each(Object.entries(CASES))('%s', async (_, { query, ask, prepare, holds, count, cost }) => {
    prepare?.(stage);
    const { data, errors } = (await stage.gateway.ask(query, ask)).body;
    expect(errors).toBeUndefined();
    expect(holds(data)).toBe(count);
    expect(costOf(stage.sandbox.calls)).toEqual(cost);
  });

  test('are those that the README tells', () => {
    expect(documentedRows()).toEqual(
      Object.entries(CASES).map(([query, { cost }]) => rowOf(query, cost)),
    );
  });
});

/** Makes the answers come out of order: of each five calls the first is 30 ms late, the last not at all. */
function jitter({ sandbox }: Stage): void {
  for (const [place, delayMs] of [30, 10, 20, 5].entries()) {
    sandbox.fail({ matches: (call) => sandbox.calls.indexOf(call) % 5 === place, delayMs });
  }
}

test('groups fetched one by one share the look-up and the list of channels, whatever answers first', async () => {
  jitter(stage);
  const codes = ['field_works', 'control_room', 'safety', 'it_support', 'warehouse'];
  const groups = codes.map(
    (code) => `${code}: group(id: "${objectId('group', code)}") { ${CHANNELS} }`,
  );
  const { data, errors } = (await stage.gateway.ask(`{ ${groups.join(' ')} }`, ADMIN)).body;
  expect(errors).toBeUndefined();
  expect(codes.map((code) => data[code].channels.nodes.length)).toEqual([4, 20, 2, 2, 2]);
  expect(costOf(stage.sandbox.calls)).toEqual({
    '/v2/groups/{id}': 5,
    '/v2/task-groups': 1,
    '/v2/channels': 1,
  });
});

const usersCalls = (): string[][] =>
  stage.sandbox.calls
    .filter(({ template }) => template === '/v2/users')
    .map((call) => valuesOf(call, 'id'));

describe('people cost one call per 30 in the whole query', () => {
  const members = 'nodes { users { name } admins { name } lastMessage { sender { name } } }';
  const standard = (filter: string) =>
    `groups(filter: ${filter}) { nodes { ... on StandardGroup { channels { ${members} } } } }`;
  const task = (filter: string) => `groups(filter: ${filter}) { nodes { ... on TaskGroup {
    tasks { nodes { ${PEOPLE} channel { users { name } } } } channels { ${members} } } } }`;

  test.each([
    ['tasks of many groups', `{ ${task('{ type: TASK }')} }`],
    ['tasks and channels', `{ a: ${standard('{ type: STANDARD }')} b: ${task('{ type: TASK }')} }`],
    [
      'a list that has to be typed first',
      `{ a: ${standard('{ type: STANDARD }')} b: ${task('{ search: "e" }')} }`,
    ],
    [
      'a single channel',
      `{ channel(id: "${objectId('channel', 'control_room_s_e_quilicura')}") { users { name } } b: ${task('{ search: "e" }')} }`,
    ],
  ])('%s, whatever answers first', async (_, query) => {
    for (const delays of [jitter, () => undefined]) {
      stage.sandbox.reset();
      delays(stage);
      const { data, errors } = (await stage.gateway.ask(query)).body;
      expect(errors).toBeUndefined();
      expect(data.channel).not.toBeNull();
      expect(JSON.stringify(data).match(/"name":"/g)?.length).toBeGreaterThan(20);
      expect(usersCalls()).toHaveLength(1);
    }
  });

  test.each([
    [30, [30]],
    [31, [30, 1]],
    [61, [30, 30, 1]],
  ])('%d of them', async (count, sizes) => {
    plantTasks(count);
    jitter(stage);
    const { data, errors } = (await stage.gateway.ask(`{ ${task('{ type: TASK }')} }`)).body;
    expect(errors).toBeUndefined();
    const names = new Set(JSON.stringify(data).match(/Person \d+/g));
    expect(names.size).toBe(count);
    expect(usersCalls().map(({ length }) => length)).toEqual(sizes);
    expect(new Set(usersCalls().flat()).size).toBe(count);
  });

  /** Tasks of 7 groups that each name several of `count` people. */
  function plantTasks(count: number): void {
    plant(
      stage,
      range(7).map((n) => rawGroup(n)),
      range(7).map((n) => rawTaskGroup(n)),
    );
    const person = (n: number): string => idOf(0x20000 + 1 + (n % count));
    stage.sandbox.data.users = range(count).map((n) => ({
      _id: idOf(0x20000 + n),
      name: { displayName: `Person ${n}` },
    }));
    stage.sandbox.data.channels = [];
    stage.sandbox.data.tasks = range(61).map((n) => ({
      _id: idOf(0x30000 + n),
      taskGroup: idOf(0x1000 + 1 + (n % 7)),
      assignee: person(n),
      createdBy: person(n + 1),
      editors: [person(n + 2), person(n)],
      followers: [person(n + 3)],
    }));
  }
});

describe('state names cost one call per 100 in the whole query', () => {
  test.each([
    [100, [100]],
    [201, [100, 100, 1]],
  ])('%d of them', async (count, sizes) => {
    plant(
      stage,
      range(7).map((n) => rawGroup(n)),
      range(7).map((n) => rawTaskGroup(n)),
    );
    const { data } = stage.sandbox;
    data.channels = [];
    data.stateMachines = range(7).map((n) => ({
      _id: idOf(0x40000 + n),
      taskGroup: idOf(0x1000 + n),
    }));
    data.states = range(count).map((n) => ({
      _id: idOf(0x50000 + n),
      taskGroup: idOf(0x1000 + 1 + (n % 7)),
      stateMachine: idOf(0x40000 + 1 + (n % 7)),
      property: idOf(0x60000 + n),
    }));
    data.properties = range(count).map((n) => ({ _id: idOf(0x60000 + n), display: `State ${n}` }));
    jitter(stage);
    const { data: answer, errors } = (
      await stage.gateway.ask(
        '{ groups { nodes { ... on TaskGroup { stateMachines { states { name code } } } } } }',
      )
    ).body;
    expect(errors).toBeUndefined();
    expect(new Set(JSON.stringify(answer).match(/State \d+/g)).size).toBe(count);
    const calls = stage.sandbox.calls.filter(({ template }) => template === '/v2/properties');
    expect(calls.map((call) => valuesOf(call, 'ids').length)).toEqual(sizes);
  });
});
