import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createCompany,
  createSandbox,
  FIRST_READINGS,
  objectId,
  planted,
  type RawRecord,
  type Readings,
  type Sandbox,
  SANDBOX_ADMIN_ID,
  SANDBOX_USER_ID,
} from '../../sandbox/index.ts';
import { ask, data, idsOf, records } from './ask.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => {
  Object.assign(sandbox, { data: createCompany(), maxLimit: 1000 });
  sandbox.readings = FIRST_READINGS;
});
afterAll(() => sandbox.close());

const read = (readings: Partial<Readings>): void => {
  sandbox.readings = { ...FIRST_READINGS, ...readings };
};
const bare = async (path: string): Promise<RawRecord[]> =>
  JSON.parse((await ask(sandbox, path)).text) as RawRecord[];
const foundIn = (id: string, query: string): Promise<RawRecord[]> =>
  bare(`/v1/tasks/${id}/task?${query}`);
const tasksOf = (id: string): string => `/v2/task-groups/${id}/tasks`;

test('a sandbox starts with the readings that it is given, and with the first of the others', async () => {
  const other = await createSandbox({ readings: { dates: 'epoch' } });
  expect(other.readings).toEqual({ ...FIRST_READINGS, dates: 'epoch' });
  await other.close();
});

test.each([
  ['followed', [3, 3], false],
  ['ignored', [40, 40], true],
  ['first', [10, 10], true],
] as const)('pages of the tasks that are found: %s', async (taskPages, lengths, isRepeated) => {
  read({ taskPages });
  const { large } = planted.taskGroups;
  const [pattern] = sandbox.data.tasks.filter(({ taskGroup }) => taskGroup === large);
  sandbox.data.tasks = Array.from({ length: 40 }, (_, n) => ({
    ...{ ...pattern, visibility: [], isActive: true },
    _id: objectId('task', `found/${n}`),
  }));
  const pages = await Promise.all([1, 2].map((page) => foundIn(large, `limit=3&page=${page}`)));
  expect(pages.map(({ length }) => length)).toEqual(lengths);
  expect(pages[0]?.[0]?.['_id'] === pages[1]?.[0]?.['_id']).toBe(isRepeated);
});

describe('count', () => {
  const page = '/v2/groups?isActive=false&limit=3&count=true';
  test.each([
    ['total', 4],
    ['wider', 45],
    ['page', 3],
    ['none', undefined],
  ] as const)('%s', async (count, told) => {
    read({ count });
    expect((await data(sandbox, page))['count']).toBe(told);
  });

  test('of tasks alone', async () => {
    read({ count: { tasks: 'page' } });
    const tasks = `${tasksOf(planted.taskGroups.large)}?limit=7&count=true`;
    expect(await data(sandbox, tasks)).toMatchObject({ count: 7 });
    expect(await data(sandbox, page)).toMatchObject({ count: 4 });
  });

  test.each(['count', 'counter'] as const)('under the name %s', async (countName) => {
    read({ countName });
    for (const list of ['groups', 'channels'])
      expect(Object.keys(await data(sandbox, `/v2/${list}?count=true`))).toEqual([list, countName]);
  });
});

