import { describe, expect, test } from '@jest/globals';
import { objectId, planted, SANDBOX_USER_ID } from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { useStage } from '../support/stage.ts';

const stage = useStage();

const CREATE = `mutation Create($input: CreateTaskInput!) {
  createTask(input: $input) {
    clientMutationId
    task { id name info serial startDate endDate state { name } assignee { id } createdBy { id } }
    errors { __typename message ... on Refused { status } }
  }
}`;
const WORKS = objectId('group', 'field_works');
const ONE_TASK = '/v1/tasks/{id}/task/{taskId}';
const writes = () => stage.sandbox.calls.filter(({ method }) => method !== 'GET');

type Options = Parameters<typeof stage.gateway.ask>[1];
async function create(input: Readonly<Record<string, unknown>>, options: Options = {}) {
  const { body } = await stage.gateway.ask(CREATE, {
    variables: { input: { groupId: WORKS, name: 'Poste caído', ...input } },
    ...options,
  });
  return { payload: body.data?.createTask, errors: body.errors };
}

test.each(['bare', 'task'] as const)(
  'a task is created, and comes as Cotalker has it, %s',
  async (oneTask) => {
    stage.sandbox.readings = { ...stage.sandbox.readings, oneTask };
    const given = {
      info: 'Esquina norte',
      assigneeId: SANDBOX_USER_ID,
      startDate: '2026-11-29T10:00:00.000Z',
      endDate: '2026-11-30T10:00:00.000Z',
      clientMutationId: 'c-1',
    };
    const { payload, errors } = await create(given);
    expect(errors).toBeUndefined();
    expect(payload).toEqual({
      clientMutationId: 'c-1',
      task: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        name: 'Poste caído',
        info: 'Esquina norte',
        serial: expect.any(Number),
        startDate: given.startDate,
        endDate: given.endDate,
        state: { name: 'Planned' },
        assignee: { id: SANDBOX_USER_ID },
        createdBy: { id: SANDBOX_USER_ID },
      },
      errors: [],
    });
    expect(stage.sandbox.data.tasks.at(-1)?.['_id']).toBe(payload.task.id);
  },
);

describe('where the answer tells nothing but the id', () => {
  const answerIds = (): void => {
    stage.sandbox.readings = { ...stage.sandbox.readings, written: 'id' };
  };

  test('the task is asked for, which takes one call', async () => {
    answerIds();
    const { payload, errors } = await create({ info: 'Esquina norte' });
    expect(errors).toBeUndefined();
    expect(payload.task).toMatchObject({
      id: stage.sandbox.data.tasks.at(-1)?.['_id'],
      ...{ name: 'Poste caído', info: 'Esquina norte', state: { name: 'Planned' } },
    });
    const after = stage.sandbox.calls.slice(
      stage.sandbox.calls.findIndex(({ method }) => method !== 'GET') + 1,
    );
    expect(after.map(({ template }) => template).slice(0, 1)).toEqual([ONE_TASK]);
  });

  test.each([
    ['UPSTREAM_UNAVAILABLE', 503],
    ['NOT_FOUND', 404],
  ])(
    'and that fails with %s, what is not known fails alone: the task is created',
    async (code, status) => {
      answerIds();
      stage.sandbox.fail({ template: ONE_TASK, status });
      const { payload, errors } = await create({ info: 'Esquina norte' });
      expect(payload).toMatchObject({
        task: {
          id: stage.sandbox.data.tasks.at(-1)?.['_id'],
          ...{
            name: 'Poste caído',
            info: 'Esquina norte',
            serial: null,
            state: null,
            endDate: null,
          },
        },
        errors: [],
      });
      expect(errors?.map(({ path, extensions }) => [path.join('.'), extensions.code])).toEqual(
        ['serial', 'startDate', 'endDate', 'state', 'assignee', 'createdBy'].map((field) => [
          `createTask.task.${field}`,
          code,
        ]),
      );
      expect(writes()).toHaveLength(1);
    },
  );
});

test('only what is given is sent', async () => {
  await create({ info: null, assigneeId: null });
  expect(writes().map(({ method, body }) => [method, body])).toEqual([
    ['POST', { name: 'Poste caído' }],
  ]);
});

