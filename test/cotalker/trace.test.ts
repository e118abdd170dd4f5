import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../src/cotalker/call.ts';
import { CotalkerError } from '../../src/cotalker/errors.ts';
import { createTrace } from '../../src/cotalker/trace.ts';
import { idOf, range } from '../support/stage.ts';

const ok = Promise.resolve({ status: 200 });
const groups: Call = { template: '/v2/groups' };
/** What is asked for now, and has not gone out. */
const asked = () => ({ askedAt: performance.now(), sent: { count: 0 } });

test('a call shows what was asked, what came, and nothing else', async () => {
  const trace = createTrace();
  await trace.follow(
    { template: '/v2/task-groups/{id}/tasks', id: idOf(7), query: { limit: 20, count: true } },
    'made',
    ok,
    { ...asked(), sent: { count: 2 } },
  );
  const shown = JSON.stringify(trace.calls).replace(/"ms":[\d.]+/, '"ms":1');
  expect(shown).toBe(
    '[{"method":"GET","path":"/v2/task-groups/{id}/tasks","parameters":{"limit":20,"count":true},' +
      '"status":200,"ms":1,"attempts":2,"source":"made"}]',
  );
});

describe('parameters hold no id', () => {
  test.each<[string, Call['query'], Record<string, unknown>]>([
    ['none', undefined, {}],
    ['one that is left out', { search: undefined }, {}],
    ['numbers and flags as they are', { page: 2, count: true }, { page: 2, count: true }],
    [
      'texts as they are',
      { search: 'río ñ', isActive: 'all' },
      { search: 'río ñ', isActive: 'all' },
    ],
    ['an id as a count', { group: idOf(1) }, { group: '1 id' }],
    ['a list of one as a count', { ids: [idOf(1)] }, { ids: '1 id' }],
    ['a list as a count', { id: range(30).map(idOf) }, { id: '30 ids' }],
    [
      'ids with commas between them as a count',
      { ids: range(3).map(idOf).join() },
      { ids: '3 ids' },
    ],
    ['an id within a text left out', { search: `a ${idOf(1)}b` }, { search: 'a (id)b' }],
    ['an id in capitals left out', { search: idOf(0xabc).toUpperCase() }, { search: '(id)' }],
  ])('%s', async (_, query, expected) => {
    const trace = createTrace();
    await trace.follow({ ...groups, ...(query && { query }) }, 'made', ok, asked());
    expect(trace.calls[0]?.parameters).toEqual(expected);
  });
});

test('calls stand in the order of asking, not of answering', async () => {
  const trace = createTrace();
  const { promise, resolve } = Promise.withResolvers<{ status: number }>();
  const first = trace.follow(groups, 'made', promise, asked());
  await trace.follow({ template: '/v2/users' }, 'made', ok, asked());
  expect(trace.calls.map(({ status }) => status)).toEqual([null, 200]);
  resolve({ status: 200 });
  await first;
  expect(trace.calls.map(({ path, status }) => [path, status])).toEqual([
    ['/v2/groups', 200],
    ['/v2/users', 200],
  ]);
});

test.each([
  ['a status', new CotalkerError('FORBIDDEN', 'no', { status: 403 }), 403],
  ['no answer', new CotalkerError('UPSTREAM_TIMEOUT', 'late'), null],
  ['a defect', new Error('broken'), null],
])('a failed call shows its status and passes its error on: %s', async (_, error, status) => {
  const trace = createTrace();
  const sent = { ...asked(), sent: { count: 1 } };
  await expect(trace.follow(groups, 'made', Promise.reject(error), sent)).rejects.toBe(error);
  expect(trace.calls).toMatchObject([{ status, source: 'made' }]);
});

