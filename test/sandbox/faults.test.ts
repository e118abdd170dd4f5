import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSandbox, planted, type Sandbox } from '../../sandbox/index.ts';
import { admin, ask, user } from './ask.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox.close());

const status = async (path: string): Promise<number> => (await ask(sandbox, path)).status;

describe('faults', () => {
  test('of every call, until removed', async () => {
    const remove = sandbox.fail({ status: 500 });
    expect([await status('/v2/groups'), await status('/v2/users')]).toEqual([500, 500]);
    remove();
    expect(await status('/v2/groups')).toBe(200);
  });

  test('of one endpoint, of some of its calls, a number of times', async () => {
    sandbox.fail({ template: '/v2/task-groups/{id}/tasks', status: 503, times: 1 });
    sandbox.fail({ matches: ({ query }) => query.some(([key]) => key === 'page'), status: 502 });
    const tasks = `/v2/task-groups/${planted.taskGroups.large}/tasks`;
    expect([await status(tasks), await status(tasks)]).toEqual([503, 200]);
    expect([await status('/v2/groups'), await status('/v2/groups?page=2')]).toEqual([200, 502]);
  });

  test('429 says when to come back, unless its headers are given', async () => {
    sandbox.fail({ status: 429, times: 1 });
    sandbox.fail({ status: 429, times: 1, headers: { 'Retry-After': '60' } });
    sandbox.fail({ status: 429, times: 1, headers: {} });
    const waits = [];
    for (let call = 0; call < 3; call += 1)
      waits.push((await ask(sandbox, '/v2/groups')).headers.get('retry-after'));
    expect(waits).toEqual(['2', '60', null]);
  });

  test('a body is sent as it is', async () => {
    sandbox.fail({ body: '{"data":{"groups":null}}', times: 1 });
    sandbox.fail({ body: Buffer.from('<p>'), headers: { 'Content-Type': 'text/html' }, times: 1 });
    const [json, html] = [await ask(sandbox, '/v2/groups'), await ask(sandbox, '/v2/groups')];
    expect([json.status, json.text]).toEqual([200, '{"data":{"groups":null}}']);
    expect(json.headers.get('content-type')).toContain('application/json');
    expect([html.text, html.headers.get('content-type')]).toEqual(['<p>', 'text/html']);
  });

  test('a dropped connection', async () => {
    sandbox.fail({ destroy: true, times: 1 });
    await expect(ask(sandbox, '/v2/groups')).rejects.toThrow('fetch failed');
    expect(sandbox.calls).toMatchObject([{ status: 0 }]);
    expect(await status('/v2/groups')).toBe(200);
  });

  test('a delay alone holds an answer, which is the usual one', async () => {
    sandbox.fail({ template: '/v2/groups', delayMs: 3_600_000, times: 1 });
    const left = new AbortController();
    const { signal } = left;
    const held = fetch(`${sandbox.url}/v2/groups`, { headers: user, signal });
    while (sandbox.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await status('/v2/users')).toBe(200);
    left.abort();
    await expect(held).rejects.toThrow('aborted');
    sandbox.fail({ template: '/v2/groups', delayMs: 5 });
    expect(await status('/v2/groups')).toBe(200);
  });

  test('an answer that waits until the test lets it go', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    sandbox.fail({ template: '/v2/groups', until: promise });
    const left = new AbortController();
    const leaving = fetch(`${sandbox.url}/v2/groups`, { headers: user, signal: left.signal });
    const held = status('/v2/groups');
    while (sandbox.calls.length < 2) await new Promise((next) => setTimeout(next, 5));
    left.abort();
    await expect(leaving).rejects.toThrow('aborted');
    expect(await status('/v2/users')).toBe(200);
    expect(sandbox.calls.map((call) => call.status)).toEqual([0, 0, 200]);
    resolve(undefined);
    expect(await held).toBe(200);
  });

  test('a delay adds to the latency', async () => {
    sandbox.latencyMs = 3_600_000;
    // No clock is needed where the sum is nothing.
    sandbox.fail({ template: '/v2/groups', delayMs: -3_600_000 });
    expect(await status('/v2/groups')).toBe(200);
  });
});

test('a caller who leaves gets no answer and holds nothing up', async () => {
  sandbox.latencyMs = 60_000;
  const left = new AbortController();
  const { signal } = left;
  const leaving = fetch(`${sandbox.url}/v2/groups`, { headers: user, signal });
  while (sandbox.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  left.abort();
  await expect(leaving).rejects.toThrow('aborted');
  sandbox.latencyMs = 0;
  expect(await status('/v2/groups')).toBe(200);
  expect(sandbox.calls.map((call) => call.status)).toEqual([0, 200]);
});

test('the log has every call in order, as it was received', async () => {
  const group = planted.groups.category;
  await ask(sandbox, '/v2/groups/?isActive=all&search=a%20b');
  await ask(sandbox, `/v2/groups/${group}`, { ...admin, 'X-Request-Id': '42' });
  await ask(sandbox, '/v9/x', {}, 'POST');
  expect(sandbox.calls).toMatchObject([
    {
      method: 'GET',
      path: '/v2/groups/',
      template: '/v2/groups',
      query: [
        ['isActive', 'all'],
        ['search', 'a b'],
      ],
      headers: user,
      status: 200,
    },
    {
      path: `/v2/groups/${group}`,
      template: '/v2/groups/{id}',
      headers: { ...admin, 'x-request-id': '42' },
    },
    { method: 'POST', path: '/v9/x', template: null, status: 404 },
  ]);
});

test('reset forgets calls and faults, and keeps the rest', async () => {
  sandbox.fail({ status: 500 });
  sandbox.maxLimit = 3;
  await status('/v2/groups');
  sandbox.reset();
  expect(sandbox.calls).toEqual([]);
  expect(sandbox.maxLimit).toBe(3);
  expect(await status('/v2/groups')).toBe(200);
});

test('a change of the data shows in the next call', async () => {
  sandbox.data.groups[0] = { _id: planted.unknownGroup, name: 'Renamed' };
  expect((await ask(sandbox, '/v2/groups?limit=1')).text).toContain('Renamed');
});

test('close cuts calls under way, and may be called again', async () => {
  sandbox.latencyMs = 60_000;
  const cut = expect(ask(sandbox, '/v2/groups')).rejects.toThrow('fetch failed');
  while (sandbox.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await sandbox.close();
  await cut;
  await sandbox.close();
});

test('a port that is taken is an error', async () => {
  const port = Number(new URL(sandbox.url).port);
  await expect(createSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
