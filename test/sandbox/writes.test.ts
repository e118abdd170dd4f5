import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createCompany,
  createSandbox,
  FIRST_READINGS,
  objectId,
  planted,
  type RawRecord,
  type Sandbox,
  SANDBOX_USER_ID,
} from '../../sandbox/index.ts';
import { admin, user } from './ask.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => {
  sandbox.reset();
  Object.assign(sandbox, { data: createCompany(), readings: FIRST_READINGS });
});
afterAll(() => sandbox.close());

const other = { authorization: 'Bearer sandbox-user-b' };
const groupOf = (code: string): string => objectId('taskGroup', code);
const stateOf = (machine: string, state: string): string =>
  objectId('state', `${machine}/${state}`);

async function write(
  path: string,
  body: unknown,
  { method = 'POST', headers = user }: { method?: string; headers?: Record<string, string> } = {},
) {
  const response = await fetch(`${sandbox.url}/v1/tasks/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: response.ok ? JSON.parse(text) : text };
}

/** A task of this group in this state, which the sandbox's user sees. */
const taskIn = (machine: string, state: string): RawRecord => {
  const found = sandbox.data.tasks.find(
    (task) =>
      task['smState'] === stateOf(machine, state) &&
      !(planted.tasks.hidden as unknown[]).includes(task['_id']),
  );
  if (!found) throw new Error(`no task in ${machine}/${state}`);
  return found;
};
const pathOf = ({ taskGroup, _id }: RawRecord): string =>
  `${String(taskGroup)}/task/${String(_id)}`;
const move = (task: RawRecord, smState: unknown, headers = user) =>
  write(pathOf(task), { smState }, { method: 'PATCH', headers });

test.each([
  ['id', {}],
  ['sent', { name: 'One', info: 'Two' }],
] as const)('a write may answer no more than %s', async (written, told) => {
  sandbox.readings = { ...FIRST_READINGS, written };
  const { body } = await write(`${groupOf('field_works')}/task/create`, {
    ...{ name: 'One', info: 'Two' },
  });
  expect(body).toEqual({ ...told, _id: sandbox.data.tasks.at(-1)?.['_id'] });
});

describe('one task', () => {
  test.each(['bare', 'task'] as const)('comes %s', async (oneTask) => {
    sandbox.readings = { ...FIRST_READINGS, oneTask };
    const task = taskIn('field_works', 'planned');
    const { status, body } = await write(pathOf(task), undefined, { method: 'GET' });
    expect([status, (oneTask === 'task' ? body.task : body)._id]).toEqual([200, task['_id']]);
  });

  test('is unknown to another company, and where it is hidden', async () => {
    const task = taskIn('field_works', 'planned');
    const [hidden] = planted.tasks.hidden;
    const found = sandbox.data.tasks.find(({ _id }) => _id === hidden);
    const of = (path: string, headers: Record<string, string>) =>
      write(path, undefined, { method: 'GET', headers });
    expect((await of(pathOf(task), other)).status).toBe(404);
    expect((await of(pathOf(found ?? {}), user)).status).toBe(404);
    expect((await of(pathOf(found ?? {}), admin)).status).toBe(200);
  });
});

describe('a move', () => {
  test('puts the task into a next state, with all that follows from it', async () => {
    const task = taskIn('field_works', 'planned');
    const before = { ...task };
    const { status, body } = await move(task, stateOf('field_works', 'in_progress'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      smState: stateOf('field_works', 'in_progress'),
      status: objectId('property', 'works_in_progress'),
      closedAt: null,
    });
    expect(body.modifiedStateAt).not.toBe(before['modifiedStateAt']);
    expect(sandbox.data.tasks.find(({ _id }) => _id === body._id)).toMatchObject(body);
  });

  test.each([
    ['a state that does not follow', 'field_works', 'planned', 'done'],
    ['a state that a form leads to', 'field_works', 'planned', 'cancelled'],
    ['a state that automations lead to', 'vehicle_requests', 'requested', 'under_review'],
    ['a state that nobody knows', 'field_works', 'planned', 'nowhere'],
  ])('into %s is 400', async (_, machine, from, to) => {
    const task = taskIn(machine, from);
    expect((await move(task, stateOf(machine, to))).status).toBe(400);
    expect(task['smState']).toBe(stateOf(machine, from));
  });

  test('by either trigger of a person, and any way where tasks move freely', async () => {
    const urgent = taskIn('field_works_urgent', 'open');
    expect((await move(urgent, stateOf('field_works_urgent', 'assigned'))).status).toBe(200);
    const idea = taskIn('ideas_board', 'adopted');
    expect((await move(idea, stateOf('ideas_board', 'noted'))).status).toBe(200);
  });

  test('by who may not is 403, of another company 404', async () => {
    const task = taskIn('purchase_approvals_major', 'rejected');
    const target = stateOf('purchase_approvals_major', 'requested');
    expect((await move(task, target)).status).toBe(403);
    expect((await move(task, target, other)).status).toBe(404);
    expect((await move(task, target, admin)).status).toBe(200);
  });

  test.each([
    ['nothing', undefined],
    ['a list', []],
    ['no state', {}],
    ['more than a state', { smState: stateOf('field_works', 'in_progress'), color: 'red' }],
  ])('with %s is 400', async (_, body) => {
    const { status } = await write(pathOf(taskIn('field_works', 'planned')), body, {
      method: 'PATCH',
    });
    expect(status).toBe(400);
  });
});

describe('a new task', () => {
  test('begins where its group does', async () => {
    const { tasks } = sandbox.data;
    const count = tasks.length;
    const { status, body } = await write(`${groupOf('field_works')}/task/create`, {
      name: 'Poste caído',
      assignee: SANDBOX_USER_ID,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'Poste caído',
      taskGroup: groupOf('field_works'),
      smStateMachine: objectId('stateMachine', 'field_works'),
      smState: stateOf('field_works', 'planned'),
      assignee: SANDBOX_USER_ID,
      createdBy: SANDBOX_USER_ID,
      serial: expect.any(Number),
    });
    expect(tasks).toHaveLength(count + 1);
  });

  test.each([
    ['no name', {}],
    ['an empty name', { name: ' ' }],
    ['an unknown field', { name: 'a', color: 'red' }],
    ['nobody as assignee', { name: 'a', assignee: objectId('user', 'nobody') }],
    [
      'a machine of another group',
      { name: 'a', smStateMachine: objectId('stateMachine', 'permits') },
    ],
  ])('with %s is 400', async (_, body) => {
    expect((await write(`${groupOf('field_works')}/task/create`, body)).status).toBe(400);
  });

  test('in a group that one may not change is 403, of another company 404', async () => {
    const path = `${groupOf('purchase_approvals')}/task/create`;
    expect((await write(path, { name: 'a' })).status).toBe(403);
    expect((await write(path, { name: 'a' }, { headers: other })).status).toBe(404);
    expect((await write(path, { name: 'a' }, { headers: admin })).status).toBe(200);
  });

  test('is not got: 405', async () => {
    const path = `${groupOf('field_works')}/task/create`;
    expect((await write(path, undefined, { method: 'GET' })).status).toBe(405);
  });
});

test('a fault may lose the answer to what is done', async () => {
  const task = taskIn('field_works', 'planned');
  sandbox.fail({ destroy: true, isDone: true });
  await expect(move(task, stateOf('field_works', 'in_progress'))).rejects.toThrow();
  expect(task['smState']).toBe(stateOf('field_works', 'in_progress'));
});

test('writes have a quota of their own beside that of all calls', async () => {
  Object.assign(sandbox, {
    quota: { calls: 50, windowMs: 5000 },
    writeQuota: { calls: 2, windowMs: 5000 },
  });
  const path = `${groupOf('field_works')}/task/create`;
  const statuses = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await write(path, { name: 'a' })).status);
  expect(statuses).toEqual([200, 200, 429]);
  const task = pathOf(taskIn('field_works', 'planned'));
  expect((await write(task, undefined, { method: 'GET' })).status).toBe(200);
  Object.assign(sandbox, { quota: undefined, writeQuota: undefined });
});
