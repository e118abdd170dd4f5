import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import { echo, markOf, marksIn } from '../support/echo.ts';
import { type AskOptions, startGateway, type TestGateway } from '../support/gateway.ts';
import { readSamples } from '../support/metrics.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { startUpstream, type StubUpstream } from '../support/upstream.ts';
import { createVersioned, NARROW, type Versioned } from '../support/versioned.ts';

/* The response cache in Redis: what instances share, and what nobody can take out of it or put in. */

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.close());

let versioned: Versioned;
let upstream: StubUpstream;
const gateways: TestGateway[] = [];
beforeEach(async () => {
  await redis.send('FLUSHALL');
  versioned = createVersioned();
  upstream = await startUpstream((request, response) => versioned.answer(request, response));
});
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await upstream.close();
});

/** An instance, once it has its connection. */
async function instance(caching: object = {}, url = upstream.url): Promise<TestGateway> {
  const gateway = await startGateway(url, {
    isMetered: true,
    caching: { ttlMs: 60_000, redisUrl: redis.url, ...caching },
  });
  gateways.push(gateway);
  const isUp = () => gateway.logs.some(({ msg }) => msg === 'Redis: connected');
  while (!isUp()) await sleep(5);
  return gateway;
}
async function ask(gateway: TestGateway, options: AskOptions = {}, query = NARROW) {
  const headers = { 'x-explain': 'true', ...options.headers };
  const { body } = await gateway.ask(query, { ...options, headers });
  const { requests } = body.extensions.upstream;
  return {
    names: body.data?.groups?.nodes.map(({ name }: any) => name),
    from: requests.map(({ source, status }: any) => `${source} ${status}`),
  };
}
/**
 * Waits until it is so. Writes are not waited for, and a slow look-up is a miss, after which nothing is written for half
 * a second.
 *
 * @param again Asks once more, from time to time.
 */
async function until(
  isSo: () => Promise<boolean>,
  again: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const end = performance.now() + 20_000;
  for (let n = 1; !(await isSo()); n += 1) {
    if (performance.now() > end) throw new Error('it does not come to that');
    await sleep(5);
    if (n % 20 === 0) await again();
  }
}
async function keysOnce(count: number, again: () => Promise<unknown>): Promise<string[]> {
  let keys: string[] = [];
  await until(async () => (keys = await redis.keys()).length >= count, again);
  return keys;
}
/** Until one of several rounds, each with a token of its own, comes out like this: a slow look-up spoils one. */
async function expectOfRound(expected: unknown, round: (token: string) => Promise<unknown>) {
  let outcome: unknown;
  for (let n = 0; n < 5 && !isDeepStrictEqual(outcome, expected); n += 1) {
    // Until Redis is asked again.
    if (n > 0) await sleep(600);
    await redis.send('FLUSHALL');
    outcome = await round(`round-${n}`);
  }
  expect(outcome).toEqual(expected);
}
const errors = async (gateway: TestGateway): Promise<number | undefined> =>
  readSamples(await gateway.metrics()).find(
    ({ name, labels }) => name.endsWith('cache_lookups_total') && labels['result'] === 'error',
  )?.value;

const MADE = { names: ['one'], from: ['made 200'] };
const HIT = { names: ['one'], from: ['remembered 200'] };

