import { describe, expect, test } from '@jest/globals';
import { type Fault, objectId, planted, type RawRecord } from '../../sandbox/index.ts';
import { endpoints, useStage } from '../support/stage.ts';

const stage = useStage();

const groupId = (code: string): string => objectId('group', code);
const stateId = (machine: string, state: string): string =>
  objectId('state', `${machine}/${state}`);

/** A task in this state, which the sandbox's user sees. */
function taskIn(machine: string, state: string): RawRecord & { _id: string } {
  const hidden: unknown[] = planted.tasks.hidden;
  const found = stage.sandbox.data.tasks.find(
    (task) => task['smState'] === stateId(machine, state) && !hidden.includes(task['_id']),
  );
  if (!found) throw new Error(`no task in ${machine}/${state}`);
  return found as RawRecord & { _id: string };
}

const MOVE = `mutation Move($input: MoveTaskInput!) {
  moveTask(input: $input) {
    clientMutationId
    task { id state { id } }
    errors {
      __typename
      ... on NotANextState { allowed { id } }
      ... on FormRequired { surveyId }
      ... on Refused { status }
    }
  }
}`;

type Input = Readonly<Record<string, string | null>>;

/** What a move comes to. */
async function move(input: Input, options: Parameters<typeof stage.gateway.ask>[1] = {}) {
  const answer = await stage.gateway.ask(MOVE, { variables: { input }, ...options });
  return { status: answer.status, payload: answer.body.data?.moveTask, errors: answer.body.errors };
}

const works = (task: { readonly _id: string }, to: string): Input => ({
  groupId: groupId('field_works'),
  taskId: task._id,
  stateId: stateId('field_works', to),
});
const writes = () => stage.sandbox.calls.filter(({ method }) => method !== 'GET');

describe('a task is moved', () => {
  test.each(['bare', 'task'] as const)(
    'and comes as it is then, with an answer that is %s',
    async (oneTask) => {
      stage.sandbox.readings = { ...stage.sandbox.readings, oneTask };
      const task = taskIn('field_works', 'planned');
      const input = { ...works(task, 'in_progress'), clientMutationId: 'mine' };
      expect(await move(input)).toEqual({
        status: 200,
        payload: {
          clientMutationId: 'mine',
          task: { id: task._id, state: { id: stateId('field_works', 'in_progress') } },
          errors: [],
        },
        errors: undefined,
      });
      expect(writes()).toMatchObject([
        { method: 'PATCH', body: { smState: stateId('field_works', 'in_progress') } },
      ]);
      expect(endpoints(stage.sandbox)).toEqual([
        '/v2/task-groups',
        '/v1/tasks/{id}/task/{taskId}',
        '/v1/tasks/{id}/sm/smstate/all',
        '/v1/tasks/{id}/task/{taskId}',
      ]);
    },
  );

  test('not twice, where somebody clicks twice', async () => {
    const task = taskIn('field_works', 'planned');
    await move(works(task, 'in_progress'));
    const { payload } = await move(works(task, 'in_progress'));
    expect([payload.errors, writes().length]).toEqual([[], 1]);
  });

  test('or by two clicks at once, of which Cotalker refuses the second', async () => {
    const task = taskIn('field_works', 'planned');
    // Long enough for the second to come meanwhile, on a machine that is busy, too.
    stage.sandbox.latencyMs = 400;
    const both = await Promise.all([
      move(works(task, 'in_progress')),
      move(works(task, 'in_progress')),
    ]);
    expect(both.map(({ payload }) => payload.errors)).toEqual([[], []]);
    expect(writes()).toHaveLength(2);
  });

  test('in a free workflow to any state', async () => {
    const task = taskIn('ideas_board', 'adopted');
    const input = {
      groupId: groupId('ideas_board'),
      taskId: task._id,
      stateId: stateId('ideas_board', 'noted'),
    };
    expect((await move(input)).payload.errors).toEqual([]);
    expect(task['smState']).toBe(stateId('ideas_board', 'noted'));
  });

  test('with ids in any case', async () => {
    const task = taskIn('field_works', 'planned');
    const input = works(task, 'in_progress');
    const { payload } = await move({ ...input, taskId: task._id.toUpperCase() });
    expect(payload.errors).toEqual([]);
  });

  test('and read again, where the answer does not tell', async () => {
    const task = taskIn('field_works', 'planned');
    const method = 'PATCH';
    stage.sandbox.fail({ matches: (call) => call.method === method, status: 204, isDone: true });
    const { payload } = await move(works(task, 'in_progress'));
    expect(payload).toMatchObject({
      task: { state: { id: stateId('field_works', 'in_progress') } },
      errors: [],
    });
  });

  test('and where it is then is somewhere else: nobody is told that it is done', async () => {
    const task = taskIn('field_works', 'planned');
    stage.sandbox.fail({
      matches: ({ method }) => {
        if (method === 'PATCH') task['smState'] = stateId('field_works', 'done');
        return method === 'PATCH';
      },
      status: 204,
    });
    const { payload } = await move(works(task, 'in_progress'));
    expect(payload).toMatchObject({
      task: { state: { id: stateId('field_works', 'done') } },
      errors: [{ __typename: 'StateChanged' }],
    });
  });
});

