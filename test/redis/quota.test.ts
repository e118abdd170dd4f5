import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { figure, inMs } from '../support/fault-stage.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type QuotaUpstream, startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

/* Two gateways with one Redis and one Cotalker, which counts the calls of a company in a window that slides. */

const ONE = 'query One($search: String) { groups(filter: { search: $search }) { totalCount } }';
const TOKEN = tokenOf('acme');
const WINDOW_MS = 2000;
const CALLS = 30;
/** What event loops and clocks add to the 50 ms. */
const SPARE_MS = 30;
/** Below that an answer of Redis counts as none that is late: see `patience.ts`. */
const USUAL_MS = 15;
/** What the gateway itself, in this process, may add to what was measured on the way to Redis. */
const MAX_STALL_NS = 10e6;

let closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

interface Stage {
  readonly upstream: QuotaUpstream;
  readonly redis: RedisServer;
  readonly one: TestGateway;
  readonly other: TestGateway;
}
interface Options {
  /** What the gateways begin with. Default: what Cotalker allows. */
  readonly calls?: number;
  /** Where they look for Redis. */
  readonly urlOf?: (redis: RedisServer) => string | Promise<string>;
  /** Where it is set, a call that is silent for half of it has a second attempt. */
  readonly requestDeadlineMs?: number;
}
async function open({
  calls = CALLS,
  urlOf = ({ url }) => url,
  requestDeadlineMs,
}: Options = {}): Promise<Stage> {
  const redis = await startRedisServer();
  const upstream = await startQuotaUpstream(WINDOW_MS, 5);
  upstream.limit = CALLS;
  closing.push(redis.close, upstream.close);
  const quotaUrl = await urlOf(redis);
  const quota = { calls, windowMs: WINDOW_MS, share: 0.5 };
  const start = async (): Promise<TestGateway> => {
    const limits = { callsPerRequest: 250, perOwner: 10, total: 256, quota };
    const gateway = await startGateway(upstream.url, {
      ...{ limits, quotaUrl, isMetered: true },
      ...(requestDeadlineMs !== undefined && { requestDeadlineMs, givesUpSilent: true }),
    });
    closing.push(gateway.close);
    await untilTold(gateway, 'Redis: connected');
    // It has to know first that Cotalker takes the token.
    await ask(gateway);
    return gateway;
  };
  const stage = { upstream, redis, one: await start(), other: await start() };
  await ended();
  return stage;
}
/** Until no call counts any more, wherever it has been counted. */
const ended = () => sleep(1.5 * WINDOW_MS + 500);
const told = ({ logs }: TestGateway) => logs.map(({ msg }) => String(msg));
async function untilTold(gateway: TestGateway, what: string): Promise<void> {
  const end = performance.now() + 20_000;
  while (!told(gateway).some((line) => line.startsWith(what))) {
    if (performance.now() > end) throw new Error(`it does not say: ${what}`);
    await sleep(5);
  }
}
const isShared = async (gateway: TestGateway): Promise<boolean> =>
  (await gateway.metrics()).includes('quota_unshared_companies 0\n');

let asked = 0;
/** Whether the answer is whole. */
async function ask(gateway: TestGateway): Promise<boolean> {
  asked += 1;
  const variables = { search: `a ${asked}` };
  return (await gateway.ask(ONE, { token: TOKEN, variables })).body.errors === undefined;
}
const many = (count: number, act: () => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, act));
/** Asks anew whenever it is answered, for so long. Tells how many answers were whole, in each window. */
async function press(gateway: TestGateway, ms: number): Promise<number> {
  const begun = performance.now();
  let whole = 0;
  await many(CALLS * 1.5, async () => {
    while (performance.now() < begun + ms) if (await ask(gateway)) whole += 1;
  });
  return (whole * WINDOW_MS) / (performance.now() - begun);
}
const refused = ({ calls }: QuotaUpstream): number =>
  calls.filter(({ status }) => status === 429).length;
const inTenths = (...counts: number[]): string =>
  counts.map((count) => count.toFixed(1)).join(' and ');

