import { describe, expect, test } from '@jest/globals';
import { objectId, planted, type RawRecord } from '../../sandbox/index.ts';
import { endpoints, idOf, plant, rawGroup, rawTaskGroup, useStage } from '../support/stage.ts';

const stage = useStage();

/** A group by its code, and what it came to. */
async function ask(group: string, fields: string, options = {}) {
  const { body } = await stage.gateway.ask(
    `{ group(id: "${objectId('group', group)}") { ... on TaskGroup { ${fields} } } }`,
    options,
  );
  return { group: body.data.group, errors: body.errors };
}

/** One task, by its id. */
async function taskOf(group: string, id: string, fields: string) {
  const args = 'first: 500, filter: { includeInactive: true }';
  const answer = await ask(group, `tasks(${args}) { nodes { id ${fields} } }`);
  expect(answer.errors).toBeUndefined();
  const { id: found, ...task } = answer.group.tasks.nodes.find((node: any) => node.id === id);
  expect(found).toBe(id);
  return task;
}

describe('what a task points to', () => {
  const { tasks, users } = planted;
  const [ofFieldWorks, ofIncidents] = tasks.inactiveAssignee as [string, string];

  test.each<[string, string, string, string, Record<string, unknown>]>([
    [
      'a state that is gone is null',
      'network_incidents',
      tasks.unknownState,
      'state { name type } stateMachine { name }',
      { state: null, stateMachine: { name: 'Incident (2019)' } },
    ],
    [
      'as far as the task tells of it, it is there',
      'network_incidents',
      tasks.unknownState,
      'state { id name code }',
      {
        state: { id: planted.unknownState, name: 'No conforme', code: 'inspection_failed' },
      },
    ],
    [
      'a state without a property has no name',
      'ideas_board',
      tasks.withoutStatus,
      'state { id name code }',
      { state: { id: planted.states.withoutProperty, name: null, code: null } },
    ],
    [
      'an inactive state is a state, its inactive name a name',
      'network_incidents',
      tasks.inInactiveState,
      'state { name type isActive }',
      { state: { name: 'Escalado', type: 'IN_PROGRESS', isActive: false } },
    ],
    [
      'people nobody knows are null',
      'vehicle_requests',
      tasks.unknownUser,
      'assignee { name } followers { name }',
      { assignee: null, followers: [null, { name: 'Diego Salazar' }] },
    ],
    [
      'people who left are people',
      'field_works',
      ofFieldWorks,
      'assignee { id isActive }',
      { assignee: { id: users.inactive[0], isActive: false } },
    ],
    [
      'and others who left',
      'network_incidents',
      ofIncidents,
      'assignee { id isActive }',
      { assignee: { id: users.inactive[1], isActive: false } },
    ],
    [
      'a missing name is the id',
      'it_support',
      tasks.withoutName,
      'name',
      { name: tasks.withoutName },
    ],
  ])('%s', async (_, group, id, fields, expected) => {
    expect(await taskOf(group, id, fields)).toEqual(expected);
  });

  test('each state is the one that the task names, each machine too', async () => {
    const { group } = await ask(
      'field_works',
      `tasks(first: 500, filter: { includeInactive: true }) { nodes {
        id state { id } stateMachine { id } channel { id } } }`,
    );
    const raw = new Map(stage.sandbox.data.tasks.map((task) => [task['_id'], task]));
    const ref = (id: unknown) => (id == null ? null : { id });
    expect(group.tasks.nodes).toHaveLength(64);
    for (const { id, ...rest } of group.tasks.nodes) {
      const { smState, smStateMachine, channel } = raw.get(id) ?? {};
      expect(rest).toEqual({
        state: ref(smState),
        stateMachine: ref(smStateMachine),
        channel: ref(channel),
      });
    }
  });
});