describe('a write that Cotalker seems to accept is not taken for a move', () => {
  const here = '/v1/tasks/{id}/task/{taskId}';
  const isPatch = ({ method }: { readonly method: string }): boolean => method === 'PATCH';
  const isReadAfter = ({ method }: { readonly method: string }): boolean =>
    method === 'GET' && writes().length > 0;

  test.each<[string, (task: RawRecord) => Fault[]]>([
    ['204', () => [{ status: 204 }]],
    ['200 with the task as it was', (task) => [{ body: JSON.stringify(task) }]],
    [
      '204, and it cannot be read',
      () => [
        { status: 204, isDone: true },
        { matches: isReadAfter, status: 500 },
      ],
    ],
    [
      '204, and it is not there',
      () => [
        { status: 204, isDone: true },
        { matches: isReadAfter, status: 404 },
      ],
    ],
  ])('%s', async (_, faultsOf) => {
    const task = taskIn('field_works', 'planned');
    for (const fault of faultsOf(task))
      stage.sandbox.fail({ template: here, matches: isPatch, ...fault });
    const { payload, errors } = await move(works(task, 'in_progress'));
    expect(payload).toBeNull();
    expect(errors).toMatchObject([{ path: ['moveTask'], extensions: { code: 'OUTCOME_UNKNOWN' } }]);
    expect(writes()).toHaveLength(1);
  });
});

describe('what hinders it, without a write', () => {
  test.each<[string, [string, string], string, object]>([
    [
      'a state that does not follow: those that do',
      ['field_works', 'planned'],
      'done',
      { __typename: 'NotANextState', allowed: [{ id: stateId('field_works', 'in_progress') }] },
    ],
    [
      'a state that nobody knows',
      ['field_works', 'on_hold'],
      'nowhere',
      { __typename: 'NotANextState', allowed: [{ id: stateId('field_works', 'in_progress') }] },
    ],
    [
      'a state that a form leads to: which form',
      ['field_works', 'planned'],
      'cancelled',
      { __typename: 'FormRequired', surveyId: objectId('survey', 'field_works/cancelled') },
    ],
    [
      'a state that automations lead to',
      ['field_works', 'cancelled'],
      'planned',
      { __typename: 'NotANextState', allowed: [] },
    ],
  ])('%s', async (_, [machine, from], to, expected) => {
    const task = taskIn(machine, from);
    const { payload } = await move(works(task, to));
    expect(payload).toMatchObject({ task: { id: task._id }, errors: [expected] });
    expect(writes()).toEqual([]);
  });

  test('it is in another state than the person saw', async () => {
    const task = taskIn('field_works', 'in_progress');
    const input = {
      ...works(task, 'on_hold'),
      fromStateId: stateId('field_works', 'planned'),
    };
    const { payload } = await move(input);
    expect(payload).toMatchObject({
      task: { state: { id: stateId('field_works', 'in_progress') } },
      errors: [{ __typename: 'StateChanged' }],
    });
    expect(writes()).toEqual([]);
  });

  test.each<[string, Input, string | undefined]>([
    ['a task that is not there', { taskId: planted.unknownGroup }, undefined],
    ['a group that is not there', { groupId: planted.unknownGroup }, undefined],
    ['a group that has no tasks', { groupId: groupId('south_pacific_sales_2020') }, undefined],
    ['a task that is hidden', { taskId: String(planted.tasks.hidden[0]) }, undefined],
    ['a task of another company', {}, 'sandbox-user-b'],
  ])('%s', async (_, changed, token) => {
    const input = { ...works(taskIn('field_works', 'planned'), 'in_progress'), ...changed };
    const { payload } = await move(input, token === undefined ? {} : { token });
    expect(payload).toMatchObject({ task: null, errors: [{ __typename: 'Gone' }] });
    expect(writes()).toEqual([]);
  });

  test('a task of another group than the person says, at a server that looks at the task alone', async () => {
    const task = taskIn('field_works', 'planned');
    const template = '/v1/tasks/{id}/task/{taskId}';
    const looksAtTask = { template, body: JSON.stringify(task) };
    stage.sandbox.fail({ ...looksAtTask, matches: ({ method }) => method === 'GET' });
    const input = { ...works(task, 'in_progress'), groupId: groupId('ideas_board') };
    const { payload } = await move(input);
    expect(payload).toMatchObject({ task: null, errors: [{ __typename: 'Gone' }] });
    expect(writes()).toEqual([]);
  });

  test.each<[string, Fault, string]>([
    ['400', { template: '/v2/task-groups', status: 400 }, 'UPSTREAM_INVALID_RESPONSE'],
    ['404', { template: '/v2/task-groups', status: 404 }, 'UPSTREAM_INVALID_RESPONSE'],
    [
      '400 too',
      { template: '/v1/tasks/{id}/task/{taskId}', status: 400 },
      'UPSTREAM_INVALID_RESPONSE',
    ],
    [
      '422 too',
      { template: '/v1/tasks/{id}/sm/smstate/all', status: 422 },
      'UPSTREAM_INVALID_RESPONSE',
    ],
  ])('a call that only reads, %s: that is no refusal of a write', async (_, fault, code) => {
    stage.sandbox.fail(fault);
    const { payload, errors } = await move(works(taskIn('field_works', 'planned'), 'in_progress'));
    expect([payload, errors?.[0].extensions.code, writes().length]).toEqual([null, code, 0]);
  });

  test.each(['taskId', 'groupId', 'stateId', 'fromStateId'])('a %s that is no id', async (name) => {
    const input = works(taskIn('field_works', 'planned'), 'in_progress');
    const { payload, errors } = await move({ ...input, [name]: '../x' });
    expect(payload).toBeNull();
    expect(errors).toMatchObject([{ message: `"${name}" must be 24 hexadecimal characters.` }]);
    expect(stage.sandbox.calls).toEqual([]);
  });
});