describe('two instances', () => {
  test('that are both busy have half of the quota each: all of it is used, and nothing refused', async () => {
    const { upstream, one, other } = await open();
    const [ones, others] = await Promise.all([press(one, 6000), press(other, 6000)]);
    figure(`calls in a window of ${CALLS}, of two that are busy`, inTenths(ones, others));
    expect(refused(upstream)).toBe(0);
    expect(ones + others).toBeGreaterThan(CALLS * 0.7);
    expect(Math.min(ones, others)).toBeGreaterThan((ones + others) * 0.35);
  });

  test('of which one is idle: the other has all of it', async () => {
    const { upstream, one } = await open();
    const ones = await press(one, 4000);
    figure(`calls in a window of ${CALLS}, of one beside an idle one`, inTenths(ones));
    expect(refused(upstream)).toBe(0);
    expect(ones).toBeGreaterThan(CALLS * 0.7);
  });

  test('of which one begins while the other has all of it: its few calls come in their turn', async () => {
    const { upstream, one, other } = await open();
    const pressing = press(one, 5000);
    await sleep(2000);
    const waits: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const begun = performance.now();
      expect(await ask(other)).toBe(true);
      waits.push(performance.now() - begun);
    }
    await pressing;
    figure('waited beside a busy one', waits.map(inMs).join(' '));
    // Once it is known to want a part, there is one for it.
    expect(Math.max(...waits)).toBeLessThan(2 * WINDOW_MS);
    expect(refused(upstream)).toBe(0);
  });

  test('grant a second attempt its place, where a call is silent', async () => {
    const { upstream, one } = await open({ requestDeadlineMs: 1000 });
    const before = upstream.calls.length;
    upstream.standsUntil = performance.now() + 700;
    expect(await ask(one)).toBe(true);
    expect(upstream.calls.length - before).toBe(2);
  });

  test('wait both where one is told to: a 429 is nobody else’s', async () => {
    const { upstream, redis, one, other } = await open();
    await many(3, () => ask(other));
    await ended();
    upstream.spend('acme', CALLS);
    const before = upstream.calls.length;
    const first = ask(one);
    // It is refused, and tells the other.
    const [key = ''] = await redis.keys();
    while ((await redis.send('HGET', key, 'pause')) === null) await sleep(5);
    expect(refused(upstream)).toBe(1);
    await Promise.all([first, ask(other)]);
    const [refusal, ...later] = upstream.calls.slice(before);
    // It was told to wait for a second.
    expect(Math.min(...later.map(({ at }) => at - (refusal?.at ?? 0)))).toBeGreaterThan(900);
  });

  test('know what one has learnt of the limit', async () => {
    const { upstream, one, other } = await open({ calls: 3 * CALLS });
    await Promise.all([press(one, 3000), press(other, 3000)]);
    const learning = refused(upstream);
    expect(learning).toBeGreaterThan(0);
    await ended();
    await press(other, 3000);
    await press(one, 3000);
    figure('refused while two learnt of a limit, and later', inTenths(learning, refused(upstream)));
    expect(refused(upstream) - learning).toBeLessThan(5);
  });
});

