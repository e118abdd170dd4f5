import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createCompany,
  createSandbox,
  FIRST_READINGS,
  objectId,
  planted,
  type Sandbox,
} from '../../sandbox/index.ts';
import { costOf } from '../support/costs.ts';
import { queryOf } from '../support/stage.ts';
import { type AskOptions, startGateway, type TestGateway } from '../support/gateway.ts';

/* What a query does not select is not asked for, whether it is compiled or not. */

let sandbox: Sandbox;
const gateways: TestGateway[] = [];
beforeAll(async () => {
  sandbox = await createSandbox();
  for (const compileAfter of [0, Infinity])
    gateways.push(await startGateway(sandbox.url, { compileAfter }));
});
beforeEach(() => {
  sandbox.reset();
  Object.assign(sandbox, { data: createCompany(), readings: FIRST_READINGS });
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await sandbox.close();
});

/** What both come to, which is the same, and the calls that each made. */
async function ask(query: string, options?: AskOptions) {
  const answers = [];
  for (const gateway of gateways) {
    sandbox.calls.length = 0;
    const { body } = await gateway.ask(query, options);
    // In whatever order the errors come.
    const errors = body.errors?.toSorted((a, b) => (String(a.path) < String(b.path) ? -1 : 1));
    answers.push({ ...body, errors, cost: costOf(sandbox.calls) });
  }
  expect(answers[1]).toEqual(answers[0]);
  return answers[0] as (typeof answers)[0] & { cost: Record<string, number> };
}

const entry = '... on MenuEntry { id name weight children { ... on MenuEntry { name } } }';

describe('the type of groups is not looked up', () => {
  test.each([
    ['for what all of them have', `{ mainMenu { ${entry} } }`],
    [
      'for links, which tell it by themselves',
      `{ mainMenu { ${entry} ... on LinkGroup { opensIn } } }`,
    ],
    ['in edges', `{ groups(first: 9) { edges { node { ... on MenuEntry { id } } } } }`],
    ['of one', `{ group(id: "${objectId('group', 'safety')}") { ${entry} } }`],
    [
      'of parents and the groups of channels',
      `{ groups(filter: { type: STANDARD }) { nodes { ... on StandardGroup {
         parent { ... on MenuEntry { name } }
         channels { nodes { group { ... on MenuEntry { name } } } } } } } }`,
    ],
    ['for a type that is left out', `{ mainMenu { ${entry} __typename @include(if: false) } }`],
    [
      'for a fragment that is left out',
      `{ mainMenu { ${entry} ...Tasks @skip(if: true) } } fragment Tasks on TaskGroup { workflow { id } }`,
    ],
  ])('%s', async (_, query) => {
    const { data, errors, cost } = await ask(query);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data).length).toBeGreaterThan(60);
    expect(cost).not.toHaveProperty('/v2/task-groups');
  });

  test.each([
    ['by name', '__typename'],
    ['by another name', 'kind: __typename'],
    ['below an interface', '... on MenuEntry { __typename }'],
    ['by a fragment', '... on TaskGroup { name }'],
    ['by a named one', '...Standard'],
    ['by one in another', '... on MenuEntry { ... on StandardGroup { isCategory } }'],
    ['where it is included', '__typename @include(if: true)'],
  ])('but where it is selected: %s', async (_, selected) => {
    const fragment = selected === '...Standard' ? 'fragment Standard on StandardGroup { id }' : '';
    const { cost } = await ask(`{ mainMenu { ... on MenuEntry { id } ${selected} } } ${fragment}`);
    expect(cost).toMatchObject({ '/v2/task-groups': 1 });
  });

  test('as the variables have it, in one and the same query', async () => {
    const query = `query ($typed: Boolean!) { mainMenu { ... on MenuEntry { id } __typename @include(if: $typed) } }`;
    for (const typed of [true, false, true]) {
      const { data, cost } = await ask(query, { variables: { typed } });
      expect(data.mainMenu[0]).toHaveProperty('id');
      expect('__typename' in data.mainMenu[0]).toBe(typed);
      expect('/v2/task-groups' in cost).toBe(typed);
    }
  });

  test('one list at a time: another of the same query has its types', async () => {
    const { data } = await ask(
      '{ a: mainMenu { ... on MenuEntry { id } } b: mainMenu { __typename } }',
    );
    const types = new Set(data.b.map(({ __typename }: any) => __typename));
    expect(types).toEqual(new Set(['StandardGroup', 'TaskGroup', 'LinkGroup']));
  });
});

const tasks = (fields: string): string =>
  `{ group(id: "${objectId('group', 'field_works')}") { ... on TaskGroup { tasks { nodes { ${fields} } } } } }`;
const LISTED = { '/v2/groups': 1, '/v2/task-groups': 1, '/v2/task-groups/{id}/tasks': 1 };
const STATES = '/v1/tasks/{id}/sm/smstate/all';

