import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type AskOptions, startGateway, type TestGateway } from '../support/gateway.ts';
import { readSamples } from '../support/metrics.ts';
import { startUpstream, type StubUpstream } from '../support/upstream.ts';
import { createVersioned, NAMES, NARROW, type Versioned } from '../support/versioned.ts';

/* The response cache, in memory: what it serves, and what it leaves alone. In Redis: test/redis. */

const TTL_MS = 60_000;
let versioned: Versioned;
let upstream: StubUpstream;
let gateway: TestGateway;
const start = async (options: Parameters<typeof startGateway>[1] = {}) => {
  await gateway.close();
  gateway = await startGateway(upstream.url, {
    ...{ isMetered: true, caching: { ttlMs: TTL_MS } },
    ...options,
  });
};
const now = Date.now;
let passedMs = 0;
/** The clock goes on by so much. */
const pass = (ms: number): void => {
  passedMs += ms;
};
beforeEach(() => {
  passedMs = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + passedMs);
});
afterEach(() => {
  jest.restoreAllMocks();
});
beforeEach(async () => {
  versioned = createVersioned();
  upstream = await startUpstream((request, response) => versioned.answer(request, response));
  gateway = await startGateway(upstream.url, { isMetered: true, caching: { ttlMs: TTL_MS } });
});
afterEach(async () => {
  await gateway.close();
  await upstream.close();
});

/** The names that a query brings, and where they came from, each call as `source status`. */
async function ask(options: AskOptions = {}, query = NAMES) {
  const headers = { 'x-explain': 'true', ...options.headers };
  const { body } = await gateway.ask(query, { ...options, headers });
  const { calls, requests } = body.extensions.upstream;
  return {
    names: body.data?.groups?.nodes.map(({ name }: any) => name),
    from: requests.map(({ source, status }: any) => `${source} ${status}`),
    calls,
  };
}
const lookups = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    readSamples(await gateway.metrics())
      .filter(({ name }) => name === 'cotalker_gateway_cache_lookups_total')
      .map(({ labels, value }) => [labels['result'], value]),
  );

const HIT = { names: ['one'], from: ['remembered 200'], calls: 0 };
const MADE = { names: ['one'], from: ['made 200'], calls: 1 };

test('the second answer comes from the cache, is said to, and is no call', async () => {
  expect(await ask()).toEqual(MADE);
  versioned.names = ['two'];
  expect(await ask()).toEqual(HIT);
  // The first one looks for the whole list, then for its page.
  expect(await lookups()).toEqual({ hit: 1, miss: 2, revalidated: 0, error: 0 });
  const samples = readSamples(await gateway.metrics());
  const calls = samples.filter(({ name }) => name === 'cotalker_gateway_upstream_calls_total');
  expect(calls.map(({ labels, value }) => [labels['source'], value])).toEqual([
    ['made', 1],
    ['shared', 0],
    ['reused', 0],
    ['remembered', 1],
  ]);
  expect(gateway.logs.at(-1)).toMatchObject({
    calls: { made: 0, shared: 0, reused: 0, remembered: 1 },
  });
});

test('without CACHE_TTL_MS nothing is kept', async () => {
  await gateway.close();
  gateway = await startGateway(upstream.url);
  expect(await ask()).toEqual(MADE);
  expect(await ask()).toEqual(MADE);
});

test('after its time an answer is asked for again', async () => {
  expect(await ask()).toEqual(MADE);
  expect(await ask()).toEqual(HIT);
  pass(TTL_MS);
  versioned.names = ['two'];
  expect(await ask()).toEqual({ ...MADE, names: ['two'] });
});

describe('an ETag', () => {
  beforeEach(async () => {
    versioned.etag = '"v1"';
    expect(await ask()).toEqual(MADE);
    pass(TTL_MS);
  });

  test('has Cotalker say that the answer still holds, which keeps it for as long again', async () => {
    expect(await ask()).toEqual({ names: ['one'], from: ['made 304'], calls: 1 });
    expect(versioned.statuses).toEqual([200, 304]);
    expect(upstream.calls.at(-1)?.headers['if-none-match']).toBe('"v1"');
    expect(await ask()).toEqual(HIT);
    expect(await lookups()).toEqual({ hit: 1, miss: 3, revalidated: 1, error: 0 });
    const samples = readSamples(await gateway.metrics());
    const label = { endpoint: '/v2/groups', status: '304' };
    expect(samples).toContainEqual(expect.objectContaining({ labels: label, value: 1 }));
  });

  test('that is another one brings the new answer', async () => {
    versioned.etag = 'W/"v2"';
    versioned.names = ['two'];
    expect(await ask()).toEqual({ ...MADE, names: ['two'] });
    pass(TTL_MS);
    expect(await ask()).toEqual({ names: ['two'], from: ['made 304'], calls: 1 });
    expect(await lookups()).toEqual({ hit: 0, miss: 5, revalidated: 1, error: 0 });
  });

  test('serves all who wait for the one call', async () => {
    const both = await Promise.all([ask(), ask()]);
    expect(both.map(({ names }) => names)).toEqual([['one'], ['one']]);
    expect(versioned.statuses).toEqual([200, 304]);
  });

  test('is of no use where Cotalker fails: no stale answer is served', async () => {
    await upstream.close();
    const { body } = await gateway.ask(NAMES);
    expect(body.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
  });
});

test.each(['no quotes', '"a"b"', `"${'x'.repeat(300)}"`])('%j is no ETag', async (etag) => {
  versioned.etag = etag;
  await ask();
  pass(TTL_MS);
  expect(await ask()).toEqual(MADE);
  expect(upstream.calls.at(-1)?.headers['if-none-match']).toBeUndefined();
});

test('a 304 that nobody asked for is an error', async () => {
  versioned.answer = (_, response) => response.writeHead(304).end();
  const { body } = await gateway.ask(NAMES);
  expect(body.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }]);
});