describe('a Redis', () => {
  test('that dies and comes back: each takes its part meanwhile, and nothing is refused', async () => {
    const { upstream, redis, one, other } = await open();
    const pressing = Promise.all([press(one, 9000), press(other, 9000)]);
    await sleep(2000);
    await redis.kill();
    await sleep(3000);
    const without = upstream.calls.length;
    await redis.restart();
    const [ones, others] = await pressing;
    figure(`calls in a window of ${CALLS}, around the death of Redis`, inTenths(ones, others));
    figure('refused around the death of Redis', String(refused(upstream)));
    expect(refused(upstream)).toBe(0);
    expect(ones + others).toBeGreaterThan(CALLS * 0.6);
    expect(upstream.calls.length).toBeGreaterThan(without);
    // Both are there again.
    await ended();
    expect(await redis.keys()).toHaveLength(1);
    for (const gateway of [one, other]) {
      expect(told(gateway).filter((line) => line === 'Redis: connected')).toHaveLength(2);
      expect(await gateway.metrics()).toMatch(/quota_unshared_companies 0\n/);
    }
  });

  test('that dies costs no request anything, not even the first of an idle instance', async () => {
    const { redis, one, other } = await open();
    const usual = await usualOf(one);
    await ask(one);
    await redis.kill();
    await untilTold(other, 'Redis: no connection');
    for (const gateway of [one, other])
      expect((await timed(gateway)) - usual).toBeLessThan(50 + SPARE_MS);
    expect(await one.metrics()).toMatch(/quota_unshared_companies 1\n/);
  });

  test('that hangs costs the first request 50 ms, and those after it nothing', async () => {
    const { redis, one } = await open();
    const usual = await usualOf(one);
    redis.stop();
    const first = await timed(one);
    const next = await timed(one);
    redis.resume();
    figure('Redis stopped: the first request took, the next', `${inMs(first)}, ${inMs(next)}`);
    expect(first).toBeGreaterThan(40);
    expect(first - usual).toBeLessThan(50 + 2 * SPARE_MS);
    expect(next - usual).toBeLessThan(2 * SPARE_MS);
    expect(told(one)).toContainEqual(expect.stringContaining('quotas are not shared'));
    while (!(await isShared(one))) await ask(one);
    await untilTold(one, 'Redis: instances share quotas again');
  });

  test('that answers late costs a request 50 ms, of all its calls together', async () => {
    const late: Late = { ms: 0, took: [], asked: [] };
    const { one } = await open({ urlOf: (redis) => startLate(redis, late) });
    const usual = await usualOf(one);
    late.ms = 20;
    const pages = 'query Chain { groups(first: 1) { totalCount nodes { id } } }';
    const all: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      await one.ask(pages, { token: TOKEN });
      all.push(await timed(one));
      await ended();
    }
    expect(Math.min(...all) - usual).toBeLessThan(50 + 2 * SPARE_MS);
  });

  test('that answers after 12 ms is shared on, however often a request asks it', async () => {
    const late: Late = { ms: 12, took: [], asked: [] };
    const { one, other, upstream } = await open({ urlOf: (redis) => startLate(redis, late) });
    const CHAIN =
      '{ groups(filter: { type: TASK }) { nodes { __typename } } mainMenu { __typename ... on StandardGroup { channels { totalCount } } } }';
    const unshared = (gateway: TestGateway): number =>
      told(gateway).filter((line) => line.includes('not shared')).length;
    const loop = monitorEventLoopDelay({ resolution: 1 });
    loop.enable();
    closing.push(() => loop.disable());
    let [rounds, counted] = [0, 0];
    while (counted < 6) {
      expect(rounds).toBeLessThan(200);
      for (const gateway of [one, other]) {
        while (!(await isShared(gateway))) await ask(gateway);
        late.took.length = 0;
        // Two answers may have come as one.
        for (const asked of late.asked) asked.length = 0;
        loop.reset();
        const before = unshared(gateway);
        const { body } = await gateway.ask(CHAIN, { token: TOKEN });
        expect(body.errors).toBeUndefined();
        expect(await ask(gateway)).toBe(true);
        const outcome = [await isShared(gateway), unshared(gateway) - before];
        rounds += 1;
        // The machine may add to some, or two answers come as one: these rounds say nothing.
        if (late.took.length < 2) continue;
        if (Math.max(...late.took) >= USUAL_MS || loop.max > MAX_STALL_NS) continue;
        counted += 1;
        expect(outcome).toEqual([true, 0]);
      }
    }
    figure('Redis after 12 ms: rounds, of which count', `${rounds}, ${counted}`);
    expect(refused(upstream)).toBe(0);
  });

  test.each([
    ['an hour', 3_600_000],
    ['half a window', WINDOW_MS / 2],
  ])(
    'whose clock is set back by %s keeps no company waiting for longer than a window',
    async (_, ms) => {
      const { one, other, redis } = await open();
      await many(CALLS / 2, () => ask(other));
      const [key = ''] = await redis.keys();
      // What lies there as if it had been written by that clock.
      const fields = (await redis.send('HGETALL', key)) as Buffer[];
      for (let n = 0; n < fields.length; n += 2) {
        const [name = '', value = ''] = fields.slice(n, n + 2).map(String);
        if (name === 'limit') continue;
        const moved = value.replace(/\d{13}/g, (at) => String(Number(at) + ms));
        await redis.send('HSET', key, name, moved);
      }
      await redis.send('HSET', key, 'pause', String(Date.now() + ms));
      expect(await timed(one)).toBeLessThan(2 * WINDOW_MS);
    },
  );
});

async function timed(gateway: TestGateway): Promise<number> {
  const begun = performance.now();
  expect(await ask(gateway)).toBe(true);
  return performance.now() - begun;
}
/** What a request takes while Redis is well: the least of several, since the machine adds to any one what it likes. */
async function usualOf(gateway: TestGateway): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < 4; n += 1) all.push(await timed(gateway));
  // No place is kept for the next.
  await ended();
  return Math.min(...all);
}

interface Late {
  /** What is added to each command. */
  ms: number;
  /** How long the commands took here, with all that. */
  readonly took: number[];
  /** When those on their way were asked, a list for each connection. */
  readonly asked: number[][];
}
/** A way to Redis on which each command takes so long. */
async function startLate(redis: RedisServer, late: Late): Promise<string> {
  const server = createServer((from) => {
    const quiet = (socket: Socket) => socket.on('error', () => undefined);
    const to = quiet(connect({ host: '127.0.0.1', port: Number(new URL(redis.url).port) }));
    const asked: number[] = [];
    late.asked.push(asked);
    quiet(from).on('data', (data) => {
      asked.push(performance.now());
      setTimeout(() => to.write(data), late.ms);
    });
    to.on('data', (data) => {
      from.write(data);
      const begun = asked.shift();
      // Once the gateway, which is in this process, has had the time to read it.
      const note = () => begun !== undefined && late.took.push(performance.now() - begun);
      setImmediate(() => setImmediate(note));
    });
    from.on('close', () => to.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