describe('what a task points to', () => {
  test.each<[string, Record<string, number>]>([
    ['state { id }', {}],
    ['state { __typename id }', {}],
    ['state { name }', { '/v2/properties': 1 }],
    [
      'state { ...Named } } } } } } fragment Named on State { key: id name code }',
      { '/v2/properties': 1 },
    ],
    ['state { type }', { [STATES]: 1 }],
    ['state { name isActive }', { [STATES]: 1, '/v2/properties': 1 }],
    ['a: state { name } b: state { name type }', { [STATES]: 1, '/v2/properties': 1 }],
    ['state { name type @skip(if: true) }', { '/v2/properties': 1 }],
    ['stateMachine { id }', {}],
    ['stateMachine { id name }', { '/v1/tasks/{id}/sm/smstatemachine': 1 }],
    ['assignee { id } createdBy { id } followers { id } editors { id }', {}],
    ['assignee { id } createdBy { id name }', { '/v2/users': 1 }],
    ['channel { id }', {}],
  ])('%s', async (fields, more) => {
    const query = fields.includes('fragment')
      ? tasks(fields).replace(/ \} \} \} \} \}$/, '')
      : tasks(fields);
    const { data, errors, cost } = await ask(query);
    expect(errors).toBeUndefined();
    expect(data.group.tasks.nodes).toHaveLength(20);
    expect(cost).toEqual({ ...LISTED, ...more });
  });

  test('is by id alone what Cotalker says of it', async () => {
    const { data } = await ask(tasks('state { id } assignee { __typename id } followers { id }'));
    const [whole] = (
      await ask(tasks('state { id type } assignee { __typename id name } followers { id name }'))
    ).data.group.tasks.nodes;
    const { state, assignee, followers } = whole;
    expect(data.group.tasks.nodes[0]).toEqual({
      state: { id: state.id },
      assignee: { __typename: 'User', id: assignee.id },
      followers: followers.map(({ id }: any) => ({ id })),
    });
  });

  test('the machine that a group starts in, too', async () => {
    const { data, cost } = await ask(
      '{ groups(filter: { type: TASK }) { nodes { ... on TaskGroup { stateMachine { id } } } } }',
    );
    const started = data.groups.nodes.filter(({ stateMachine }: any) => stateMachine !== null);
    expect(started.length).toBeGreaterThan(10);
    expect(cost).toEqual({ '/v2/groups': 1, '/v2/task-groups': 1 });
  });
});

describe('a state is looked up after all', () => {
  const NAMED = tasks('id state { id name code }');
  const WHOLE = tasks('id state { id name code type }');

  /** The answer that looks at the state machine's states. */
  async function expectTheSame(cost: Record<string, number>): Promise<void> {
    const { data } = await ask(WHOLE);
    for (const { state } of data.group.tasks.nodes) delete state.type;
    const named = await ask(NAMED);
    expect(named.data).toEqual(data);
    expect(named.errors).toBeUndefined();
    expect(JSON.stringify(data)).not.toContain('"name":null');
    expect(named.cost).toEqual({ ...LISTED, ...cost });
  }

  test.each([null, '', undefined, 'done', objectId('gone', 'property')])(
    'where its task has the status %j',
    async (status) => {
      for (const task of sandbox.data.tasks) task['status'] = status;
      const isId = status === objectId('gone', 'property');
      await expectTheSame({ [STATES]: 1, '/v2/properties': isId ? 2 : 1 });
    },
  );

  test('for the one of them that has none', async () => {
    const { data } = await ask(NAMED);
    const [{ id }] = data.group.tasks.nodes;
    delete sandbox.data.tasks.find(({ _id }) => _id === id)?.['status'];
    await expectTheSame({ [STATES]: 1, '/v2/properties': 1 });
  });

  test('where properties are not shown to the caller, but come with the states', async () => {
    sandbox.readings = { ...sandbox.readings, property: 'populated' };
    sandbox.fail({ template: '/v2/properties', status: 403 });
    await expectTheSame({ [STATES]: 1, '/v2/properties': 1 });
  });

  test('and not where no call would go through', async () => {
    sandbox.fail({ template: '/v2/properties', status: 429, headers: { 'retry-after': '3' } });
    const { data, errors, cost } = await ask(NAMED);
    const [{ state }] = data.group.tasks.nodes;
    expect(state).toMatchObject({ id: expect.any(String), name: null, code: null });
    expect(errors?.[0]).toMatchObject({
      path: ['group', 'tasks', 'nodes', 0, 'state', 'code'],
      extensions: { code: 'RATE_LIMITED', retryAfter: 3 },
    });
    expect(cost).not.toHaveProperty(STATES);
  });

  test('one that is in no state is in none', async () => {
    for (const task of sandbox.data.tasks) delete task['smState'];
    const { data, cost } = await ask(NAMED);
    expect(data.group.tasks.nodes[0].state).toBeNull();
    expect(cost).toEqual(LISTED);
  });

  test('a state that no property names has no name', async () => {
    const { data } = await ask(
      `{ group(id: "${objectId('group', 'ideas_board')}") { ... on TaskGroup {
        tasks(filter: { includeInactive: true }) { nodes { id state { name } } } } } }`,
    );
    const { nodes } = data.group.tasks;
    expect(nodes.find(({ id }: any) => id === planted.tasks.withoutStatus).state).toEqual({
      name: null,
    });
  });
});

