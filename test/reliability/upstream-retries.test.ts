import { describe, expect, test } from '@jest/globals';
import { type Fault, type FaultServer, refusedUrl } from '../support/fault-server.ts';
import {
  figure,
  type FaultStage,
  GROUPS,
  inMs,
  useFaultStage,
  useSharedFaultStage,
} from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import '../support/timed.ts';

const { stage, stageAt } = useFaultStage();
const SERVED = { data: { groups: { totalCount: 0 } } };
const EXPLAIN = { headers: { 'x-explain': 'true' } };
const well = faults.json(GROUPS);

/** One fault, and then all is well. */
const once =
  (fault: Fault): FaultServer['answer'] =>
  (_, nth) =>
    nth === 1 ? fault : well;

/** Milliseconds between the first request and the second. */
const firstGap = ({ calls }: FaultServer): number => (calls[1]?.at ?? NaN) - (calls[0]?.at ?? NaN);

describe('tried again', () => {
  test.each<[string, Fault]>([
    ['429', faults.status(429, { 'retry-after': '1' })],
    ['502', faults.status(502)],
    ['503', faults.status(503, {}, '<html>maintenance</html>')],
    ['503 with a body that drips', faults.drippingBody(503)],
    ['503 with a body without an end', faults.endlessError],
    ['504', faults.status(504)],
    ['a connection that is reset', faults.reset],
    ['a connection that is closed', faults.drop],
    ['a connection that is closed within the headers', faults.rawAndEnd('HTTP/1.1 200 OK\r\nx: ')],
  ])('%s', async (_, fault) => {
    const { upstream, ask } = await stage(once(fault));
    const { body, ms } = await ask(undefined, EXPLAIN);
    const { upstream: explained } = body.extensions ?? {};
    expect({ data: body.data, errors: body.errors }).toEqual({ ...SERVED, errors: undefined });
    expect(upstream.calls.map(({ method }) => method)).toEqual(['GET', 'GET']);
    expect(explained).toMatchObject({ calls: 2, requests: [{ attempts: 2, status: 200 }] });
    expect(ms).toBeLessThan(2000);
  });

  test('a connection that went stale in the pool', async () => {
    const { upstream, ask } = await stage(() => well);
    await ask();
    upstream.answer = (_, nth) => (nth === 2 ? faults.reset : well);
    expect((await ask()).body).toEqual(SERVED);
    expect([upstream.calls.length, upstream.accepted]).toEqual([3, 2]);
  });

  test('a connection refused, three times in all', async () => {
    const { ask } = await stageAt(await refusedUrl());
    const { body, codes, ms } = await ask(undefined, EXPLAIN);
    expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(body.extensions?.upstream.requests).toMatchObject([{ attempts: 3, status: null }]);
    figure('refused: 3 attempts, given up after', inMs(ms));
  });

  test('three attempts and no more', async () => {
    const { upstream, ask } = await stage(() => faults.status(503));
    const { body, codes } = await ask(undefined, EXPLAIN);
    expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(upstream.calls).toHaveLength(3);
    expect(body.extensions?.upstream.requests).toMatchObject([{ attempts: 3, status: 503 }]);
  });
});

describe('not tried again', () => {
  const shared = useSharedFaultStage();
  test.each<[string, Fault, string]>([
    ['400', faults.status(400), 'UPSTREAM_INVALID_RESPONSE'],
    ['401', faults.status(401), 'UNAUTHENTICATED'],
    ['403', faults.status(403), 'FORBIDDEN'],
    ['404', faults.status(404), 'NOT_FOUND'],
    ['500', faults.status(500), 'UPSTREAM_UNAVAILABLE'],
    ['501', faults.status(501), 'UPSTREAM_UNAVAILABLE'],
    ['a redirect', faults.status(302, { location: '/api/v2/users' }), 'UPSTREAM_INVALID_RESPONSE'],
    ['HTML', faults.text('<html>'), 'UPSTREAM_INVALID_RESPONSE'],
    ['no HTTP', faults.rawAndEnd('SSH-2.0\r\n'), 'UPSTREAM_INVALID_RESPONSE'],
    ['a body cut off', faults.truncated('{}'), 'UPSTREAM_INVALID_RESPONSE'],
    ['a reset behind the headers', faults.resetAfterHead, 'UPSTREAM_INVALID_RESPONSE'],
    ['a reset in the body', faults.resetInBody, 'UPSTREAM_INVALID_RESPONSE'],
  ])('%s', async (_, fault, code) => {
    const { upstream, ask } = shared.stage(() => fault);
    const { codes, ms } = await ask();
    expect(codes).toEqual([code]);
    expect(upstream.calls).toHaveLength(1);
    expect(ms).toBeLessThan(500);
  });
});