describe('several ids', () => {
  const groups = [planted.groups.withActions, planted.groups.tied[2]];
  const path = `/v2/task-groups?groupIds=${groups[0]}&groupIds=${groups[1]}&limit=100&isActive=all`;
  const groupsOf = async (): Promise<unknown[]> =>
    (await records(sandbox, path)).map(({ group }) => group);

  test.each([
    ['all', groups],
    ['first', groups.slice(0, 1)],
    ['last', groups.slice(1)],
    ['none', []],
  ] as const)('groupIds: %s', async (groupIds, found) => {
    read({ groupIds });
    expect((await groupsOf()).toSorted()).toEqual(found.toSorted());
    expect(await records(sandbox, path.replace(/&groupIds=\w+/, ''))).toHaveLength(1);
  });

  test('groupIds: refused, and ignored', async () => {
    read({ groupIds: 'refused' });
    expect((await ask(sandbox, path)).status).toBe(400);
    expect(await records(sandbox, path.replace(/&groupIds=\w+/, ''))).toHaveLength(1);
    read({ groupIds: 'ignored' });
    expect(await groupsOf()).toHaveLength(17);
  });

  const [a, b] = [SANDBOX_USER_ID, SANDBOX_ADMIN_ID];
  const repeated = `/v2/users?id=${a}&id=${b}`;
  const commas = `/v2/users?id=${a},${b}`;
  const found = async (path: string): Promise<unknown> => {
    const { status } = await ask(sandbox, path);
    return status === 200 ? idsOf(await records(sandbox, path)) : status;
  };

  test.each([
    ['all', [a, b], 400],
    ['first', [a], 400],
    ['last', [b], 400],
    ['none', [], 400],
    ['refused', 400, 400],
    ['fails', 500, 400],
    ['commas', [b], [a, b]],
    ['pathOnly', 400, 400],
  ] as const)('users: %s', async (userIds, ofRepeated, ofCommas) => {
    read({ userIds });
    expect([await found(repeated), await found(commas)]).toEqual([ofRepeated, ofCommas]);
    expect(await found(`/v2/users?id=${a}`)).toEqual(userIds === 'pathOnly' ? 400 : [a]);
    expect(await data(sandbox, `/v2/users/${a}`)).toMatchObject({ _id: a });
  });

  test.each([
    ['refused', 400],
    ['fails', 500],
    ['nothing', []],
  ] as const)('what is no id: %s', async (noId, answer) => {
    read({ noId });
    expect(await found(commas)).toEqual(answer);
  });

  test('users: ignored', async () => {
    read({ userIds: 'ignored' });
    expect((await records(sandbox, `/v2/users?id=${a}&limit=100`)).length).toBeGreaterThan(2);
  });

  test.each([
    ['there', 200],
    ['missing', 404],
    ['forbidden', 403],
  ] as const)('a user by the path: %s', async (userPath, status) => {
    read({ userPath });
    expect((await ask(sandbox, `/v2/users/${a}`)).status).toBe(status);
  });

  test('properties have a reading of their own', async () => {
    const [first, second] = idsOf(sandbox.data.properties).map(String);
    read({ propertyIds: 'commas', userIds: 'refused' });
    expect(await records(sandbox, `/v2/properties?ids=${first},${second}`)).toHaveLength(2);
  });
});

test('one of each: oneself, somebody, a task group', async () => {
  expect(await data(sandbox, '/v2/users/me')).toMatchObject({ _id: SANDBOX_USER_ID });
  const [left = ''] = planted.users.inactive;
  expect(await data(sandbox, `/v2/users/${left}`)).toMatchObject({ _id: left, isActive: false });
  expect((await ask(sandbox, `/v2/users/${planted.unknownUser}`)).status).toBe(404);
  const { text } = await ask(sandbox, `/v1/tasks/group/${planted.taskGroups.inactive}`);
  expect(JSON.parse(text)).toMatchObject({ _id: planted.taskGroups.inactive, isActive: false });
  expect((await ask(sandbox, `/v1/tasks/group/${planted.unknownGroup}`)).status).toBe(404);
});

test('smstate/all of the company', async () => {
  const path = `/v1/tasks/${planted.taskGroups.free}/sm/smstate/all`;
  expect(await bare(path)).toHaveLength(3);
  read({ smstateAll: 'company' });
  expect(idsOf(await bare(path))).toEqual(idsOf(sandbox.data.states));
});

test('states and state machines that do not name their task group', async () => {
  const paths = ['smstate/all', 'smstatemachine'].map(
    (list) => `/v1/tasks/${planted.taskGroups.free}/sm/${list}`,
  );
  const namedIn = async () =>
    (await Promise.all(paths.map(bare))).flat().filter(({ taskGroup }) => taskGroup !== undefined);
  expect(await namedIn()).not.toEqual([]);
  read({ statesName: 'none' });
  expect(await namedIn()).toEqual([]);
});

test('skip: what lies between the cap and the limit is left out', async () => {
  sandbox.maxLimit = 7;
  read({ skip: 'asked' });
  const all = idsOf(sandbox.data.channels);
  const second = idsOf(await records(sandbox, '/v2/channels?limit=10&page=2&isActive=all'));
  expect(second).toHaveLength(7);
  expect(all.filter((id) => second.includes(id)).length).toBe(7);
  sandbox.maxLimit = 1000;
  expect(second).toEqual(
    idsOf(await records(sandbox, '/v2/channels?limit=10&page=2&isActive=all')).slice(0, 7),
  );
});

