import { describe, expect, test } from '@jest/globals';
import { type Fault, type FaultServer, REFUSED_URL } from '../support/fault-server.ts';
import {
  figure,
  type FaultStage,
  GROUPS,
  inMs,
  useFaultStage,
  useSharedFaultStage,
} from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

const { stage, stageAt } = useFaultStage();
const SERVED = { data: { groups: { totalCount: 0 } } };
const EXPLAIN = { headers: { 'x-explain': 'true' } };
const well = faults.json(GROUPS);

/** One fault, and then all is well. */
const once =
  (fault: Fault): FaultServer['answer'] =>
  (_, nth) =>
    nth === 1 ? fault : well;

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
    const { body } = await ask(undefined, EXPLAIN);
    const { upstream: explained } = body.extensions ?? {};
    expect({ data: body.data, errors: body.errors }).toEqual({ ...SERVED, errors: undefined });
    expect(upstream.calls.map(({ method }) => method)).toEqual(['GET', 'GET']);
    expect(explained).toMatchObject({ calls: 2, requests: [{ attempts: 2, status: 200 }] });
  });

  test('a connection that went stale in the pool', async () => {
    const { upstream, ask } = await stage(() => well);
    await ask();
    upstream.answer = (_, nth) => (nth === 2 ? faults.reset : well);
    expect((await ask()).body).toEqual(SERVED);
    expect([upstream.calls.length, upstream.accepted]).toEqual([3, 2]);
  });

  test('a connection refused, three times in all', async () => {
    const { ask } = await stageAt(REFUSED_URL);
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
    ['404', faults.status(404), 'UPSTREAM_INVALID_RESPONSE'],
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
    const { codes } = await ask();
    expect(codes).toEqual([code]);
    expect(upstream.calls).toHaveLength(1);
  });
});

describe('the wait', () => {
  test('is not begun where it would outlast the deadline', async () => {
    // Of up to 20 seconds, where the deadline is 10 ahead.
    const retry = { random: () => 0.999, baseMs: 20_000, capMs: 20_000 };
    const { upstream, ask } = await stage(() => faults.status(503), { resilience: { retry } });
    const { codes } = await ask();
    expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(upstream.calls).toHaveLength(1);
  });

  test('holds no slot: others are served meanwhile', async () => {
    const { upstream, ask } = await stage(
      ({ headers }) =>
        headers['authorization'] === 'Bearer slow' && upstream.calls.length === 1
          ? faults.status(503, { 'retry-after': '9' })
          : well,
      { limits: { callsPerRequest: 250, perOwner: 1, total: 1 }, requestDeadlineMs: 60_000 },
    );
    const leaving = new AbortController();
    const slow = ask(undefined, { token: 'slow', signal: leaving.signal });
    await upstream.untilCalled(1);
    const { body } = await ask(undefined, { token: 'other' });
    expect(body).toEqual(SERVED);
    // The first has not come again yet.
    expect(upstream.calls).toHaveLength(2);
    leaving.abort();
    await expect(slow).rejects.toThrow(/abort/i);
  });
});

describe('Retry-After', () => {
  const shared = useSharedFaultStage();
  const inSeconds = (seconds: number): string =>
    new Date(Math.floor(Date.now() / 1000 + seconds) * 1000).toUTCString();

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
    figure('RATE_LIMITED told after', inMs(ms));
  });
});

describe('a Retry-After of garbage', () => {
  const shared = useSharedFaultStage({ requestDeadlineMs: 5000 });
  test.each([
    ...['-5', 'soon', '', '0', '1.5', 'NaN', '-0', '1e3', '0x10', '1, 2', 'Infinity'],
    ...['Thu, 01 Jan 1970 00:00:00 GMT', '9'.repeat(30), '9'.repeat(400), '\u00ff'],
  ])('%j is survived', async (value) => {
    const refuse = faults.status(429, { 'retry-after': value });
    const { ask } = shared.stage(() => refuse);
    const { body, codes } = await ask();
    expect(codes).toEqual(['RATE_LIMITED']);
    expect(body.errors?.[0].extensions.retryAfter).toBeGreaterThanOrEqual(1);
  });
});