describe('two instances', () => {
  test('share what one of them was answered', async () => {
    const [a, b] = [await instance(), await instance()];
    await expectOfRound([MADE, HIT, HIT, 1], async (token) => {
      const before = upstream.calls.length;
      const first = await ask(a, { token });
      await keysOnce(1, () => ask(a, { token }));
      const hits = [await ask(b, { token }), await ask(a, { token })];
      return [first, ...hits, upstream.calls.length - before];
    });
  });

  test('share an ETag, and that the answer still holds', async () => {
    const [a, b] = [await instance({ ttlMs: 300 }), await instance({ ttlMs: 300 })];
    versioned.etag = '"v1"';
    await expectOfRound([{ names: ['one'], from: ['made 304'] }, HIT], async (token) => {
      await ask(a, { token });
      await sleep(310);
      const other = await ask(b, { token });
      await sleep(20);
      return [other, await ask(a, { token })];
    });
  });

  test.each([
    ['with another secret', { secret: 't'.repeat(32) }],
    ['in front of another Cotalker', undefined],
  ])('%s share nothing', async (_, caching) => {
    const other = await startUpstream((request, response) => versioned.answer(request, response));
    const [a, b] = [await instance(), await instance(caching, caching ? upstream.url : other.url)];
    await ask(a);
    await keysOnce(1, () => ask(a));
    expect(await ask(b)).toEqual(MADE);
    await other.close();
  });

  test('share nothing between tokens, nor between admin mode and none', async () => {
    const [a, b] = [await instance(), await instance()];
    await expectOfRound(HIT, async (token) => {
      const first = () => ask(a, { token });
      const other = () => ask(b, { token: `${token}-b` });
      const asAdmin = () => ask(b, { token, headers: { admin: 'true' } });
      await first();
      await keysOnce(1, first);
      expect([await other(), await asAdmin()]).toEqual([MADE, MADE]);
      await keysOnce(3, () => Promise.all([first(), other(), asAdmin()]));
      return ask(a, { token: `${token}-b` });
    });
  });
});

test('whatever callers ask of whichever instance, each gets its own data', async () => {
  const marked = await startUpstream(echo(() => 0));
  const [one, two] = [await instance({}, marked.url), await instance({}, marked.url)];
  const SCREEN = `{ groups { nodes { ... on MenuEntry { name }
    ... on StandardGroup { channels { nodes { name users { name } } } }
    ... on TaskGroup { tasks { nodes { name assignee { name } } } } } } }`;
  const asking = fc.record({
    token: fc.constantFrom('a', 'ab', 'b', 'a false', '["a",true]'),
    admin: fc.boolean(),
    at: fc.nat(1),
    renew: fc.boolean(),
  });
  let cached = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(asking, { minLength: 1, maxLength: 8 }), async (requests) => {
      await Promise.all(
        requests.map(async ({ token, admin, at, renew }) => {
          const headers = {
            'x-explain': 'true',
            ...(admin && { admin: 'true' }),
            ...(renew && { 'cache-control': 'no-cache' }),
          };
          const { body } = await (at === 0 ? one : two).ask(SCREEN, {
            token: token.replace(' ', '_'),
            headers,
          });
          expect(body.errors).toBeUndefined();
          expect(marksIn(body.data)).toEqual(new Set([markOf(token.replace(' ', '_'), admin)]));
          for (const { source } of body.extensions.upstream.requests)
            if (source === 'remembered') cached += 1;
        }),
      );
    }),
    { numRuns: 60 },
  );
  expect(cached).toBeGreaterThan(100);
  await marked.close();
});

describe('what lies in Redis', () => {
  const TOKEN = 'cnry7f3a9-token';

  test('has its time to live, and is as large as it may be', async () => {
    const [a] = [await instance({ ttlMs: 5000 })];
    await ask(a);
    const [key = ''] = await keysOnce(1, () => ask(a));
    expect(key).toMatch(/^cotalker-gateway:cache:1:[\w-]{43}$/);
    // The list of groups: four times as long, since it serves so long where a call would wait for the quota.
    expect(await redis.send('PTTL', key)).toBeGreaterThan(19_000);
    expect(await redis.send('PTTL', key)).toBeLessThanOrEqual(20_000);
    versioned.names = ['x'.repeat(1024 * 1024)];
    await ask(a, { token: 'other' });
    await sleep(50);
    expect(await redis.keys()).toEqual([key]);
  });

  test('goes by itself', async () => {
    const a = await instance({ ttlMs: 250 });
    await ask(a);
    const [key = ''] = await keysOnce(1, () => ask(a));
    expect(await redis.send('PTTL', key)).toBeLessThanOrEqual(1000);
    await until(async () => (await redis.keys()).length === 0);
  });

  test('tells neither who has asked nor for what, nor what was answered', async () => {
    versioned.names = [`${TOKEN}-answer`];
    versioned.etag = `"${TOKEN}-etag"`;
    const a = await instance();
    await ask(a, { token: TOKEN });
    const [key = ''] = await keysOnce(1, () => ask(a, { token: TOKEN }));
    const value = (await redis.send('GET', key)) as Buffer;
    const all = [key, value.toString('latin1'), value.toString('hex'), JSON.stringify(a.logs)];
    const forms = [TOKEN, 'cnry', Buffer.from(TOKEN).toString('hex'), 'groups', 'encoding'];
    for (const form of forms) for (const text of all.slice(0, 3)) expect(text).not.toContain(form);
    expect(all[3]).not.toContain('cnry');
    // Sealed anew each time: the same answer is not seen to be the same.
    const anew = () => ask(a, { token: TOKEN, headers: { 'cache-control': 'no-cache' } });
    await anew();
    await until(async () => !((await redis.send('GET', key)) as Buffer).equals(value), anew);
  });
});