test('a double click creates two: nothing is shared, and nothing replayed', async () => {
  const [one, other] = await Promise.all([create({}), create({})]);
  expect(one.payload.task.id).not.toBe(other.payload.task.id);
  expect(writes()).toHaveLength(2);
});

test('a remembered list of task groups saves the look-up', async () => {
  const gateway = await startGateway(stage.sandbox.url, { caching: { referenceMs: 60_000 } });
  const query = `mutation { createTask(input: { groupId: "${WORKS}", name: "a" }) { task { id } } }`;
  await gateway.ask(query);
  stage.sandbox.calls.length = 0;
  await gateway.ask(query);
  await gateway.close();
  expect(stage.sandbox.calls.map(({ method }) => method)).toEqual(['POST']);
});

describe('what hinders it', () => {
  test.each<[string, Record<string, unknown>, Options, string]>([
    ['no permission', { groupId: objectId('group', 'purchase_approvals') }, {}, 'NotAllowed'],
    ['a group of another company', {}, { token: 'sandbox-user-b' }, 'Gone'],
    ['a group that is not there', { groupId: planted.unknownGroup }, {}, 'Gone'],
    ['a person who is not there', { assigneeId: planted.unknownGroup }, {}, 'Refused'],
  ])('%s', async (_, input, options, type) => {
    const before = stage.sandbox.data.tasks.length;
    const { payload } = await create(input, options);
    expect(payload).toMatchObject({ task: null, errors: [{ __typename: type }] });
    expect(stage.sandbox.data.tasks).toHaveLength(before);
  });

  test('with more rights it is done', async () => {
    const admin = { token: 'sandbox-admin', headers: { admin: 'true' } };
    const { payload } = await create({ groupId: objectId('group', 'purchase_approvals') }, admin);
    expect(payload.errors).toEqual([]);
  });

  test.each([
    [{ name: '  ' }, '"name" must not be blank.'],
    [{ groupId: 'x' }, '"groupId" must be 24 hexadecimal characters.'],
    [{ assigneeId: 'x' }, '"assigneeId" must be 24 hexadecimal characters.'],
  ])('%j, before any call', async (input, message) => {
    const { errors } = await create(input);
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(stage.sandbox.calls).toEqual([]);
  });
});

describe('what its write comes to', () => {
  const POST = ({ method }: { readonly method: string }): boolean => method === 'POST';

  test.each([
    ['a lost answer', { destroy: true, isDone: true }],
    ['a lost connection', { destroy: true }],
    ['500', { status: 500 }],
    ['an answer without a task', { status: 200, body: '{}', isDone: true }],
    ['an empty answer', { status: 204, isDone: true }],
  ])('OUTCOME_UNKNOWN for %s, and it is not sent again', async (_, fault) => {
    stage.sandbox.fail({ matches: POST, ...fault });
    const { payload, errors } = await create({});
    expect(payload).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN' } }]);
    expect(writes()).toHaveLength(1);
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [429, 'RATE_LIMITED'],
  ])('%d is %s', async (status, code) => {
    stage.sandbox.fail({ matches: POST, status });
    expect((await create({})).errors).toMatchObject([{ extensions: { code } }]);
    expect(writes()).toHaveLength(1);
  });
});

test.each([400, 404])(
  'a list of task groups that comes with %d refuses no write',
  async (status) => {
    stage.sandbox.fail({ template: '/v2/task-groups', status });
    const { payload, errors } = await create({});
    expect([payload, errors?.[0].extensions.code, writes().length]).toEqual([
      null,
      'UPSTREAM_INVALID_RESPONSE',
      0,
    ]);
  },
);

test.each([objectId('group', 'south_pacific_sales_2020'), planted.unknownGroup])(
  'in a group that is no task group: %s',
  async (groupId) => {
    const { payload } = await create({ groupId });
    expect(payload.errors).toMatchObject([
      {
        __typename: 'Gone',
        message: 'The task group is not there, or you may not see it.',
      },
    ]);
  },
);