describe('a workflow', () => {
  test.each([
    [
      'field_works',
      { flowType: 'STATE_MACHINE', defaultView: 'KANBAN', hideClosedAfterDays: 30, isActive: true },
    ],
    [
      'ideas_board',
      { flowType: 'FREE', defaultView: 'GRID', hideClosedAfterDays: null, isActive: true },
    ],
    [
      'site_diary',
      {
        flowType: 'STATE_MACHINE',
        defaultView: 'LIST',
        hideClosedAfterDays: null,
        isActive: false,
      },
    ],
  ])('of %s', async (code, expected) => {
    const { group, errors } = await ask(
      code,
      'workflow { id code flowType defaultView hideClosedAfterDays isActive }',
    );
    expect(errors).toBeUndefined();
    expect(group.workflow).toEqual({ id: objectId('taskGroup', code), code, ...expected });
  });

  test('with values that the schema does not know fails in those fields alone', async () => {
    for (const taskGroup of stage.sandbox.data.taskGroups) taskGroup['defaultView'] = 'hologram';
    const { group, errors } = await ask('field_works', 'workflow { flowType defaultView }');
    expect(group.workflow).toEqual({ flowType: 'STATE_MACHINE', defaultView: null });
    expect(errors).toMatchObject([
      {
        path: ['group', 'workflow', 'defaultView'],
        extensions: { code: 'UPSTREAM_INVALID_RESPONSE' },
      },
    ]);
  });

  test.each([
    ['free: no state machine to start in', 'ideas_board', null],
    ['state machines', 'field_works', { name: 'Obra' }],
  ])('%s', async (_, code, stateMachine) => {
    const { group, errors } = await ask(code, 'stateMachine { name }');
    expect({ group, errors }).toEqual({ group: { stateMachine } });
  });

  test.each([
    [{ flowType: {}, isActive: 'yes', createdAt: 'yesterday' }, []],
    [{ initialStateMachine: 5 }, ['stateMachine']],
  ] as [object, string[]][])(
    'malformed by %j fails with what needs that field: %j',
    async (broken, failed) => {
      for (const taskGroup of stage.sandbox.data.taskGroups) Object.assign(taskGroup, broken);
      const { group, errors } = await ask(
        'field_works',
        'name workflow { id } stateMachine { name } stateMachines { name } tasks { totalCount }',
      );
      const served = {
        name: 'Obras en Terreno',
        workflow: { id: expect.any(String) },
        stateMachine: { name: 'Obra' },
        stateMachines: expect.arrayContaining([{ name: 'Obra' }]),
        tasks: { totalCount: expect.any(Number) },
      };
      const nulls = Object.fromEntries(failed.map((field) => [field, null]));
      expect(group).toEqual({ ...served, ...nulls });
      const told = errors?.map(({ path, extensions }: any) => [path.at(-1), extensions.code]);
      expect(told ?? []).toEqual(failed.map((field) => [field, 'UPSTREAM_INVALID_RESPONSE']));
    },
  );

  test('that the caller cannot see is null with an error; so is all that hangs on it', async () => {
    stage.sandbox.fail({
      template: '/v2/task-groups',
      body: '{"data":{"taskgroups":[],"count":0}}',
    });
    const { body } = await stage.gateway
      .ask(`{ groups(filter: { type: TASK, search: "obras" }) { nodes {
      ... on TaskGroup { name workflow { id } stateMachine { name } stateMachines { name }
        tasks { totalCount } channels { totalCount } } } } }`);
    expect(body.data.groups.nodes).toEqual([
      {
        name: 'Obras en Terreno',
        workflow: null,
        stateMachine: null,
        stateMachines: null,
        tasks: null,
        channels: { totalCount: 4 },
      },
    ]);
    const found = body.errors?.map(({ path, extensions }) => [path.at(-1), extensions.code]);
    const fields = ['workflow', 'stateMachine', 'stateMachines', 'tasks'];
    expect(found?.sort()).toEqual(fields.map((field) => [field, 'NOT_FOUND']).sort());
  });
});