describe('what somebody has put there is a miss', () => {
  /** Changes the one entry, and asks another instance. */
  async function changed(change: (key: string, value: Buffer) => Promise<unknown>) {
    const [a, b] = [await instance(), await instance()];
    await ask(a);
    const [key = ''] = await keysOnce(1, () => ask(a));
    await change(key, (await redis.send('GET', key)) as Buffer);
    const answer = await ask(b);
    expect([answer, await errors(b)]).toEqual([MADE, 1]);
    // And it is written over.
    await until(async () => isDeepStrictEqual(await ask(b), HIT));
    const isTold = ({ level, reason }: (typeof b.logs)[number]) =>
      Number(level) > 30 && reason !== 'LATE';
    expect(b.logs.filter(isTold)).toEqual([]);
  }
  const set = (key: string, value: Buffer | string) => redis.send('SET', key, value);

  test.each<[string, (value: Buffer) => Buffer]>([
    ['a text', () => Buffer.from('{"data":{"groups":[]}}')],
    ['zeros', () => Buffer.alloc(500)],
    ['a byte', () => Buffer.from([1])],
    ['an entry that is cut off', (value) => value.subarray(0, -1)],
    ['the head of one', (value) => value.subarray(0, 28)],
    ['one with a byte more', (value) => Buffer.concat([value, Buffer.from([0])])],
    ['more than an entry can be', () => Buffer.alloc(2 * 1024 * 1024)],
  ])('%s', async (_, make) => changed((key, value) => set(key, make(value))));

  test('an entry of which any bit is another', async () => {
    const [a, b] = [await instance(), await instance()];
    await ask(a);
    const [key = ''] = await keysOnce(1, () => ask(a));
    const value = (await redis.send('GET', key)) as Buffer;
    for (let at = 0; at < value.length; at += 7) {
      const other = Buffer.from(value);
      other.writeUInt8(value.readUInt8(at) ^ (1 << (at % 8)), at);
      await set(key, other);
      expect([at, await ask(b)]).toEqual([at, MADE]);
      const isOver = async () => !other.equals((await redis.send('GET', key)) as Buffer);
      await until(isOver, () => ask(b));
    }
  });

  test('a list in its place', () =>
    changed(async (key) => {
      await redis.send('DEL', key);
      await redis.send('RPUSH', key, 'x');
    }));

  test('the entry of another token, or of admin mode', async () => {
    const [a, b] = [await instance(), await instance()];
    await ask(a, { token: 'victim' });
    const [victims = ''] = await keysOnce(1, () => ask(a, { token: 'victim' }));
    await ask(a, { token: 'thief' });
    const keys = await keysOnce(2, () => ask(a, { token: 'thief' }));
    const thiefs = keys.find((key) => key !== victims) ?? '';
    versioned.names = ['fresh'];
    await set(thiefs, (await redis.send('GET', victims)) as Buffer);
    expect(await ask(b, { token: 'thief' })).toEqual({ names: ['fresh'], from: ['made 200'] });
  });

  test('an old entry is no younger for it: its age is in it', async () => {
    const b = await instance({ ttlMs: 200 });
    await ask(b);
    const [key = ''] = await keysOnce(1, () => ask(b));
    await redis.send('PERSIST', key);
    await sleep(210);
    expect(await ask(b)).toEqual(MADE);
  });
});
