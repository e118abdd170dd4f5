import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type StartOptions, startGateway, type TestGateway } from '../support/gateway.ts';
import { type QuotaUpstream, startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

/** Three calls, none of which another request shares. */
const THREE = `query Three($search: String, $second: String, $third: String) {
  a: groups(filter: { search: $search }) { totalCount }
  b: groups(filter: { search: $second }) { totalCount }
  c: groups(filter: { search: $third }) { totalCount }
}`;
const ONE = 'query One($search: String) { groups(filter: { search: $search }) { totalCount } }';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const close of closing.splice(0)) await close();
});

interface Stage {
  readonly upstream: QuotaUpstream;
  readonly gateway: TestGateway;
  /** Asks as a user of a company, and tells what came of it. */
  ask(query: string, token: string): Promise<Told>;
}
interface Told {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly codes: readonly string[];
  readonly isWhole: boolean;
  /** Whether nothing of it came. */
  readonly isRefused: boolean;
}

/** A gateway and a Cotalker whose quota is the one that the gateway begins with, unless the test sets another. */
async function open(
  quota: { readonly calls: number; readonly windowMs: number },
  { latencyMs = 0, ...options }: StartOptions & { readonly latencyMs?: number } = {},
): Promise<Stage> {
  const upstream = await startQuotaUpstream(quota.windowMs, latencyMs);
  upstream.limit = quota.calls;
  const gateway = await startGateway(upstream.url, {
    limits: { callsPerRequest: 250, perOwner: 10, total: 256, quota: { ...quota, share: 1 } },
    resilience: {},
    ...options,
  });
  closing.push(gateway.close, upstream.close);
  let asked = 0;
  const ask = async (query: string, token: string): Promise<Told> => {
    asked += 1;
    const variables = { search: `a ${asked}`, second: `b ${asked}`, third: `c ${asked}` };
    const { status, headers, body } = await gateway.ask(query, { token, variables });
    const values = Object.values(body.data ?? {});
    const codes = (body.errors ?? []).map(({ extensions }) => String(extensions.code));
    return {
      ...{ status, codes, retryAfter: headers.get('retry-after') },
      isWhole: codes.length === 0 && values.every((value) => value !== null),
      isRefused: values.every((value) => value === null),
    };
  };
  return { upstream, gateway, ask };
}
const many = <T>(count: number, act: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => act(n)));
const statuses = ({ calls }: QuotaUpstream, of = 429): number =>
  calls.filter(({ status }) => status === of).length;
/** Longer than any test: what is spent stays so. */
const FOR_EVER = 600_000;