describe('forms of values', () => {
  const channel = (id: string): Promise<RawRecord> => data(sandbox, `/v2/channels/${id}`);

  test('dates as numbers, in what a record holds as well', async () => {
    const id = planted.channels.namedMessage;
    const before = await channel(id);
    read({ dates: 'epoch' });
    const after = await channel(id);
    for (const name of ['createdAt', 'modifiedAt'])
      expect(after[name]).toBe(Date.parse(String(before[name])));
    const { date } = before['lastMessage'] as RawRecord;
    expect(after['lastMessage']).toMatchObject({ date: Date.parse(String(date)) });
    const [task] = await records(sandbox, `${tasksOf(planted.taskGroups.large)}?limit=1`);
    expect(task).toMatchObject({ startDate: expect.any(Number), name: expect.any(String) });
  });

  test.each([
    ['null', null, null],
    ['empty', '', { small: '', square: '', original: '' }],
  ] as const)('what is missing as %s', async (missing, value, picture) => {
    read({ missing });
    const tasks = await records(sandbox, `${tasksOf(planted.taskGroups.large)}?limit=100`);
    expect(tasks.map(({ assignee }) => assignee)).toContain(value);
    expect(tasks.map(({ closedAt }) => closedAt)).toContain(value);
    const users = await records(sandbox, '/v2/users?limit=100');
    expect(users.map(({ avatar }) => avatar)).toContainEqual(picture);
    expect(await records(sandbox, '/v2/groups?limit=100')).toContainEqual(
      expect.objectContaining({ _id: planted.groups.withoutModifiedAt, modifiedAt: value }),
    );
  });

  test('lastMessage, older and newer', async () => {
    const message = async (id: string): Promise<unknown> => (await channel(id))['lastMessage'];
    const { newerMessage, namedMessage, picture } = planted.channels;
    const older = { date: expect.any(String), sender: expect.any(String) };
    const newer = { createdAt: expect.any(Number), sentBy: expect.any(String) };
    expect(await message(newerMessage)).toMatchObject(newer);
    expect(await message(namedMessage)).toMatchObject({
      ...older,
      content: expect.stringMatching(/^[\p{L} ]+: \p{L}/u),
    });
    const { content } = (await message(picture)) as { content: string };
    expect(JSON.parse(content)).toMatchObject({ original: expect.stringMatching(/^https:/) });
    read({ messages: 'older' });
    expect(await message(newerMessage)).toMatchObject(older);
    read({ messages: 'newer' });
    expect(await message(namedMessage)).toMatchObject(newer);
  });

  test('the property of a state, and its triggers', async () => {
    const path = `/v1/tasks/${planted.taskGroups.free}/sm/smstate/all`;
    const triggersOf = async (): Promise<unknown> =>
      (await bare(path)).flatMap(({ next }) =>
        (next as RawRecord[]).map((one) => one['canChange']),
      );
    expect(await triggersOf()).toEqual([['task-ui'], ['*'], ['manual']]);
    read({ property: 'id', triggers: 'manual' });
    expect((await bare(path)).map(({ property }) => typeof property)).toEqual(
      expect.arrayContaining(['string']),
    );
    expect(await triggersOf()).toEqual([['manual'], ['*'], ['manual']]);
    read({ property: 'populated', triggers: 'task-ui' });
    expect((await bare(path))[0]).toMatchObject({
      property: { _id: expect.any(String), name: 'Noted', code: 'idea_noted', translations: {} },
    });
    expect(await triggersOf()).toEqual([['task-ui'], ['*'], ['task-ui']]);
  });
});

describe('envelopes, and what is not asked for', () => {
  test('the key of task groups', async () => {
    read({ taskGroupsKey: 'values' });
    expect(Object.keys(await data(sandbox, '/v2/task-groups'))).toEqual(['values']);
  });

  test('properties without one', async () => {
    read({ propertiesEnvelope: false });
    const { text } = await ask(sandbox, '/v2/properties?limit=2&count=true');
    expect(JSON.parse(text)).toEqual({
      properties: [expect.anything(), expect.anything()],
      count: 48,
    });
  });

  test('isActive', async () => {
    read({ unsentIsActive: 'all' });
    expect(await records(sandbox, '/v2/groups?limit=100')).toHaveLength(42);
  });
});
