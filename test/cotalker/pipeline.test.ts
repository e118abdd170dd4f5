import { createHook } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config/index.ts';
import { createResponseCache } from '../../src/cotalker/cache/response-cache.ts';
import { createMemoryStore } from '../../src/cotalker/cache/store.ts';
import { type Call, createCaller } from '../../src/cotalker/call.ts';
import { CotalkerError } from '../../src/cotalker/errors.ts';
import type { Answer, Exchange, Interceptor } from '../../src/cotalker/exchange.ts';
import { compose } from '../../src/cotalker/pipeline.ts';
import { createCotalker, type CotalkerOptions } from '../../src/cotalker/session.ts';
import { createClient } from '../../src/cotalker/wire/client.ts';
import { createMetrics } from '../../src/observe/metrics/index.ts';
import { contextOf, requestOf } from '../support/call-context.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import * as faults from '../support/faults.ts';
import { idOf } from '../support/stage.ts';

const OPTIONS: CotalkerOptions = { limits: { callsPerRequest: 250, perOwner: 10, total: 100 } };
const alice = createCaller({ authorization: 'Bearer a', admin: false, tracing: {} });
const groups: Call = { template: '/v2/groups' };
const group = (n: number): Call => ({ template: '/v2/groups/{id}', id: idOf(n) });
const ok: Answer = { status: 200, body: 'ok' };

let upstream: FaultServer | undefined;
let close: (() => void) | undefined;
afterEach(async () => {
  close?.();
  await upstream?.close();
});

/** The wire, to an upstream that answers everything with this body. */
async function openWire(body: () => unknown = () => ({}), withRaw = false) {
  upstream = await startFaultServer(() => faults.json(body()));
  const client = createClient({ baseUrl: upstream.url, withRaw });
  ({ close } = client);
  return client;
}

test('a call meets the first interceptor first, and its answer the last one', async () => {
  const log: string[] = [];
  const named =
    (name: string): Interceptor =>
    (next) =>
    async (call, context) => {
      log.push(`${name} >`);
      const answer = await next(call, context);
      log.push(`< ${name}`);
      return answer;
    };
  const wire: Exchange = async ({ template }) => {
    log.push(template);
    return ok;
  };
  const exchange = compose([named('a'), named('b')], wire);
  expect(await exchange(groups, contextOf())).toBe(ok);
  expect(log).toEqual(['a >', 'b >', '/v2/groups', '< b', '< a']);
});

describe('what an observer is told', () => {
  /** A session whose wire answers as told, and what its observers have seen. */
  function open(answers: readonly (Answer | Error)[]) {
    const seen: { readonly template: string; readonly attempt: number }[] = [];
    const observer: Interceptor = (next) => (call, context) => {
      seen.push({ template: call.template, attempt: context.attempt });
      return next(call, context);
    };
    const left = [...answers];
    const wire: Exchange = async () => {
      const answer = left.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('none left');
      return answer;
    };
    const cotalker = createCotalker(wire, {
      ...OPTIONS,
      resilience: { retry: { baseMs: 0 } },
      observers: [observer],
    });
    const { signal } = new AbortController();
    return { session: cotalker.openSession(alice, signal, 10_000), seen };
  }
  const down = new CotalkerError('UPSTREAM_UNAVAILABLE', '', { status: 503, isTransient: true });

  test('is each GET with its template, however often the request asks', async () => {
    const { session, seen } = open([ok]);
    await Promise.all([session.get(group(1)), session.get(group(1))]);
    expect(seen).toEqual([{ template: '/v2/groups/{id}', attempt: 1 }]);
  });

  test('is each attempt', async () => {
    const { session, seen } = open([down, down, ok]);
    expect(await session.get(groups)).toBe('ok');
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(session.trace).toMatchObject([{ attempts: 3, source: 'made', status: 200 }]);
  });
});

