import { describe, expect, test } from '@jest/globals';
import { FIRST_READINGS, objectId } from '../../sandbox/index.ts';
import {
  endpoints,
  idOf,
  plant,
  range,
  rawGroup,
  rawTaskGroup,
  useStage,
} from '../support/stage.ts';

const stage = useStage();
const ONE = '/v1/tasks/{id}/task/{taskId}';
const TASK = idOf(0x51);

/** So many task groups; the task is of the nth. */
function plantTask(groups: number, n: number): void {
  plant(
    stage,
    range(groups).map((one) => rawGroup(one)),
    range(groups).map((one) => rawTaskGroup(one)),
  );
  const taskGroup = rawTaskGroup(n)['_id'];
  stage.sandbox.data.tasks = [
    { _id: TASK, name: 'One', taskGroup, smState: idOf(0x61), serial: 7 },
  ];
  stage.sandbox.data.states = [{ _id: idOf(0x61), taskGroup, type: 'closed' }];
}

async function ask(args: string, fields = 'id name serial') {
  stage.sandbox.calls.length = 0;
  const { body } = await stage.gateway.ask(`{ task(${args}) { ${fields} } }`);
  return { task: body.data?.task, errors: body.errors, calls: endpoints(stage.sandbox) };
}
const one = { id: TASK, name: 'One', serial: 7 };

describe('with its group', () => {
  test.each(['bare', 'task'] as const)('a task takes one call for itself: %s', async (oneTask) => {
    stage.sandbox.readings = { ...FIRST_READINGS, oneTask };
    plantTask(3, 2);
    expect(await ask(`id: "${TASK.toUpperCase()}", groupId: "${idOf(2)}"`)).toEqual({
      ...{ task: one, errors: undefined },
      calls: ['/v2/task-groups', ONE],
    });
  });

  test('its state is that of its task group', async () => {
    plantTask(3, 2);
    const { task } = await ask(`id: "${TASK}", groupId: "${idOf(2)}"`, 'state { type }');
    expect(task).toEqual({ state: { type: 'CLOSED' } });
  });

  test.each<[string, string, number]>([
    ['of another group', idOf(1), 1],
    ['of a group that is none, or hidden', objectId('group', 'nowhere'), 0],
  ])('null %s', async (_, groupId, calls) => {
    plantTask(3, 2);
    const answer = await ask(`id: "${TASK}", groupId: "${groupId}"`);
    expect([answer.task, answer.errors]).toEqual([null, undefined]);
    expect(answer.calls.filter((template) => template === ONE)).toHaveLength(calls);
  });

  test('one that the caller may not see is null', async () => {
    plantTask(1, 1);
    Object.assign(stage.sandbox.data.tasks[0] ?? {}, { visibility: [idOf(9)] });
    expect((await ask(`id: "${TASK}", groupId: "${idOf(1)}"`)).task).toBeNull();
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [500, 'UPSTREAM_UNAVAILABLE'],
  ])('%i is an error', async (status, code) => {
    plantTask(1, 1);
    stage.sandbox.fail({ template: ONE, status });
    const { task, errors } = await ask(`id: "${TASK}", groupId: "${idOf(1)}"`);
    expect(task).toBeNull();
    expect(errors).toMatchObject([{ path: ['task'], extensions: { code } }]);
  });

  test.each(['null', '{}', '[]', '{"task": null}', `{"_id": "${idOf(1)}"}`])(
    'the body %s is an error, never absence',
    async (body) => {
      plantTask(1, 1);
      stage.sandbox.fail({ template: ONE, body });
      const { errors } = await ask(`id: "${TASK}", groupId: "${idOf(1)}"`);
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }]);
    },
  );
});