describe('a company at its limit', () => {
  test('waits, and another one sees no error and does not wait', async () => {
    const { upstream, ask } = await open({ calls: 5, windowMs: 2000 });
    const [busy, quiet] = [tokenOf('busy'), tokenOf('quiet')];
    for (const token of [busy, quiet]) await ask(ONE, token);
    let waiting = 0;
    const answers = many(15, async () => {
      waiting += 1;
      const told = await ask(ONE, busy);
      waiting -= 1;
      return told;
    });
    const seen: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      expect(await ask(ONE, quiet)).toMatchObject({ status: 200, isWhole: true });
      seen.push(waiting);
    }
    // Those of the busy one are served five in two seconds, and these four have not waited for them.
    expect(Math.min(...seen)).toBeGreaterThan(5);
    expect((await answers).every(({ isWhole }) => isWhole)).toBe(true);
    expect(statuses(upstream)).toBe(0);
  });

  test('is told when to come again, by status and header, before a call is spent', async () => {
    const { upstream, ask } = await open({ calls: 6, windowMs: FOR_EVER });
    const token = tokenOf('acme');
    expect(await ask(THREE, token)).toMatchObject({ isWhole: true });
    expect(await ask(ONE, token)).toMatchObject({ isWhole: true });
    // Two are left, and it would be alone: it needs three.
    const told = await ask(THREE, token);
    expect(told).toMatchObject({ status: 429, isRefused: true });
    expect(new Set(told.codes)).toEqual(new Set(['RATE_LIMITED']));
    expect(Number(told.retryAfter)).toBeGreaterThan(500);
    expect(upstream.calls).toHaveLength(4);
    // What fits is served.
    expect(await ask(ONE, token)).toMatchObject({ status: 200, isWhole: true });
  });

  test('sees that no call was made for what was refused, however many of its requests wait for the same', async () => {
    const { gateway, ask } = await open({ calls: 1, windowMs: FOR_EVER });
    const token = tokenOf('acme');
    expect(await ask(ONE, token)).toMatchObject({ isWhole: true });
    const headers = { 'x-explain': 'true' };
    const told = await many(3, async () => {
      const { status, body } = await gateway.ask('{ groups { totalCount } }', { token, headers });
      const { summary, calls, requests } = body.extensions.upstream;
      return [status, summary.split(', ', 2), calls, requests[0].source, requests[0].status];
    });
    expect(told).toEqual(
      Array(3).fill([429, ['0 calls to Cotalker', '1 not sent'], 0, 'unsent', null]),
    );
  });

  test('is told what else is wrong with its query as well', async () => {
    const { gateway, ask } = await open({ calls: 3, windowMs: FOR_EVER });
    const token = tokenOf('acme');
    for (let n = 0; n < 3; n += 1) expect(await ask(ONE, token)).toMatchObject({ isWhole: true });
    const both = '{ groups { totalCount } none: group(id: "none") { __typename } }';
    const { status, body } = await gateway.ask(both, { token });
    expect([status, body.data]).toEqual([429, undefined]);
    expect(body.errors?.map(({ path, extensions }) => [path?.[0], extensions.code]).sort()).toEqual(
      [
        ['groups', 'RATE_LIMITED'],
        ['none', 'BAD_USER_INPUT'],
      ],
    );
  });

  test.each([
    ['one token', () => 'user'],
    ['a token each, of which Cotalker has accepted none yet', (n: number) => `user ${n}`],
  ])(
    'of 100 requests at once that need 300 calls, none gets a half answer: %s',
    async (_, userOf) => {
      const { upstream, ask } = await open(
        { calls: 50, windowMs: 300 },
        { latencyMs: 5, requestDeadlineMs: 30_000 },
      );
      const answers = await many(100, (n) => ask(THREE, tokenOf('acme', userOf(n))));
      const whole = answers.filter(({ isWhole }) => isWhole);
      const refused = answers.filter(({ isRefused }) => isRefused);
      expect([whole.length + refused.length, whole.length > 20]).toEqual([100, true]);
      // None of these has spent a call.
      expect(statuses(upstream, 200)).toBe(3 * whole.length);
    },
    30_000,
  );

  test('whose quota others spend as well, waits all together, and learns', async () => {
    const { upstream, ask } = await open({ calls: 20, windowMs: 3000 });
    const token = tokenOf('acme');
    await ask(ONE, token);
    upstream.spend('acme', 12);
    const answers = await many(20, () => ask(ONE, token));
    expect(answers.every(({ isWhole }) => isWhole)).toBe(true);
    const refused = statuses(upstream);
    expect(refused).toBeGreaterThan(0);
    // The next ones wait from the first that is refused on.
    expect(refused).toBeLessThan(20);
    const first = upstream.calls.findIndex(({ status }) => status === 429);
    const later = upstream.calls.slice(first + 19);
    expect(later.filter(({ status }) => status === 429)).toEqual([]);
  });
});

test('what is remembered is as old as its GET: the time that it waited for the quota does not count', async () => {
  const { upstream, gateway, ask } = await open(
    { calls: 1, windowMs: 3000 },
    { caching: { ttlMs: 60_000 } },
  );
  const token = tokenOf('acme');
  await ask(ONE, token);
  const explained = async () => {
    const headers = { 'x-explain': 'true' };
    const { body } = await gateway.ask('{ groups { totalCount } }', { token, headers });
    return body.extensions.upstream.requests[0];
  };
  const { source, waited } = await explained();
  expect([source, upstream.calls.length]).toEqual(['made', 2]);
  const { source: then, ageMs } = await explained();
  expect(then).toBe('remembered');
  expect(ageMs).toBeLessThan(waited);
});

test('the list of groups serves four times as long while a call for it would wait, and no longer than that', async () => {
  const MENU_MS = 60_000;
  const { upstream, gateway, ask } = await open(
    { calls: 3, windowMs: FOR_EVER },
    { caching: { menuMs: MENU_MS } },
  );
  const [busy, quiet] = [tokenOf('busy'), tokenOf('quiet')];
  const menu = async (token: string, headers = {}) => {
    const { body, status } = await gateway.ask('{ groups { totalCount } }', {
      token,
      headers: { 'x-explain': 'true', ...headers },
    });
    return { status, source: body.extensions.upstream.requests[0]?.source };
  };
  for (const token of [busy, quiet]) expect(await menu(token)).toMatchObject({ source: 'made' });
  for (let n = 0; n < 2; n += 1) await ask(ONE, busy);
  const { now } = Date;
  let movedMs = 2 * MENU_MS;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + movedMs);
  expect(await menu(busy)).toEqual({ status: 200, source: 'remembered' });
  expect(await menu(quiet)).toEqual({ status: 200, source: 'made' });
  expect(await menu(busy, { 'cache-control': 'no-cache' })).toMatchObject({ status: 429 });
  movedMs = 4 * MENU_MS + 1000;
  expect(await menu(busy)).toMatchObject({ status: 429 });
  expect(upstream.calls).toHaveLength(5);
});