describe('between the attempts of a call', () => {
  const users: Call = { template: '/v2/users' };
  const properties: Call = { template: '/v2/properties' };

  /** A Cotalker with one slot, which fails the first GET; `sent` has the templates of all. */
  function open(waitMs: number, answer: Exchange = async () => ok) {
    const sent: string[] = [];
    const wire: Exchange = async (call, context) => {
      sent.push(call.template);
      if (sent.length > 1) return answer(call, context);
      throw new CotalkerError('UPSTREAM_UNAVAILABLE', '', { status: 503, isTransient: true });
    };
    const { openSession } = createCotalker(wire, {
      limits: { callsPerRequest: 9, perOwner: 1, total: 1 },
      resilience: { retry: { baseMs: waitMs, random: () => 0.99 } },
    });
    const openFor = ({ signal } = new AbortController()) => openSession(alice, signal, 60_000);
    return { openFor, sent };
  }

  test('no slot is held', async () => {
    const { openFor, sent } = open(200);
    const session = openFor();
    await Promise.all([session.get(groups), session.get(users)]);
    expect(sent).toEqual(['/v2/groups', '/v2/users', '/v2/groups']);
  });

  test('the next one waits until no other call does', async () => {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const { openFor, sent } = open(1, () => promise);
    const session = openFor();
    const answers = [groups, users, properties].map((call) => session.get(call));
    // By now the retry stands in the line.
    await sleep(50);
    expect(sent).toEqual(['/v2/groups', '/v2/users']);
    resolve(ok);
    await Promise.all(answers);
    expect(sent).toEqual(['/v2/groups', '/v2/users', '/v2/properties', '/v2/groups']);
  });

  test('the request that made it may leave: the next one goes for who shares it', async () => {
    const { openFor, sent } = open(50);
    const leaving = new AbortController();
    const left = openFor(leaving).get(groups);
    const shared = openFor().get(groups);
    const failure = expect(left).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    while (sent.length === 0) await sleep(1);
    leaving.abort();
    await failure;
    expect(await shared).toBe('ok');
    expect(sent).toEqual(['/v2/groups', '/v2/groups']);
  });
});

describe('what a GET costs', () => {
  /** As `async_hooks` counts: an `async` function is one, and each `await` and `then` is one more. */
  const MAX_PROMISES = 16;

  /** How many promises are made until this one has settled. */
  async function countAll(run: () => Promise<unknown>): Promise<number> {
    let count = 0;
    const hook = createHook({
      init: (_, type) => {
        if (type === 'PROMISE') count += 1;
      },
    });
    await new Promise<void>((resolve) => {
      const end = (): void => {
        hook.disable();
        resolve();
      };
      hook.enable();
      run().then(end, end);
    });
    return count;
  }
  /** Without those that the count itself takes. */
  async function countPromises(run: () => Promise<unknown>): Promise<number> {
    const settled = Promise.resolve();
    // So that what awaits this function is not counted once.
    await settled;
    const own = await countAll(() => settled);
    return (await countAll(run)) - own;
  }

  /** A Cotalker with all that wraps a GET by default: quota, response cache, metrics. */
  async function openAsShipped(body: () => unknown) {
    const { limits, cache } = readConfig({});
    const { exchange, readRaw } = await openWire(body, cache !== undefined);
    const metrics = createMetrics(() => ({ inFlight: 0, waiting: 0, turnedAway: {}, closed: {} }));
    const store = createMemoryStore(1e6);
    return createCotalker(exchange, {
      limits,
      cache: cache && {
        cache: createResponseCache({ ...cache, store }),
        readRaw,
        onLookup: metrics.noteLookup,
      },
      quotaObserver: metrics.quota,
      observers: [metrics.observe],
    });
  }

  const looksFirst = (n: number): Call => ({ template: '/v2/groups', query: { limit: n + 1 } });
  test.each([
    ['a body that is new', MAX_PROMISES, () => ({ id: randomUUID() }), group],
    ['a body that has come before', MAX_PROMISES, () => ({ id: 0 }), () => group(1)],
    // Redis may hold what is looked for, so the look-up waits as if it did.
    ['one that the response cache looks up first', 34, () => ({ id: randomUUID() }), looksFirst],
  ])('%s: at most %i promises', async (_, most, body, callOf) => {
    const cotalker = await openAsShipped(body);
    const { signal } = new AbortController();
    /** Of each of four, the least of three: what a test that ran before has left may fall into one or two. */
    const counts = [Infinity, Infinity, Infinity, Infinity];
    for (let n = 0; n < 12; n += 1) {
      const session = cotalker.openSession(alice, signal, 10_000);
      const count = await countPromises(() => session.get(callOf(n)));
      counts[n % 4] = Math.min(counts[n % 4] ?? NaN, count);
    }
    expect(upstream?.calls.length).toBe(12);
    // None would be a count that has failed.
    expect(Math.min(...counts)).toBeGreaterThan(5);
    expect(Math.max(...counts)).toBeLessThanOrEqual(most);
  });

  test('is sent with the headers of all calls, of its request and of its own', async () => {
    const { exchange } = await openWire();
    const request = requestOf({ headers: { authorization: 'Bearer a', admin: 'true' } });
    await exchange(groups, contextOf({ request, headers: { traceparent: '00-1' } }));
    await exchange(groups, contextOf({ request }));
    const ofAll = { accept: 'application/json', 'user-agent': 'cotalker-gateway', admin: 'true' };
    expect(upstream?.calls.map(({ headers }) => headers)).toEqual([
      expect.objectContaining({ ...ofAll, authorization: 'Bearer a', traceparent: '00-1' }),
      expect.not.objectContaining({ traceparent: expect.anything() }),
    ]);
  });
});