describe('Cache-Control of Cotalker', () => {
  test.each([
    ...['no-store', 'private, No-Store', 'max-age=60,no-store', 'max-age=0', 'no-cache'],
    ...['no-cache="set-cookie"', 'max-age="0"', 'max-age=soon', 'max-age=-1', 'MAX-AGE = 0'],
    ...['max-age=60, max-age=0', 'private="x", max-age=0', 'must-revalidate, max-age=0'],
  ])('%s: not served again unasked', async (value) => {
    versioned.headers = { 'cache-control': value };
    expect(await ask()).toEqual(MADE);
    expect(await ask()).toEqual(MADE);
  });

  test.each([
    ...['private', 'public, max-age=60', 's-maxage=0', 'x-no-store', 'private="set-cookie"'],
    ...['must-revalidate', 'proxy-revalidate', 'max-age="60"', 'max-age=60, immutable', ''],
  ])('%s: served again', async (value) => {
    versioned.headers = { 'cache-control': value };
    await ask();
    expect(await ask()).toEqual(HIT);
  });

  test.each<[Record<string, string>, typeof HIT | typeof MADE]>([
    [{ 'cache-control': 'max-age=60', age: '61' }, MADE],
    [{ 'cache-control': 'max-age=60', age: '1' }, HIT],
    [{ 'cache-control': 'max-age=60', age: '61, 1' }, MADE],
    [{ 'cache-control': 'max-age=60', age: '99999999999999999999' }, MADE],
    [{ 'cache-control': 'max-age=60', age: '-61' }, HIT],
    [{ 'cache-control': 'max-age=60', age: '61.5' }, HIT],
    [{ 'cache-control': 'max-age=60', date: 'Thu, 01 Jan 1970 00:00:00 GMT' }, MADE],
    [{ 'cache-control': 'max-age=60', date: 'Fri, 31 Dec 2199 23:59:59 GMT' }, HIT],
    [{ 'cache-control': 'max-age=60', date: 'yesterday' }, HIT],
    [{ date: 'Thu, 01 Jan 1970 00:00:00 GMT' }, HIT],
    [{ age: '61' }, HIT],
    [{ expires: '0' }, MADE],
    [{ expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, MADE],
    [{ expires: 'Fri, 31 Dec 2199 23:59:59 GMT' }, HIT],
    [{ expires: '0', 'cache-control': 'max-age=60' }, HIT],
    [{ vary: '*' }, MADE],
    [{ vary: 'Accept-Encoding' }, HIT],
  ])('RFC 9111: %j', async (headers, again) => {
    versioned.headers = headers;
    await ask();
    expect(await ask()).toEqual(again);
  });

  test('no-cache: served once it is said to hold', async () => {
    versioned.headers = { 'cache-control': 'no-cache' };
    versioned.etag = '"v1"';
    await ask();
    expect(await ask()).toEqual({ names: ['one'], from: ['made 304'], calls: 1 });
  });

  test('no-cache: as before, where the answer that it still holds does not say it again', async () => {
    versioned.headers = { 'cache-control': 'no-cache' };
    versioned.etag = '"v1"';
    await ask();
    versioned.headers = {};
    const again = { names: ['one'], from: ['made 304'], calls: 1 };
    expect([await ask(), await ask()]).toEqual([again, again]);
    versioned.headers = { 'cache-control': 'max-age=60' };
    await ask();
    expect(await ask()).toEqual(HIT);
  });

  test('no-store: not even with an ETag', async () => {
    versioned.headers = { 'cache-control': 'no-store' };
    versioned.etag = '"v1"';
    await ask();
    expect(await ask()).toEqual(MADE);
  });
});

describe('a caller who sends', () => {
  test.each(['no-cache', 'NO-CACHE', 'max-age=0', 'x, no-cache'])(
    'Cache-Control: %s gets a fresh answer, and leaves it for the others',
    async (value) => {
      await ask();
      versioned.names = ['two'];
      const fresh = await ask({ headers: { 'cache-control': value } });
      expect(fresh).toEqual({ ...MADE, names: ['two'] });
      expect(await ask()).toEqual({ ...HIT, names: ['two'] });
      // Not on to Cotalker.
      expect(upstream.calls.at(-1)?.headers['cache-control']).toBeUndefined();
    },
  );

  test('Cache-Control: no-store leaves nothing', async () => {
    expect(await ask({ headers: { 'cache-control': 'no-store' } })).toEqual(MADE);
    expect(await ask()).toEqual(MADE);
  });

  test.each(['max-age=60', 'only-if-cached', ''])(
    'Cache-Control: %j gets what is there',
    async (value) => {
      await ask();
      expect(await ask({ headers: { 'cache-control': value } })).toEqual(HIT);
    },
  );
});

test('a page may send Cache-Control', async () => {
  await start({ corsOrigins: ['https://app.example.com'] });
  const { headers } = await fetch(`${gateway.url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      ...{ origin: 'https://app.example.com', 'access-control-request-method': 'POST' },
      'access-control-request-headers': 'cache-control',
    },
  });
  expect(headers.get('access-control-allow-headers')).toContain('cache-control');
});

describe('what is not kept', () => {
  test.each([201, 204, 301, 401, 403, 404, 429, 500, 503])('a %i', async (status) => {
    const { answer } = versioned;
    versioned.answer = (_, response) => response.writeHead(status).end();
    await gateway.ask(NAMES);
    versioned.answer = answer;
    expect(await ask()).toEqual(MADE);
  });

  test('a body that is broken', async () => {
    const { answer } = versioned;
    versioned.answer = (_, response) => response.end('{"data": {"gro');
    await gateway.ask(NAMES);
    versioned.answer = answer;
    expect(await ask()).toEqual(MADE);
  });

  test('one of more than a megabyte', async () => {
    await start({ caching: { ttlMs: TTL_MS, maxBytes: 1e8 } });
    versioned.names = ['x'.repeat(1024 * 1024)];
    await ask({}, NARROW);
    expect((await ask({}, NARROW)).from).toEqual(['made 200']);
  });

  test('more than there is room for: what was used last stays', async () => {
    await start({ caching: { ttlMs: TTL_MS, maxBytes: 5000 } });
    versioned.names = ['x'.repeat(1000)];
    for (const token of ['a', 'b', 'a', 'c']) await ask({ token }, NARROW);
    expect((await ask({ token: 'a' }, NARROW)).from).toEqual(['remembered 200']);
    expect((await ask({ token: 'b' }, NARROW)).from).toEqual(['made 200']);
  });
});

test('callers and admin mode are told apart', async () => {
  await ask({ token: 'a' });
  for (const options of [{ token: 'b' }, { token: 'a', headers: { admin: 'true' } }]) {
    expect(await ask(options)).toEqual(MADE);
    expect(await ask(options)).toEqual(HIT);
  }
  const { body } = await gateway.ask(NAMES, { token: null });
  expect(body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

describe('what a hit does not depend on', () => {
  test('the budget of calls', async () => {
    await start({ limits: { callsPerRequest: 1, perOwner: 1, total: 1 } });
    const both = '{ groups { nodes { __typename } } b: groups(first: 1) { nodes { __typename } } }';
    await ask();
    await ask({}, '{ groups(first: 1) { nodes { ... on MenuEntry { name } } } }');
    // One list answers both.
    expect((await ask({}, both)).from).toEqual(['remembered 200']);
  });

  test('the circuit breaker', async () => {
    await start({
      resilience: { retry: { attempts: 1 }, breaker: { minCalls: 2, openMs: 60_000 } },
    });
    await ask();
    const { answer } = versioned;
    versioned.answer = (_, response) => response.writeHead(500).end();
    for (const token of ['a', 'b', 'c']) await gateway.ask(NAMES, { token });
    expect((await fetch(`${gateway.url}/ready`)).status).toBe(503);
    versioned.answer = answer;
    expect(await ask()).toEqual(HIT);
    // And it is no probe's success.
    expect((await fetch(`${gateway.url}/ready`)).status).toBe(503);
  });
});

test('of a Cache-Control that comes twice, as an application and its proxy may send it, both count', async () => {
  versioned.headers = { 'cache-control': ['private', 'max-age=60'] };
  expect(await ask()).toEqual(MADE);
  expect(await ask()).toEqual(HIT);
  await start();
  versioned.headers = { 'cache-control': ['private', 'no-store'] };
  expect([await ask(), await ask()]).toEqual([MADE, MADE]);
});