describe('the wait', () => {
  /** As if chance chose the longest wait each time, or the shortest. */
  const random = (value: number) => ({ resilience: { retry: { random: () => value } } });
  const gaps = ({ calls }: FaultServer): number[] =>
    calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? NaN));

  test('is anything from nothing to 200 ms, then to 400 ms', async () => {
    const longest = await stage(() => faults.status(503), random(0.999));
    await longest.ask();
    const [first = 0, second = 0] = gaps(longest.upstream);
    expect(first).toBeGreaterThan(195);
    expect(first).toBeLessThan(300);
    expect(second).toBeGreaterThan(395);
    expect(second).toBeLessThan(500);

    const shortest = await stage(() => faults.status(503), random(0));
    expect((await shortest.ask()).ms).toBeLessThan(100);
    expect(shortest.upstream.calls).toHaveLength(3);
    figure('the longest waits', `${inMs(first)}, ${inMs(second)}`);
  });

  test('is not begun where it would outlast the deadline', async () => {
    const options = { ...random(0.999), requestDeadlineMs: 150 };
    const { upstream, ask } = await stage(() => faults.status(503), options);
    const { codes, ms } = await ask();
    expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(upstream.calls).toHaveLength(1);
    expect(ms).toBeLessThan(100);
  });

  test('holds no slot: others are served meanwhile', async () => {
    const { upstream, ask } = await stage(
      ({ headers }) =>
        headers['authorization'] === 'Bearer slow' && upstream.calls.length === 1
          ? faults.status(503, { 'retry-after': '1' })
          : well,
      { limits: { callsPerRequest: 250, perOwner: 1, total: 1 } },
    );
    const slow = ask(undefined, { token: 'slow' });
    await upstream.untilCalled(1);
    const { body, ms } = await ask(undefined, { token: 'other' });
    expect(body).toEqual(SERVED);
    expect(ms).toBeLessThan(300);
    expect((await slow).body).toEqual(SERVED);
  });
});

describe('Retry-After', () => {
  const shared = useSharedFaultStage();
  const inSeconds = (seconds: number): string =>
    new Date(Math.floor(Date.now() / 1000 + seconds) * 1000).toUTCString();

  test.each([
    ['seconds', 429, () => '1', 1000],
    ['a date', 429, () => inSeconds(2), 900],
    ['seconds, with 503', 503, () => '1', 1000],
  ])('is waited for where it fits the deadline: %s', async (_, code, value, atLeastMs) => {
    const refuse: Fault = (socket) => faults.status(code, { 'retry-after': value() })(socket);
    const { upstream, ask } = await stage(once(refuse), { requestDeadlineMs: 4000 });
    expect((await ask()).body).toEqual(SERVED);
    expect(firstGap(upstream)).toBeGreaterThanOrEqual(atLeastMs);
    expect(firstGap(upstream)).toBeLessThan(2500);
    figure(`Retry-After ${code} of 1 s or 2 s waited`, inMs(firstGap(upstream)));
  });

  test.each([
    ['seconds', () => '30', 30, 30],
    ['a date', () => inSeconds(30), 25, 31],
  ])('is told at once where it does not: %s', async (_, value, from, to) => {
    const { upstream, ask } = shared.stage(() => faults.status(429, { 'retry-after': value() }));
    const { body, ms } = await ask();
    const { code, retryAfter } = body.errors?.[0].extensions ?? {};
    expect(code).toBe('RATE_LIMITED');
    expect(retryAfter).toBeGreaterThanOrEqual(from);
    expect(retryAfter).toBeLessThanOrEqual(to);
    expect(upstream.calls).toHaveLength(1);
    expect(ms).toBeLessThan(200);
    figure('RATE_LIMITED told after', inMs(ms));
  });
});

describe('a Retry-After of garbage', () => {
  const shared = useSharedFaultStage({ requestDeadlineMs: 500 });
  test.each([
    ...['-5', 'soon', '', '0', '1.5', 'NaN', '-0', '1e3', '0x10', '1, 2', 'Infinity'],
    ...['Thu, 01 Jan 1970 00:00:00 GMT', '9'.repeat(30), '9'.repeat(400), '\u00ff'],
  ])('%j is survived', async (value) => {
    const refuse = faults.status(429, { 'retry-after': value });
    const { ask } = shared.stage(() => refuse);
    const { body, codes, ms } = await ask();
    expect(codes).toEqual(['RATE_LIMITED']);
    expect(body.errors?.[0].extensions.retryAfter).toBeGreaterThanOrEqual(1);
    expect(ms).toBeLessThan(600);
  });
});

describe('the retry budget', () => {
  const CALLS = 400;
  /** So that an outage of a minute fits a second. */
  const quick = { attempts: 3, baseMs: 1, capMs: 2, random: Math.random };

  async function offer({ ask }: Pick<FaultStage, 'ask'>): Promise<void> {
    for (let n = 0; n < CALLS; n += 50) {
      const tokens = Array.from({ length: 50 }, (_, index) => `caller-${n + index}`);
      await Promise.all(tokens.map((token) => ask(undefined, { token })));
    }
  }

  test('keeps what retries add at a tenth, beyond the ten that are saved up', async () => {
    const never = { minCalls: Infinity };
    const it = await stage(() => faults.status(503), {
      resilience: { retry: quick, breaker: never },
    });
    await offer(it);
    const added = it.upstream.calls.length - CALLS;
    expect(added).toBeGreaterThan(CALLS * 0.1 - 2);
    expect(added).toBeLessThanOrEqual(CALLS * 0.1 + 10);
    figure('outage, no breaker', `${CALLS} calls offered, ${added} retries`);
  });

  test('with the breaker, an outage sees less than what is offered', async () => {
    const it = await stage(() => faults.status(503), { resilience: { retry: quick } });
    await offer(it);
    expect(it.upstream.calls.length).toBeLessThan(CALLS * 0.2);
    figure('outage, as shipped', `${CALLS} calls offered, ${it.upstream.calls.length} made in all`);
  });

  test('earns retries back from calls that go well', async () => {
    const never = { minCalls: Infinity };
    const it = await stage(() => faults.status(503), {
      resilience: { retry: quick, breaker: never },
    });
    for (let n = 0; n < 10; n += 1) await it.ask();
    expect(it.upstream.calls.length).toBe(10 + 10);
    it.upstream.answer = () => well;
    for (let n = 0; n < 20; n += 1) await it.ask();
    it.upstream.answer = () => faults.status(503);
    const before = it.upstream.calls.length;
    await it.ask();
    expect(it.upstream.calls.length - before).toBe(3);
  });
});
