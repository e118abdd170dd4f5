import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createMemoryStore } from '../../src/cotalker/cache/store.ts';
import { createResponseCache } from '../../src/cotalker/cache/response-cache.ts';
import { type Call, type Caller, createCaller } from '../../src/cotalker/call.ts';
import { CotalkerError } from '../../src/cotalker/errors.ts';
import { createCotalker, type CotalkerOptions } from '../../src/cotalker/session.ts';
import { createClient } from '../../src/cotalker/wire/client.ts';
import { type FaultServer, REFUSED_URL, startFaultServer } from '../support/fault-server.ts';
import * as faults from '../support/faults.ts';
import { idOf } from '../support/stage.ts';

const LIMITS = { callsPerRequest: 250, perOwner: 10, total: 100 };
const TASK = { template: '/v1/tasks/{id}/task/{taskId}', id: idOf(1), taskId: idOf(2) } as const;
const move: Call = { ...TASK, write: { method: 'PATCH', body: { smState: idOf(3) } } };
const alice = createCaller({ authorization: 'Bearer alice', admin: false, tracing: {} });
const DONE = faults.json({ _id: idOf(2) });

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A Cotalker that answers so, and the sessions of a gateway that is in front of it. */
async function open(
  answer: FaultServer['answer'],
  options: Partial<CotalkerOptions> & { readonly url?: string; readonly deadlineMs?: number } = {},
) {
  const upstream = await startFaultServer(answer);
  const { url = upstream.url, deadlineMs = 10_000, ...rest } = options;
  const client = createClient({ baseUrl: url, requestDeadlineMs: deadlineMs, withRaw: true });
  const cache = createResponseCache({
    lifetimes: { reference: 60_000, menu: 60_000, other: 60_000 },
    store: createMemoryStore(1e6),
  });
  const cotalker = createCotalker(client.exchange, {
    limits: LIMITS,
    cache: { cache, readRaw: client.readRaw },
    ...rest,
  });
  closing.push(client.close, upstream.close);
  const session = (
    gone = new AbortController(),
    { caller = alice, leastCalls }: { readonly caller?: Caller; readonly leastCalls?: number } = {},
  ) =>
    cotalker.openSession(
      caller,
      AbortSignal.any([gone.signal, AbortSignal.timeout(deadlineMs)]),
      deadlineMs,
      { leastCalls },
    );
  return { upstream, session };
}

/** What a write comes to: its body, or its code and status. */
const outcomeOf = (write: Promise<unknown>): Promise<unknown> =>
  write.catch((error: unknown) => {
    if (!(error instanceof CotalkerError)) throw error;
    return [error.code, error.status];
  });

test('a write goes out as JSON with its method, and its answer is any 2xx', async () => {
  const { upstream, session } = await open((_, nth) =>
    nth === 1 ? DONE : faults.status(201, {}, JSON.stringify({ task: { _id: idOf(4) } })),
  );
  expect(await session().write(move)).toEqual({ _id: idOf(2) });
  expect(await session().write(move)).toEqual({ task: { _id: idOf(4) } });
  expect(upstream.calls).toHaveLength(2);
  expect(upstream.calls[0]).toMatchObject({
    method: 'PATCH',
    path: `/v1/tasks/${idOf(1)}/task/${idOf(2)}`,
    body: JSON.stringify({ smState: idOf(3) }),
    headers: { 'content-type': 'application/json', authorization: 'Bearer alice' },
  });
});

test.each([
  ['204', faults.status(204)],
  ['200 without JSON', faults.text('done')],
  ['200 that is corrupt', faults.text('???', { 'content-encoding': 'gzip' })],
])('%s is done, and tells nothing', async (_, answer) => {
  const { session } = await open(() => answer);
  expect(await session().write(move)).toBeUndefined();
});

describe('what has not happened keeps its code', () => {
  test.each([
    [400, 'UPSTREAM_INVALID_RESPONSE'],
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [409, 'UPSTREAM_INVALID_RESPONSE'],
    [429, 'RATE_LIMITED'],
  ])('%d: %s', async (status, code) => {
    const { upstream, session } = await open(() => faults.status(status, { location: '/' }));
    expect(await outcomeOf(session().write(move))).toEqual([code, status]);
    expect(upstream.calls).toHaveLength(1);
  });

  test('where nobody listens', async () => {
    const { session } = await open(() => DONE, { url: REFUSED_URL });
    expect(await outcomeOf(session().write(move))).toEqual(['UPSTREAM_UNAVAILABLE', undefined]);
  });

  test('where its request is over before its turn', async () => {
    const gone = new AbortController();
    const { upstream, session } = await open(() => DONE, { limits: { ...LIMITS, total: 0 } });
    const write = outcomeOf(session(gone).write(move));
    gone.abort();
    expect(await write).toEqual(['UPSTREAM_UNAVAILABLE', undefined]);
    expect(upstream.calls).toEqual([]);
  });
});