describe('a list that is known already is not asked for again', () => {
  const level =
    '... on MenuEntry { id parent { ... on MenuEntry { id } } children { ... on MenuEntry { id } } }';

  test.each([
    ['a page that is all', `{ groups(first: 500) { nodes { ${level} } } }`, 1],
    ['but not one that is a part', `{ groups(first: 5) { nodes { ${level} } } }`, 2],
    [
      'nor one of a filter',
      `{ groups(first: 500, filter: { type: LINK }) { nodes { ${level} } } }`,
      2,
    ],
    [
      'nor one of more than the menu has',
      `{ groups(first: 500, filter: { includeInactive: true }) { nodes { ${level} } } }`,
      2,
    ],
    [
      'the menu, for one of its groups',
      `{ mainMenu { ${level} } group(id: "${objectId('group', 'safety')}") { ${level} } }`,
      1,
    ],
    [
      'but not for one that is not active',
      `{ mainMenu { ${level} } group(id: "${planted.groups.inactive[0]}") { ${level} } }`,
      2,
    ],
  ])('%s', async (_, query, calls) => {
    const { data, errors, cost } = await ask(query);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).not.toContain('"group":null');
    expect(cost).toEqual({ '/v2/groups': calls });
  });

  test('and what fails for the menu may be had for the group', async () => {
    sandbox.fail({
      template: '/v2/groups',
      matches: ({ query }) => query.some(([key, value]) => key === 'isActive' && value === 'true'),
      status: 403,
    });
    const { data } = await ask(
      `{ mainMenu { ${level} } group(id: "${objectId('group', 'safety')}") { ... on MenuEntry { id } } }`,
    );
    expect(data).toEqual({ mainMenu: null, group: { id: objectId('group', 'safety') } });
  });
});

describe('the size of a list takes one record', () => {
  const one = (fields: string) =>
    `{ group(id: "${objectId('group', 'field_works')}") { ... on TaskGroup { ${fields} } } }`;
  const limits = (): unknown[] => sandbox.calls.map((call) => queryOf(call)['limit']);

  const LISTS: [string, (args: string) => string, (data: any) => any, string[]][] = [
    [
      'groups',
      (args: string) => `{ groups(first: 5${args}) { totalCount } }`,
      (data: any) => data.groups,
      [],
    ],
    [
      'channels',
      (args: string) => one(`channels(first: 5${args}) { totalCount }`),
      (data: any) => data.group.channels,
      ['1000', '100'],
    ],
    [
      'tasks',
      (args: string) => one(`tasks(first: 5${args}) { totalCount }`),
      (data: any) => data.group.tasks,
      ['1000', '100'],
    ],
  ];

  test.each(LISTS)('of %s', async (_, toQuery, listOf, before) => {
    const { data, errors } = await ask(toQuery(''));
    expect(errors).toBeUndefined();
    expect(limits()).toEqual([...before, '1']);
    const whole = await ask(toQuery('').replace('totalCount', 'totalCount edges { cursor }'));
    expect(listOf(data)).toEqual({ totalCount: listOf(whole.data).totalCount });
    expect(listOf(data).totalCount).toBeGreaterThan(3);

    const { cursor } = listOf(whole.data).edges.at(-1);
    const behind = await ask(toQuery(`, after: "${cursor}"`));
    expect(listOf(behind.data)).toEqual(listOf(data));
    expect(limits()).toEqual([...before, '1']);
  });

  test.each(LISTS)('of %s, and arguments are checked all the same', async (_, toQuery) => {
    for (const query of [toQuery('').replace('5', '501'), toQuery(', after: "x"')]) {
      const { errors } = await ask(query);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(limits()).not.toContain('1');
    }
  });

  test.each(['page', 'none', 'wider'] as const)(
    'and more where a count says something else (%s), so that it is known all the same',
    async (count) => {
      sandbox.readings = { ...sandbox.readings, count };
      const gateway = await startGateway(sandbox.url, { traits: {} });
      for (const [, toQuery, listOf] of LISTS) {
        const { body } = await gateway.ask(toQuery('').replace('first: 5', 'first: 500'));
        expect(listOf(body.data).totalCount).toBeGreaterThan(3);
      }
      await gateway.close();
    },
  );

  test('of many groups’ channels, one list of all', async () => {
    const { cost } = await ask(
      '{ groups(filter: { type: STANDARD }) { nodes { ... on StandardGroup { channels { totalCount } } } } }',
    );
    expect(cost).toEqual({ '/v2/groups': 1, '/v2/channels': 1 });
  });
});