test.each([
  ['made', new CotalkerError('RATE_LIMITED', 'late', { retryAfter: 1 }), 'unsent'],
  ['made', new CotalkerError('RATE_LIMITED', 'late', { retryAfter: 1, status: 429 }), 'unsent'],
  ['made', new CotalkerError('UPSTREAM_TIMEOUT', 'it waited'), 'unsent'],
  ['shared', new CotalkerError('RATE_LIMITED', 'late', { retryAfter: 1 }), 'unsent'],
  ['reused', new CotalkerError('OVERLOADED', 'late', { retryAfter: 1 }), 'unsent'],
  ['shared', new CotalkerError('UPSTREAM_TIMEOUT', 'it may be out'), 'shared'],
] as const)(
  'what was %s and failed with %o before a call went out is %s',
  async (of, error, source) => {
    const trace = createTrace();
    await expect(trace.follow(groups, of, Promise.reject(error), asked())).rejects.toBe(error);
    expect(trace.calls).toMatchObject([{ status: null, source, attempts: 0 }]);
  },
);

test('attempts are those made by the end, none where the call is not made', async () => {
  const trace = createTrace();
  const sent = { count: 0 };
  const { promise, resolve } = Promise.withResolvers<{ status: number }>();
  const made = trace.follow(groups, 'made', promise, { ...asked(), sent });
  sent.count = 3;
  resolve({ status: 200 });
  await made;
  await trace.follow(groups, 'shared', ok, asked());
  await trace.follow(groups, 'reused', ok, asked());
  expect(trace.calls).toMatchObject([
    { source: 'made', attempts: 3 },
    { source: 'shared', attempts: 0 },
    { source: 'reused', attempts: 0 },
  ]);
});

test('the time covers the whole wait', async () => {
  const trace = createTrace();
  const { promise, resolve } = Promise.withResolvers<{ status: number }>();
  const followed = trace.follow(groups, 'made', promise, asked());
  const start = performance.now();
  await sleep(30);
  const waitedMs = performance.now() - start;
  resolve({ status: 200 });
  await followed;
  expect(trace.calls[0]?.ms).toBeGreaterThanOrEqual(Math.floor(waitedMs * 10) / 10);
});

const failedWith = (status: number) => new CotalkerError('UPSTREAM_UNAVAILABLE', 'no', { status });

test.each<[string, readonly (CotalkerError | undefined)[], 'accepted' | 'rejected' | undefined]>([
  ['200', [undefined], 'accepted'],
  ['403', [failedWith(403)], 'accepted'],
  ['404', [failedWith(404)], 'accepted'],
  ['a body of 200 that cannot be read', [failedWith(200)], undefined],
  ['429', [failedWith(429)], undefined],
  ['503 after 200', [undefined, failedWith(503)], 'accepted'],
  ['401 after 200', [undefined, failedWith(401)], 'rejected'],
  ['401 before 200', [failedWith(401), undefined], 'rejected'],
])('%s: what Cotalker says of the token', async (_, outcomes, token) => {
  const trace = createTrace();
  for (const error of outcomes) {
    const answer = error === undefined ? ok : Promise.reject(error);
    const sent = { ...asked(), sent: { count: 1 } };
    await trace.follow(groups, 'made', answer, sent).catch(() => undefined);
  }
  expect(trace.outcome).toMatchObject({ hasCalled: true, token });
});

test('what was remembered or shared, or has not gone out, is no call and says nothing of the token', async () => {
  const trace = createTrace();
  for (const source of ['remembered', 'shared', 'reused'] as const)
    await trace.follow(groups, source, ok, { ...asked(), sent: { count: 1 } });
  await trace.follow(groups, 'made', ok, asked());
  expect(trace.outcome).toMatchObject({ hasCalled: false, token: undefined });
});

test.each([
  ['OVERLOADED', true],
  ['RATE_LIMITED', false],
] as const)('%s: refused by the line for slots is %s', async (code, isTurnedAway) => {
  const trace = createTrace();
  const refused = Promise.reject(new CotalkerError(code, 'too late', { retryAfter: 1 }));
  await trace.follow(groups, 'made', refused, asked()).catch(() => undefined);
  expect(trace.outcome).toMatchObject({ hasCalled: false, isTurnedAway });
});

test('a call counts from its going out on, before its answer', () => {
  const trace = createTrace();
  const sent = { count: 0 };
  void trace.follow(groups, 'made', new Promise<{ status: number }>(() => undefined), {
    ...asked(),
    sent,
  });
  expect(trace.outcome.hasCalled).toBe(false);
  sent.count = 1;
  expect(trace.outcome.hasCalled).toBe(true);
});