test('a forged token neither slows its company down nor learns of it', async () => {
  const { upstream, ask } = await open({ calls: 6, windowMs: FOR_EVER });
  const [user, forged] = [tokenOf('acme'), tokenOf('acme', 'user', 'forged')];
  for (let n = 0; n < 10; n += 1) await ask(ONE, forged);
  const before = upstream.calls.length;
  for (let n = 0; n < 6; n += 1) expect(await ask(ONE, user)).toMatchObject({ isWhole: true });
  expect(upstream.calls.slice(before).map(({ status }) => status)).toEqual(Array(6).fill(200));
  expect(await ask(ONE, user)).toMatchObject({ status: 429 });
  // Of this, another forged one sees nothing.
  const told = await ask(ONE, tokenOf('acme', 'other', 'forged'));
  expect(told.codes).toEqual(['UNAUTHENTICATED']);
});

test('a forged token is no member of its company where Cotalker answers 429 before it looks at tokens', async () => {
  const { upstream, ask } = await open({ calls: 4, windowMs: FOR_EVER });
  upstream.headers = () => ({ 'retry-after': '30' });
  const user = tokenOf('acme');
  expect(await ask(ONE, user)).toMatchObject({ isWhole: true });
  upstream.countsForged = true;
  const forged = tokenOf('acme', 'user', 'forged');
  upstream.limit = 0;
  for (let n = 0; n < 3; n += 1)
    expect(await ask(ONE, forged)).toMatchObject({ codes: ['RATE_LIMITED'], isRefused: true });
  // It waits by itself, and the company goes on at its pace.
  expect(statuses(upstream)).toBe(1);
  upstream.limit = 4;
  for (let n = 0; n < 3; n += 1) expect(await ask(ONE, user)).toMatchObject({ isWhole: true });
});

test('a new token of a company that is at its limit waits as Cotalker tells it, and has its turn then', async () => {
  const { upstream, ask } = await open({ calls: 3, windowMs: 2000 });
  const [user, newcomer] = [tokenOf('acme'), tokenOf('acme', 'newcomer')];
  for (let n = 0; n < 3; n += 1) await ask(ONE, user);
  upstream.spend('acme', 3);
  const [told, other] = await Promise.all([ask(ONE, newcomer), ask(ONE, user)]);
  expect([told.isWhole, other.isWhole]).toEqual([true, true]);
  expect(statuses(upstream)).toBeGreaterThan(0);
});

test.each([
  ['paced', { calls: 50, windowMs: FOR_EVER, share: 1 }],
  ['not paced', undefined],
])('what Cotalker refuses is counted and logged where calls are %s', async (_, quota) => {
  const { upstream, gateway, ask } = await open(
    { calls: 50, windowMs: FOR_EVER },
    { isMetered: true, limits: { callsPerRequest: 250, perOwner: 10, total: 256, quota } },
  );
  upstream.headers = () => ({ 'retry-after': '30' });
  upstream.limit = 0;
  expect(await ask(ONE, tokenOf('acme'))).toMatchObject({ codes: ['RATE_LIMITED'] });
  expect(await gateway.metrics()).toContain('quota_refusals_total{cause="cotalker"} 1\n');
  const line = () => gateway.logs.find(({ msg }) => String(msg).startsWith('companies are at'));
  while (line() === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(line()).toMatchObject({ waited: 0, refused: { cotalker: 1 } });
});

describe('a quota that is too small for a query', () => {
  const SHAPE = `query Shape {
    a: groups(filter: { search: "a" }) { totalCount }
    b: groups(filter: { search: "b" }) { totalCount }
    c: groups(filter: { search: "c" }) { totalCount }
  }`;

  test('is told before a call is spent, though it is alone and the first of its document', async () => {
    const { upstream, gateway } = await open({ calls: 2, windowMs: FOR_EVER }, { isMetered: true });
    const { status, body } = await gateway.ask(SHAPE, { token: tokenOf('acme') });
    expect([status, body.errors?.map(({ message }) => message)]).toEqual([
      200,
      Array(3).fill(
        'The query needs 3 calls to Cotalker. The quota of its company has 2 until its deadline.',
      ),
    ]);
    expect(body.errors?.[0].extensions).toEqual({ code: 'UPSTREAM_BUDGET_EXCEEDED' });
    expect(upstream.calls).toEqual([]);
    const metrics = await gateway.metrics();
    expect(metrics).toContain('quota_refusals_total{cause="too_large"} 1\n');
    expect(metrics).toContain('quota_refusals_total{cause="too_late"} 0\n');
  });

  test('for the rest of its window: the first of a document is refused whole by its shape', async () => {
    const { upstream, ask } = await open({ calls: 4, windowMs: FOR_EVER });
    const token = tokenOf('acme');
    for (let n = 0; n < 2; n += 1) await ask(ONE, token);
    expect(await ask(THREE, token)).toMatchObject({ status: 429, isRefused: true });
    expect(upstream.calls).toHaveLength(2);
    expect(await ask(ONE, token)).toMatchObject({ isWhole: true });
  });
});

test.each([-1, 1])('a clock that is set by %d hours changes nothing', async (hours) => {
  const { ask } = await open({ calls: 4, windowMs: FOR_EVER });
  const token = tokenOf('acme');
  for (let n = 0; n < 4; n += 1) await ask(ONE, token);
  const { now } = Date;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + hours * 3_600_000);
  expect(await ask(ONE, token)).toMatchObject({ status: 429, codes: ['RATE_LIMITED'] });
  expect(await ask(ONE, tokenOf('other'))).toMatchObject({ isWhole: true });
});