test('a write for which hardly any time is left is not sent, and that is no fault of Cotalker', async () => {
  const { upstream, session } = await open(() => DONE, { deadlineMs: 400 });
  const late = session();
  await sleep(330);
  const outcomes = Array.from({ length: 60 }, () => outcomeOf(late.write(move)));
  expect(new Set((await Promise.all(outcomes)).map(String))).toEqual(
    new Set(['UPSTREAM_TIMEOUT,']),
  );
  expect(upstream.calls).toEqual([]);
  expect(await session().get(TASK)).toEqual({ _id: idOf(2) });
});

describe('what nobody knows is OUTCOME_UNKNOWN, and not sent again', () => {
  test.each([
    ['303, which may come after the deed', faults.status(303, { location: '/' }), 303],
    ['408, of which nobody knows what had come by then', faults.status(408), 408],
    ['500', faults.status(500), 500],
    ['502', faults.status(502), 502],
    ['503 with Retry-After', faults.status(503, { 'retry-after': '1' }), 503],
    ['504', faults.status(504), 504],
    ['a connection that ends', faults.drop, undefined],
    ['a connection that is reset', faults.reset, undefined],
    ['no answer until the deadline', faults.hang, undefined],
    [
      'half an answer',
      faults.rawAndEnd('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'),
      undefined,
    ],
    ['no HTTP', faults.rawAndEnd('hello'), undefined],
  ])('%s', async (_, answer, status) => {
    const deadlineMs = answer === faults.hang ? 600 : 10_000;
    const { upstream, session } = await open(() => answer, { deadlineMs });
    expect(await outcomeOf(session().write(move))).toEqual(['OUTCOME_UNKNOWN', status]);
    expect(upstream.calls).toHaveLength(1);
  });

  test('nor over another connection, where a kept one would have been reused', async () => {
    const { upstream, session } = await open(({ method }) =>
      method === 'GET' ? DONE : faults.reset,
    );
    await session().get(TASK);
    expect(await outcomeOf(session().write(move))).toEqual(['OUTCOME_UNKNOWN', undefined]);
    expect(upstream.calls.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
    expect(upstream.accepted).toBe(2);
  });
});

test('the connection of a write is closed, that of a GET is kept', async () => {
  const { upstream, session } = await open(() => DONE);
  await session().get(TASK);
  await session().write(move);
  await upstream.untilOpen(1);
  await session().get({ ...TASK, again: true });
  expect([upstream.accepted, upstream.calls.length]).toEqual([2, 3]);
});

test('two equal writes at once are two', async () => {
  const { upstream, session } = await open(() => DONE);
  const one = session();
  await Promise.all([one.write(move), one.write(move), session().write(move)]);
  expect(upstream.calls).toHaveLength(3);
});

test('a write that has gone out goes to its end, though its caller leaves', async () => {
  const gone = new AbortController();
  let finish: () => void = () => undefined;
  const { upstream, session } = await open(() => (socket) => {
    finish = () => DONE(socket);
  });
  const write = session(gone).write(move);
  await upstream.untilCalled(1);
  gone.abort();
  await sleep(20);
  expect(upstream.open).toBe(1);
  finish();
  expect(await write).toEqual({ _id: idOf(2) });
});

describe('after a write', () => {
  const channel: Call = { template: '/v2/channels/{id}', id: idOf(9) };
  const states: Call = { template: '/v1/tasks/{id}/sm/smstate/all', id: idOf(1) };
  const paths = ({ calls }: FaultServer) => calls.map(({ method, path }) => `${method} ${path}`);

  test.each([
    ['that is done', DONE, true],
    ['whose outcome is unknown', faults.status(500), true],
    ['that was refused', faults.status(403), true],
  ])('%s, what may have changed is asked for anew', async (_, answer) => {
    const { upstream, session } = await open(({ method }) => (method === 'GET' ? DONE : answer));
    const one = session();
    await one.get(channel);
    await one.get(states);
    await outcomeOf(one.write(move));
    // What is asked for in the millisecond of a write may be older than it, and is not served.
    await sleep(2);
    upstream.calls.length = 0;
    await one.get(channel);
    await session().get(channel);
    // States seldom change.
    await session().get(states);
    expect(paths(upstream)).toEqual([`GET /v2/channels/${idOf(9)}`]);
  });

  test('that Cotalker does not know the token for, nothing of before is served', async () => {
    const { upstream, session } = await open(({ method }) =>
      method === 'GET' ? DONE : faults.status(401),
    );
    await session().get(states);
    await outcomeOf(session().write(move));
    await session().get(states);
    expect(upstream.calls.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET']);
  });

  test('nobody joins a call that was in flight before', async () => {
    const held: (() => void)[] = [];
    const { upstream, session } = await open(({ method }, nth) => {
      const answer = faults.json({ nth });
      return method === 'GET' && nth === 1
        ? (socket) => void held.push(() => answer(socket))
        : answer;
    });
    const before = session().get(channel);
    await upstream.untilCalled(1);
    await session().write(move);
    expect(await session().get(channel)).toEqual({ nth: 3 });
    for (const release of held) release();
    // Not that of a second attempt, for which both would have waited.
    expect(await before).toEqual({ nth: 1 });
  });
});

describe('the quota of writes', () => {
  const quota = { calls: 50, windowMs: 60_000, share: 1 };
  const writes = { ...quota, calls: 3, isOfWrites: true };
  const options = { limits: { ...LIMITS, quota, writes } };

  test('lets so many go, and refuses the next, which has not been sent', async () => {
    const { upstream, session } = await open(() => DONE, options);
    for (let n = 0; n < 3; n += 1) await session().write(move);
    expect(await outcomeOf(session().write(move))).toEqual(['RATE_LIMITED', undefined]);
    await session().get({ ...TASK, again: true });
    expect(upstream.calls.map(({ method }) => method)).toEqual(['PATCH', 'PATCH', 'PATCH', 'GET']);
  });

  test('a 429 to a write pauses writes alone, and is not sent again', async () => {
    const { upstream, session } = await open(
      ({ method }) => (method === 'GET' ? DONE : faults.status(429, { 'retry-after': '30' })),
      options,
    );
    await session().get(TASK);
    expect(await outcomeOf(session().write(move))).toEqual(['RATE_LIMITED', 429]);
    expect(await outcomeOf(session().write(move))).toEqual(['RATE_LIMITED', undefined]);
    await session().get({ ...TASK, again: true });
    expect(upstream.calls.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET']);
  });

  test('a write counts among all calls of its company', async () => {
    const { session } = await open(() => DONE, {
      limits: { ...LIMITS, quota: { ...quota, calls: 4 }, writes },
    });
    for (let n = 0; n < 3; n += 1) await session().write(move);
    await session().get(TASK);
    expect(await outcomeOf(session().get({ ...TASK, again: true }))).toEqual([
      'RATE_LIMITED',
      undefined,
    ]);
  });

  test('is not asked for what a mutation reads: all writes that fit go', async () => {
    const { upstream, session } = await open(() => DONE, options);
    const shape = { leastCalls: 3 };
    await session(undefined, shape).write(move);
    await Promise.all([1, 2].map(() => session(undefined, shape).write(move)));
    expect(upstream.calls).toHaveLength(3);
  });

  test('expects the write of who still reads for it: who comes then is refused before reading', async () => {
    const { session } = await open(() => DONE, options);
    const preparing = [1, 2, 3].map(() => session());
    for (const one of preparing) one.checkWrite();
    const late = session();
    expect(() => late.checkWrite()).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    // One that is over without its write leaves its place.
    preparing[0]?.end();
    expect(() => session().checkWrite()).not.toThrow();
    for (const one of preparing.slice(1)) expect(await one.write(move)).toBeDefined();
  });

  test('knows the tokens that reads have shown to be of their company', async () => {
    const { upstream, session } = await open(() => DONE, {
      limits: { ...LIMITS, quota: { ...quota, companyOf: () => 'a' }, writes },
    });
    const users = [1, 2, 3, 4, 5].map((n) => ({
      caller: createCaller({ authorization: `Bearer ${n}`, admin: false, tracing: {} }),
    }));
    for (const user of users) await session(undefined, user).get(TASK);
    upstream.calls.length = 0;
    const outcomes = users.map((user) => outcomeOf(session(undefined, user).write(move)));
    expect((await Promise.all(outcomes)).filter(Array.isArray)).toHaveLength(2);
    expect(upstream.calls).toHaveLength(3);
  });

  test('lets the writes of a new token go that wait for its first one, once reads have shown it', async () => {
    const { upstream, session } = await open(() => DONE, options);
    await Promise.all([session().write(move), session().write(move), session().get(TASK)]);
    expect(upstream.calls).toHaveLength(3);
  });

  test('is what the RateLimit fields of a write tell of', async () => {
    const fields = {
      'ratelimit-limit': '3;w=60',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '50',
    };
    const { session } = await open(
      ({ method }) => (method === 'GET' ? DONE : faults.json({ _id: idOf(2) }, fields)),
      options,
    );
    await session().write(move);
    expect(await outcomeOf(session().write(move))).toEqual(['RATE_LIMITED', undefined]);
    for (let n = 0; n < 9; n += 1)
      expect(await session().get({ ...TASK, again: true })).toEqual({ _id: idOf(2) });
  });
});