describe('a state machine', () => {
  const MACHINES = `stateMachines { name isActive initialState { name }
    states { name code type isActive transitions { to { name } by requiredSurveyId } } }`;

  test("with its states, in the upstream's order, and the ways between them", async () => {
    const { group, errors } = await ask('network_incidents', MACHINES);
    expect(errors).toBeUndefined();
    const [incident, old] = group.stateMachines;
    expect(incident).toMatchObject({
      name: 'Incident',
      isActive: true,
      initialState: { name: 'Abierto' },
    });
    expect(incident.states.map(({ name, type }: any) => [name, type])).toEqual([
      ['Abierto', 'NEW'],
      ['Asignado', 'IN_PROGRESS'],
      ['Escalado', 'IN_PROGRESS'],
      ['Resuelto', 'CLOSED'],
    ]);
    expect(incident.states[1]).toEqual({
      name: 'Asignado',
      code: 'ticket_assigned',
      type: 'IN_PROGRESS',
      isActive: true,
      transitions: [
        {
          to: { name: 'Resuelto' },
          by: ['SURVEY'],
          requiredSurveyId: objectId('survey', 'network_incidents/resolved'),
        },
        { to: { name: 'Abierto' }, by: ['NONE'], requiredSurveyId: null },
      ],
    });
    expect(old).toMatchObject({ name: 'Incident (2019)', isActive: false });
    expect(old.states.map(({ name }: any) => name)).not.toContain('Abierto');
  });

  test('whose first state nobody knows has none, without an error; the rest is served', async () => {
    const { group, errors } = await ask('permits', MACHINES);
    expect(errors).toBeUndefined();
    expect(group.stateMachines).toMatchObject([{ name: 'Permiso', initialState: null }]);
    expect(group.stateMachines[0].states).toHaveLength(4);
  });

  test('with a state without a property: it has no name', async () => {
    const { group, errors } = await ask('ideas_board', 'stateMachines { states { name code } }');
    expect(errors).toBeUndefined();
    expect(group.stateMachines[0].states).toEqual([
      { name: 'Noted', code: 'idea_noted' },
      { name: null, code: null },
      { name: 'Adopted', code: 'idea_adopted' },
    ]);
  });

  describe('names a state by its property', () => {
    const id = idOf(0x60001);
    test.each<[string, unknown, RawRecord | undefined, unknown, number]>([
      [
        'an id, new payload',
        id,
        { name: { display: 'Open', code: 'open' } },
        { name: 'Open', code: 'open' },
        1,
      ],
      [
        'an id, old payload',
        id,
        { display: 'Open', code: 'open' },
        { name: 'Open', code: 'open' },
        1,
      ],
      [
        'an id, inactive',
        id,
        { display: 'Open', isActive: false },
        { name: 'Open', code: null },
        1,
      ],
      ['an id, a code alone', id, { code: 'open' }, { name: 'open', code: 'open' }, 1],
      ['an id that nobody knows', id, undefined, { name: null, code: null }, 1],
      [
        'the property itself, new',
        { _id: id, name: { display: 'Open', code: 'open' } },
        undefined,
        { name: 'Open', code: 'open' },
        0,
      ],
      [
        'the property itself, old',
        { _id: id, display: 'Open', code: 'open' },
        undefined,
        { name: 'Open', code: 'open' },
        0,
      ],
      ['null', null, undefined, { name: null, code: null }, 0],
    ])('%s', async (_, property, record, expected, calls) => {
      plant(stage, [rawGroup(1)], [rawTaskGroup(1)]);
      const { data } = stage.sandbox;
      const taskGroup = idOf(0x1001);
      data.stateMachines = [{ _id: idOf(2), taskGroup }];
      data.states = [{ _id: idOf(3), taskGroup, stateMachine: idOf(2), property }];
      data.properties = record ? [{ _id: id, ...record }] : [];
      const { body } = await stage.gateway.ask(
        '{ groups { nodes { ... on TaskGroup { stateMachines { states { name code } } } } } }',
      );
      expect(body.errors).toBeUndefined();
      expect(body.data.groups.nodes[0].stateMachines).toEqual([{ states: [expected] }]);
      const called = endpoints(stage.sandbox).filter((endpoint) => endpoint === '/v2/properties');
      expect(called).toHaveLength(calls);
    });
  });
});