test('429s never open the breaker', async () => {
  const { upstream, gateway, ask } = await open({ calls: 50, windowMs: FOR_EVER });
  upstream.headers = () => ({ 'retry-after': '30' });
  await ask(ONE, tokenOf('other'));
  // Of one company there are few: from the first on, all of its calls wait. The breaker judges by 20.
  const answers = await many(40, (n) => {
    upstream.spend(`acme ${n}`, 50);
    return ask(ONE, tokenOf(`acme ${n}`));
  });
  expect(new Set(answers.flatMap(({ codes }) => codes))).toEqual(new Set(['RATE_LIMITED']));
  expect(statuses(upstream)).toBe(40);
  expect((await fetch(`${gateway.url}/ready`)).status).toBe(200);
  expect(await ask(ONE, tokenOf('other'))).toMatchObject({ isWhole: true });
});

test('a 429 whose Retry-After outlasts the deadline is told at once, and keeps the company’s other calls', async () => {
  const { upstream, ask } = await open({ calls: 50, windowMs: FOR_EVER });
  const token = tokenOf('acme');
  await ask(ONE, token);
  upstream.limit = 0;
  upstream.headers = () => ({ 'retry-after': '30' });
  expect(await ask(ONE, token)).toMatchObject({ codes: ['RATE_LIMITED'], isRefused: true });
  const before = upstream.calls.length;
  expect(before).toBe(2);
  expect(await ask(ONE, token)).toMatchObject({ status: 429, codes: ['RATE_LIMITED'] });
  expect(upstream.calls).toHaveLength(before);
});

describe('what Cotalker states in RateLimit fields', () => {
  test.each([
    ['r and t', () => ({ ratelimit: '"default";r=0;t=900' })],
    ['remaining and reset', () => ({ 'ratelimit-remaining': '0', 'ratelimit-reset': '900' })],
    ['a smaller quota', () => ({ 'ratelimit-policy': `1;w=${FOR_EVER / 1000}` })],
  ])('is kept to: %s', async (_, headers) => {
    const { upstream, ask } = await open({ calls: 50, windowMs: FOR_EVER });
    upstream.headers = headers;
    const token = tokenOf('acme');
    expect(await ask(ONE, token)).toMatchObject({ isWhole: true });
    expect(await ask(ONE, token)).toMatchObject({ status: 429, codes: ['RATE_LIMITED'] });
    expect(upstream.calls).toHaveLength(1);
  });

  test('may be more than was known', async () => {
    const { upstream, ask } = await open({ calls: 2, windowMs: FOR_EVER });
    upstream.limit = 9;
    upstream.headers = (left) => ({
      ratelimit: `"default";r=${left};t=600`,
      'ratelimit-policy': `"default";q=9;w=${FOR_EVER / 1000}`,
    });
    const token = tokenOf('acme');
    for (let n = 0; n < 9; n += 1) expect(await ask(ONE, token)).toMatchObject({ isWhole: true });
    expect(await ask(ONE, token)).toMatchObject({ status: 429 });
    expect(statuses(upstream)).toBe(0);
  });
});

test('a call that never went out costs nothing', async () => {
  const { upstream, gateway, ask } = await open(
    { calls: 3, windowMs: FOR_EVER },
    {
      latencyMs: 1000,
      limits: {
        ...{ callsPerRequest: 250, perOwner: 1, total: 1 },
        quota: { calls: 3, windowMs: FOR_EVER, share: 1 },
      },
    },
  );
  const token = tokenOf('acme');
  expect(await ask(ONE, token)).toMatchObject({ isWhole: true });
  const first = ask(ONE, token);
  // This one waits for the only slot, and leaves.
  const leaving = new AbortController();
  const left = gateway.ask(ONE, { token, signal: leaving.signal }).catch(() => 'left');
  while (upstream.calls.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  leaving.abort();
  expect([await left, (await first).isWhole]).toEqual(['left', true]);
  expect(await ask(ONE, token)).toMatchObject({ isWhole: true });
  expect(await ask(ONE, token)).toMatchObject({ status: 429 });
});