describe('without its group', () => {
  const all = (count: number) => ['/v2/task-groups', ...range(count).map(() => ONE)];

  test.each([
    [3, 2, 3],
    [12, 4, 5],
    [12, 12, 12],
    [20, 20, 20],
  ])('of %i task groups it is in number %i: %i calls', async (groups, n, calls) => {
    plantTask(groups, n);
    expect(await ask(`id: "${TASK}"`)).toEqual({
      ...{ task: one, errors: undefined },
      calls: all(calls),
    });
  });

  test('null if no task group has it', async () => {
    plantTask(7, 2);
    expect(await ask(`id: "${idOf(0x52)}"`)).toEqual({
      ...{ task: null, errors: undefined },
      calls: all(7),
    });
  });

  test('a task group that cannot be asked is an error, unless another has the task', async () => {
    plantTask(7, 2);
    const matches = ({ path }: { path: string }) => path.includes(String(rawTaskGroup(1)['_id']));
    stage.sandbox.fail({ template: ONE, matches, status: 403 });
    expect((await ask(`id: "${TASK}"`)).task).toEqual(one);
    const { task, errors } = await ask(`id: "${idOf(0x52)}"`);
    expect(task).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test.each<[string, () => void, string]>([
    [
      'more task groups than are looked into',
      () => plantTask(21, 2),
      'there are more than 20 task groups to look into',
    ],
    [
      'task groups that may not be listed',
      () => {
        plantTask(3, 2);
        stage.sandbox.fail({ template: '/v2/task-groups', status: 403 });
      },
      'the token may not list task groups',
    ],
  ])('%s: it has to be passed', async (_, prepare, why) => {
    prepare();
    const { errors, calls } = await ask(`id: "${TASK}"`);
    expect(errors).toMatchObject([
      {
        message: `Pass "groupId", the group that the task is of: ${why}.`,
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(calls).toEqual(['/v2/task-groups']);
  });

  test('a task group that hides its id may have it: that is an error', async () => {
    plantTask(3, 2);
    stage.sandbox.data.taskGroups.push({ _id: 7, group: idOf(3) });
    expect((await ask(`id: "${idOf(0x52)}"`)).errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ]);
  });

  test('a failure of the list is an error', async () => {
    plantTask(3, 2);
    stage.sandbox.fail({ template: '/v2/task-groups', status: 500 });
    expect((await ask(`id: "${TASK}"`)).errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
    ]);
  });
});

describe('at a server that looks at the id of the task alone', () => {
  test('a task is of the task group that it names: its state is there', async () => {
    plantTask(3, 3);
    stage.sandbox.data.states.push({ _id: idOf(0x61), taskGroup: rawTaskGroup(1)['_id'] });
    stage.sandbox.fail({ template: ONE, body: JSON.stringify(stage.sandbox.data.tasks[0]) });
    const { task, errors } = await ask(`id: "${TASK}"`, 'state { type }');
    expect([task, errors]).toEqual([{ state: { type: 'CLOSED' } }, undefined]);
  });
});

describe('with a memory', () => {
  const remembering = useStage({ caching: { referenceMs: 60_000 } });

  test.each([
    [20, [...range(20).map(() => ONE), '/v2/task-groups']],
    [21, ['/v2/task-groups']],
  ])('%i remembered task groups: no more than 20 are asked', async (groups, calls) => {
    const { sandbox, gateway } = remembering;
    sandbox.data.groups = range(groups).map((n) => rawGroup(n));
    sandbox.data.taskGroups = range(groups).map((n) => rawTaskGroup(n));
    sandbox.data.tasks = [];
    await gateway.ask(
      '{ groups(filter: { type: TASK }) { nodes { ... on TaskGroup { workflow { id } } } } }',
    );
    sandbox.calls.length = 0;
    await gateway.ask(`{ task(id: "${TASK}") { name } }`);
    expect(endpoints(sandbox)).toEqual(calls);
  });

  test('task groups that came since are asked, too', async () => {
    const { sandbox, gateway } = remembering;
    sandbox.data.groups = range(2).map((n) => rawGroup(n));
    sandbox.data.taskGroups = [rawTaskGroup(1)];
    sandbox.data.tasks = [];
    const query = `{ task(id: "${TASK}") { name } }`;
    expect((await gateway.ask(query)).body).toEqual({ data: { task: null } });
    sandbox.data.taskGroups.push(rawTaskGroup(2));
    sandbox.data.tasks.push({ _id: TASK, name: 'New', taskGroup: rawTaskGroup(2)['_id'] });
    expect((await gateway.ask(query)).body).toEqual({ data: { task: { name: 'New' } } });
    sandbox.calls.length = 0;
    expect((await gateway.ask(query)).body).toEqual({ data: { task: { name: 'New' } } });
    expect(endpoints(sandbox)).toEqual([ONE, ONE]);
  });
});

test.each([
  ['id: "1"', 'id'],
  [`id: "${TASK}", groupId: "../x"`, 'groupId'],
])('(%s) is no id, and takes no call', async (args, name) => {
  const { errors, calls } = await ask(args);
  expect(errors).toMatchObject([
    {
      message: `"${name}" must be 24 hexadecimal characters.`,
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
  expect(calls).toEqual([]);
});
