import { describe, expect, test } from '@jest/globals';
import type { Fault, FaultServer } from '../support/fault-server.ts';
import { GROUPS, LISTING, useFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { range } from '../support/stage.ts';

/*
 * If nothing has come of an answer for half of the deadline, a second attempt goes over a new connection. The first one
 * goes on beside it, and the one that is answered first wins.
 */

const { stage } = useFaultStage();
/** Long, so that what a busy machine takes before a call goes out leaves time for a second attempt. */
const DEADLINE_MS = 2500;
const SILENT = {
  // A single failure would open the breaker, and nothing is retried.
  resilience: { retry: { attempts: 1 }, breaker: { minCalls: 1 } },
  requestDeadlineMs: DEADLINE_MS,
  givesUpSilent: true,
  isMetered: true,
};
const EXPLAIN = { headers: { 'x-explain': 'true' } };
const well = faults.json(GROUPS);
const ONE_GROUP = { data: { groups: [{ _id: '1'.padStart(24, '0') }], count: 1 } };
const later =
  (ms: number, fault: Fault): Fault =>
  (socket) =>
    setTimeout(() => fault(socket), ms);
/** The first GETs of all come to these, and those after them go well. */
const first =
  (...some: readonly Fault[]): FaultServer['answer'] =>
  (_, nth) =>
    some[nth - 1] ?? well;

describe('the one that is answered first wins', () => {
  test('the second, where the first connection is dead: that one is closed', async () => {
    const { upstream, gateway, ask } = await stage(first(faults.hang), SILENT);
    const { codes, body } = await ask(LISTING, EXPLAIN);
    expect(codes).toEqual([]);
    expect(body.extensions?.upstream.requests).toMatchObject([{ attempts: 2, status: 200 }]);
    expect([upstream.calls.length, upstream.accepted]).toEqual([2, 2]);
    await upstream.untilOpen(1);
    const metrics = await gateway.metrics();
    for (const status of ['200', 'abandoned'])
      expect(metrics).toMatch(
        new RegExp(`upstream_requests_total\\{endpoint="/v2/groups",status="${status}"\\} 1\n`),
      );
    // The breaker has counted no failure, and the new connection is kept.
    expect((await ask()).codes).toEqual([]);
    expect(upstream.accepted).toBe(2);
  });

  test('the first, where Cotalker takes more than half of the deadline', async () => {
    const { upstream, ask } = await stage(() => later(0.7 * DEADLINE_MS, well), SILENT);
    expect((await ask()).codes).toEqual([]);
    expect([upstream.calls.length, upstream.accepted]).toEqual([2, 2]);
    await upstream.untilOpen(1);
    upstream.answer = () => well;
    expect((await ask()).codes).toEqual([]);
    expect(upstream.accepted).toBe(2);
  });

  test('none, where neither is answered: both are closed at the deadline', async () => {
    const { upstream, ask } = await stage(() => faults.hang, SILENT);
    expect((await ask()).codes).toEqual(['UPSTREAM_TIMEOUT']);
    expect(upstream.calls).toHaveLength(2);
    await upstream.untilOpen(0);
  });

  test('none, where the caller leaves: both are closed', async () => {
    const { upstream, ask } = await stage(() => faults.hang, {
      ...SILENT,
      requestDeadlineMs: 2 * DEADLINE_MS,
    });
    const leaving = new AbortController();
    const left = ask(LISTING, { signal: leaving.signal });
    await upstream.untilCalled(2);
    leaving.abort();
    await expect(left).rejects.toThrow(/abort/i);
    await upstream.untilOpen(0);
  });
});

describe('an error', () => {
  test.each<[string, readonly Fault[], string[]]>([
    [
      'that a retry does not cure is an answer',
      [faults.hang, faults.status(401)],
      ['UNAUTHENTICATED'],
    ],
    [
      'that may pass is none: the first goes on',
      [later(0.7 * DEADLINE_MS, well), faults.status(503)],
      [],
    ],
    [
      'that may pass is none: the second goes on',
      [later(0.6 * DEADLINE_MS, faults.reset), later(0.3 * DEADLINE_MS, well)],
      [],
    ],
  ])('%s', async (_, both, codes) => {
    const { upstream, ask } = await stage(first(...both), SILENT);
    expect((await ask()).codes).toEqual(codes);
    expect(upstream.calls).toHaveLength(2);
  });
});

test('the other idle connections are kept', async () => {
  const { upstream, ask } = await stage(() => later(100, well), SILENT);
  await Promise.all(range(3).map((n) => ask(LISTING, { token: `t${n}` })));
  expect(upstream.open).toBe(3);
  upstream.answer = (_, nth) => (nth === 4 ? faults.hang : well);
  expect((await ask()).codes).toEqual([]);
  await upstream.untilOpen(3);
  expect([upstream.open, upstream.accepted]).toEqual([3, 4]);
});

test('all calls of a request have a second attempt, where it has as many as it may have at once', async () => {
  const { upstream, ask } = await stage(first(...Array<Fault>(10).fill(faults.hang)), SILENT);
  const fields = range(20).map((n) => `f${n}: groups(filter: { search: "${n}" }) { totalCount }`);
  expect((await ask(`{ ${fields.join(' ')} }`)).codes).toEqual([]);
  expect(upstream.calls).toHaveLength(30);
  await upstream.untilOpen(10);
});

describe('there is no second attempt', () => {
  test('without a free slot', async () => {
    const limits = { callsPerRequest: 250, perOwner: 1, total: 1 };
    const { upstream, ask } = await stage(first(faults.hang), { ...SILENT, limits });
    expect((await ask()).codes).toEqual(['UPSTREAM_TIMEOUT']);
    expect(upstream.calls).toHaveLength(1);
  });

  test('without enough time', async () => {
    // Before it counts as silent, and so late that the next call has less than 250 ms left where that does.
    const late = later(DEADLINE_MS / 2 - 200, faults.json(ONE_GROUP));
    const { upstream, ask } = await stage(
      ({ path }) => (path === '/v2/groups' ? late : faults.hang),
      SILENT,
    );
    expect((await ask('{ groups { nodes { __typename } } }')).codes).toEqual(['UPSTREAM_TIMEOUT']);
    expect(upstream.calls.map(({ path }) => path)).toEqual(['/v2/groups', '/v2/task-groups']);
  });

  test('without a place in the quota, in which it counts', async () => {
    const quota = { calls: 3, windowMs: 60_000, share: 1 };
    const limits = { callsPerRequest: 250, perOwner: 10, total: 100, quota };
    // Until Cotalker accepts the token, its calls go one by one.
    const { upstream, ask } = await stage(first(well, faults.hang), { ...SILENT, limits });
    expect((await ask()).codes).toEqual([]);
    expect((await ask()).codes).toEqual([]);
    expect(upstream.calls).toHaveLength(3);
    expect((await ask()).codes).toEqual(['RATE_LIMITED']);
    expect(upstream.calls).toHaveLength(3);

    const fewer = { ...limits, quota: { ...quota, calls: 2 } };
    const other = await stage(first(well, faults.hang), { ...SILENT, limits: fewer });
    expect((await other.ask()).codes).toEqual([]);
    expect((await other.ask()).codes).toEqual(['UPSTREAM_TIMEOUT']);
    expect(other.upstream.calls).toHaveLength(2);
  });
});
