import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSandbox, planted, type Sandbox } from '../../sandbox/index.ts';
import { admin, ask, user } from './ask.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const group = planted.groups.category;
const taskGroup = planted.taskGroups.large;
const channel = planted.channels.groupWith25;
const many = (name: string, count: number): string =>
  Array(count).fill(`${name}=${group}`).join('&');

test.each([
  ['no token', {}],
  ['an unknown token', { authorization: 'Bearer somebody' }],
  ['another scheme', { authorization: 'Basic sandbox-user' }],
  ['a token without its scheme', { authorization: 'sandbox-user' }],
])('401 for %s', async (_, headers: Record<string, string>) => {
  const reply = await ask(sandbox, '/v2/groups', headers);
  expect(reply.status).toBe(401);
  expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
});

test.each([
  ['/v2/groups', { ...user, admin: 'true' }],
  [`/v2/groups/${group}`, user],
  [`/v2/groups/${group}`, { authorization: admin.authorization }],
  [`/v2/groups/${group}`, { ...admin, admin: 'false' }],
  [`/v2/task-groups/${taskGroup}`, user],
])('403 for %s with %j', async (path, headers: Record<string, string>) => {
  const reply = await ask(sandbox, path, headers);
  expect(reply.status).toBe(403);
  expect(reply.headers.get('content-type')).toContain('text/html');
});

test.each([
  ['/v2/nothing', user],
  ['/v3/groups', user],
  [`/v2/groups/${planted.unknownGroup}`, admin],
  [`/v2/channels/${channel}`, user],
  [`/v2/task-groups/${planted.unknownGroup}`, admin],
  // The id of the group, where the id of its task group belongs.
  [`/v2/task-groups/${planted.groups.withActions}/tasks`, user],
  [`/v1/tasks/${planted.groups.withActions}/sm/smstatemachine`, user],
  [`/v1/tasks/${planted.groups.withActions}/sm/smstate/all`, user],
])('404 for %s', async (path, headers: Record<string, string>) => {
  expect((await ask(sandbox, path, headers)).status).toBe(404);
});

test('405 for what is not a GET', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
    const reply = await ask(sandbox, '/v2/groups', user, method);
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'GET']);
  }
});

test.each([
  ['/v2/groups?isActive=maybe', 'isActive'],
  ['/v2/groups?limit=0', 'limit'],
  ['/v2/groups?limit=abc', 'limit'],
  ['/v2/groups?limit=1.5', 'limit'],
  ['/v2/groups?limit=', 'limit'],
  ['/v2/groups?limit=1&limit=2', 'limit'],
  ['/v2/groups?page=0', 'page'],
  ['/v2/groups?page=-1', 'page'],
  ['/v2/groups?count=1', 'count'],
  ['/v2/groups?sortBy=nameCode', 'sortBy'],
  ['/v2/groups?orderBy=descending', 'orderBy'],
  ['/v2/groups?groupType=standard', 'groupType'],
  ['/v2/groups?isLink=all', 'isLink'],
  // Correctly spelt, which the upstream does not.
  ['/v2/groups?hasCategories=true', 'hasCategories'],
  ['/v2/groups?modified_lt=2021-01-01T00:00:00.000Z', 'modified_lt'],
  ['/v2/groups?modifiedAt_gte=2021-01-01T00:00:00.000Z', 'modifiedAt_gte'],
  ['/v2/groups?modified_gte=yesterday', 'modified_gte'],
  ['/v2/groups?modified_gte=1609459200000', 'modified_gte'],
  ['/v2/groups?created=2021-02-30T00:00:00.000Z', 'created'],
  ['/v2/groups?created=2021-02-03', 'created'],
  ['/v2/groups?constructor=1', 'constructor'],
  [`/v2/channels?group=${channel}&group=${group}`, 'group'],
  ['/v2/channels?group=Z', 'group'],
  [`/v2/channels?user=${group.toUpperCase()}`, 'user'],
  ['/v2/channels?sortBy=name', 'sortBy'],
  ['/v2/channels/abc', 'id'],
  [`/v2/task-groups?groupIds=${group},${channel}`, 'groupIds'],
  [`/v2/task-groups?${many('groupIds', 101)}`, 'groupIds'],
  [`/v2/task-groups?${many('ids', 101)}`, 'ids'],
  ['/v2/task-groups/abc/tasks', 'id'],
  [`/v2/task-groups/${taskGroup}/tasks?isActive=all`, 'isActive'],
  [`/v2/task-groups/${taskGroup}/tasks?search=a`, 'search'],
  [`/v2/task-groups/${taskGroup}/tasks?sortBy=modifiedAt`, 'sortBy'],
  [`/v1/tasks/${taskGroup}/sm/smstate/all?limit=10`, 'limit'],
  [`/v2/properties?id=${group}`, 'id'],
  [`/v2/users?ids=${group}`, 'ids'],
  [`/v2/users?${many('id', 31)}`, 'id'],
])('400 for %s', async (path, parameter) => {
  const reply = await ask(sandbox, path);
  expect(reply.status).toBe(400);
  expect(JSON.parse(reply.text)).toMatchObject({ parameter });
});

test('as many ids as allowed', async () => {
  for (const path of [`/v2/users?${many('id', 30)}`, `/v2/properties?${many('ids', 100)}`])
    expect((await ask(sandbox, path)).status).toBe(200);
});

test('the reply and the slash of the seed', async () => {
  const reply = await ask(sandbox, '/v2/groups/');
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
});