test('of two Retry-After the first counts', async () => {
  const { upstream, ask } = await stage(() =>
    faults.status(429, { 'retry-after': '100\r\nretry-after: 200' }),
  );
  const { body, codes } = await ask();
  expect(codes).toEqual(['RATE_LIMITED']);
  expect(body.errors?.[0].extensions.retryAfter).toBe(100);
  expect(upstream.calls).toHaveLength(1);
});

describe('the retry budget', () => {
  /** So that an outage of a minute fits a second; without the breaker, which would end it sooner. */
  const retry = { attempts: 3, baseMs: 1, capMs: 2, random: Math.random };
  const alone = {
    resilience: { retry, breaker: { minCalls: Infinity } },
    // All are served, on a machine that is busy, too.
    ...{ exemptMs: Infinity, requestDeadlineMs: 60_000 },
  };
  let callers = 0;

  /** Calls, 50 at once, none of which is shared. */
  async function offer({ ask }: Pick<FaultStage, 'ask'>, calls: number): Promise<void> {
    for (let left = calls; left > 0; left -= 50) {
      const width = Math.min(50, left);
      await Promise.all(
        Array.from({ length: width }, () => ask(undefined, { token: `c${++callers}` })),
      );
    }
  }

  const outages: readonly [string, Fault][] = [
    ['503', faults.status(503)],
    ['429', faults.status(429)],
    ['resets', faults.reset],
  ];
  test.each(outages)(
    'adds at most a tenth to a total outage of 50 calls or more, however well all went before: %s',
    async (name, fault) => {
      const it = await stage(() => well, alone);
      await offer(it, 200);
      it.upstream.answer = () => fault;
      const before = it.upstream.calls.length;
      // A kept connection that dies is no failure of the call: that goes over a new one, once for each of them.
      const kept = name === 'resets' ? it.upstream.open : 0;
      let offered = 0;
      let retries = 0;
      for (const calls of [50, 50, 300]) {
        await offer(it, calls);
        offered += calls;
        retries = it.upstream.calls.length - before - offered;
        expect(retries).toBeGreaterThanOrEqual(5);
        expect(retries).toBeLessThanOrEqual(5 + kept);
      }
      figure(`outage by ${name}, no breaker`, `${offered} calls offered, ${retries} retries`);
    },
  );

  test('adds no more to one that the gateway starts in', async () => {
    const it = await stage(() => faults.status(503), alone);
    await offer(it, 50);
    expect(it.upstream.calls).toHaveLength(50 + 5);
  });

  test('adds at most a tenth where a part of the calls fails', async () => {
    const it = await stage((_, nth) => (nth % 2 === 0 ? faults.status(503) : well), alone);
    await offer(it, 400);
    const retries = it.upstream.calls.length - 400;
    // Two hundred go well, and the retries that do.
    expect(retries).toBeGreaterThan(15);
    expect(retries).toBeLessThanOrEqual(40);
    figure('half of all calls fail, no breaker', `400 calls offered, ${retries} retries`);
  });

  test('with the breaker, an outage sees less than what is offered', async () => {
    const it = await stage(() => faults.status(503), { resilience: { retry } });
    await offer(it, 400);
    expect(it.upstream.calls.length).toBeLessThan(400 * 0.2);
    figure('outage, as shipped', `400 calls offered, ${it.upstream.calls.length} made in all`);
  });

  test('earns retries back from calls that go well', async () => {
    const it = await stage(() => faults.status(503), alone);
    await offer(it, 50);
    const madeBy = async (answer: Fault, calls: number): Promise<number> => {
      const before = it.upstream.calls.length;
      it.upstream.answer = () => answer;
      await offer(it, calls);
      return it.upstream.calls.length - before;
    };
    expect(await madeBy(faults.status(503), 1)).toBe(1);
    expect(await madeBy(well, 20)).toBe(20);
    expect(await madeBy(faults.status(503), 1)).toBe(3);
  });
});
