import { describe, expect, test } from '@jest/globals';
import { type Call, type CallerFacts, createCaller } from '../../src/cotalker/call.ts';
import { CotalkerError } from '../../src/cotalker/errors.ts';
import type { Answer, Exchange } from '../../src/cotalker/exchange.ts';
import type { LineOwner } from '../../src/cotalker/resilience/terms.ts';
import { createCotalker } from '../../src/cotalker/session.ts';
import { idOf, range } from '../support/stage.ts';

const tick = () => new Promise<void>((resolve) => void setImmediate(resolve));
const groups: Call = { template: '/v2/groups', query: { page: 1 } };
const again: Call = { ...groups, again: true };
const group = (n: number): Call => ({ template: '/v2/groups/{id}', id: idOf(n) });

interface Sent {
  readonly owner: LineOwner;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly answer: (body: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** A Cotalker whose exchanges are settled by hand. */
function bench(limits = {}) {
  const sent: Sent[] = [];
  const exchange: Exchange = (_, { request: { headers, owner }, path, signal }) =>
    new Promise<Answer>((resolve, fail) => {
      const answer = (body: unknown): void => resolve({ status: 200, body });
      sent.push({ owner, path, headers, signal, answer, fail });
    });
  const cotalker = createCotalker(exchange, {
    limits: { callsPerRequest: 250, perOwner: 10, total: 100, ...limits },
    resilience: { retry: { attempts: 1 }, breaker: { minCalls: Infinity } },
  });
  const open = (caller: Partial<CallerFacts> = {}, signal = new AbortController().signal) => {
    const whole = createCaller({
      ...{ authorization: 'Bearer a', admin: false, tracing: {} },
      ...caller,
    });
    const session = cotalker.openSession(whole, signal, 60_000);
    const get = (call: Call) => {
      const answer = session.get(call);
      answer.catch(() => undefined);
      return answer;
    };
    const sources = () => session.trace.map(({ source }) => source);
    return { session, get, sources };
  };
  return { sent, open };
}

describe('what is sent', () => {
  test.each<[string, Partial<CallerFacts>, Record<string, string>]>([
    ['the token, verbatim', {}, { authorization: 'Bearer a' }],
    ['admin mode', { admin: true }, { authorization: 'Bearer a', admin: 'true' }],
    [
      'tracing headers',
      { tracing: { 'x-request-id': '42' } },
      { authorization: 'Bearer a', 'x-request-id': '42' },
    ],
  ])('%s', async (_, caller, headers) => {
    const { sent, open } = bench();
    void open(caller).get(groups);
    await tick();
    expect(sent).toMatchObject([{ path: '/v2/groups?page=1' }]);
    expect(sent[0]?.headers).toEqual(headers);
  });

  test('is nothing without a token, nor for an id that is none', async () => {
    const { sent, open } = bench();
    const nobody = open({ authorization: undefined });
    await expect(nobody.get(groups)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(open().get({ ...group(1), id: '..' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await tick();
    expect(sent).toEqual([]);
    expect(nobody.session.trace).toEqual([]);
  });
});

describe('within a request', () => {
  test('the same GET is made once, while in flight and later', async () => {
    const { sent, open } = bench();
    const { get, sources } = open();
    const [a, b] = [get(groups), get(groups)];
    await tick();
    sent[0]?.answer('one');
    expect([await a, await b, await get(groups)]).toEqual(['one', 'one', 'one']);
    expect(sent).toHaveLength(1);
    expect(sources()).toEqual(['made', 'reused', 'reused']);
  });

  test('a failure is not asked for again', async () => {
    const { sent, open } = bench();
    const { get } = open();
    const a = get(groups);
    await tick();
    sent[0]?.fail(new CotalkerError('FORBIDDEN', 'no'));
    await expect(a).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(get(groups)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(sent).toHaveLength(1);
  });

  test('"again" is never served from memory, nor shared; what it brings is remembered', async () => {
    const { sent, open } = bench();
    const { get, sources } = open();
    const first = get(groups);
    await tick();
    const inFlight = get(again);
    await tick();
    expect(sent).toHaveLength(2);
    sent[0]?.answer('old');
    sent[1]?.answer('new');
    expect([await first, await inFlight]).toEqual(['old', 'new']);
    const later = get(again);
    const elsewhere = open().get(again);
    await tick();
    expect(sent).toHaveLength(4);
    sent[2]?.answer('newest');
    sent[3]?.answer('other');
    expect([await later, await elsewhere, await get(groups)]).toEqual([
      'newest',
      'other',
      'newest',
    ]);
    expect(sources()).toEqual(['made', 'made', 'made', 'reused']);
  });
});

describe('across requests', () => {
  test('the same caller shares a call in flight', async () => {
    const { sent, open } = bench();
    const [one, two] = [open(), open()];
    const [a, b] = [one.get(groups), two.get(groups)];
    await tick();
    expect(sent).toHaveLength(1);
    sent[0]?.answer('one');
    expect([await a, await b]).toEqual(['one', 'one']);
    expect([one.sources(), two.sources()]).toEqual([['made'], ['shared']]);
  });

  test('an answer is not kept for the next request', async () => {
    const { sent, open } = bench();
    const a = open().get(groups);
    await tick();
    sent[0]?.answer('one');
    await a;
    void open().get(groups);
    await tick();
    expect(sent).toHaveLength(2);
  });

  test('a shared failure fails both, and the next request asks anew', async () => {
    const { sent, open } = bench();
    const both = [open().get(groups), open().get(groups)];
    await tick();
    sent[0]?.fail(new CotalkerError('UPSTREAM_UNAVAILABLE', 'it failed'));
    for (const one of both)
      await expect(one).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    const next = open().get(groups);
    await tick();
    sent[1]?.answer('fine');
    expect(await next).toBe('fine');
  });

  test.each<[string, Partial<CallerFacts>, Partial<CallerFacts>, Call]>([
    ['another token', {}, { authorization: 'Bearer b' }, groups],
    ['a token that goes on', {}, { authorization: 'Bearer aa' }, groups],
    ['admin mode', {}, { admin: true }, groups],
    [
      'what looks like admin mode in the token',
      { authorization: 'true Bearer a' },
      { authorization: 'Bearer a', admin: true },
      groups,
    ],
    ['other parameters', {}, {}, { ...groups, query: { page: 2 } }],
    ['another path', {}, {}, { template: '/v2/channels', query: { page: 1 } }],
  ])('%s shares nothing', async (_, one, two, call) => {
    const { sent, open } = bench();
    const a = open(one).get(groups);
    const b = open(two).get(call);
    await tick();
    expect(sent).toHaveLength(2);
    sent[0]?.answer('one');
    sent[1]?.answer('two');
    expect([await a, await b]).toEqual(['one', 'two']);
  });

  test('a caller who goes away leaves the call to the other; the last takes it down', async () => {
    const { sent, open } = bench();
    const leaving = [new AbortController(), new AbortController()];
    const [a, b] = leaving.map(({ signal }) => open({}, signal).get(groups));
    await tick();
    leaving[0]?.abort();
    await expect(a).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(sent[0]?.signal.aborted).toBe(false);
    leaving[1]?.abort(new DOMException('late', 'TimeoutError'));
    await expect(b).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    expect(sent[0]?.signal.aborted).toBe(true);
  });
});

describe('the limits', () => {
  test('of calls in flight: 10 a request, 100 in all', async () => {
    const { sent, open } = bench();
    const requests = range(12).map((n) => open({ authorization: `Bearer ${n}` }));
    for (const { get } of requests) for (const n of range(20)) void get(group(n));
    await tick();
    expect(sent).toHaveLength(100);
    for (const n of range(12)) {
      const own = sent.filter(({ headers }) => headers['authorization'] === `Bearer ${n}`);
      expect(own.length).toBeLessThanOrEqual(10);
    }
  });

  test('a failed call, and one that is given up, give their place to the next', async () => {
    const { sent, open } = bench({ perOwner: 1, total: 1 });
    const leaving = new AbortController();
    void open({}, leaving.signal).get(group(1));
    const other = open();
    void other.get(group(2));
    void other.get(group(3));
    await tick();
    leaving.abort();
    sent[0]?.fail(new Error('aborted'));
    await tick();
    sent[1]?.fail(new CotalkerError('FORBIDDEN', 'no'));
    await tick();
    expect(sent.map(({ path }) => path)).toEqual([1, 2, 3].map((n) => `/v2/groups/${idOf(n)}`));
  });

  test('a request with 200 calls does not hold up one with a single call', async () => {
    const { sent, open } = bench({ perOwner: 10, total: 10 });
    const many = open();
    for (const n of range(200)) void many.get(group(n));
    const single = open({ authorization: 'Bearer b' }).get(group(1));
    await tick();
    for (const { answer } of sent.slice(0, 4)) answer('');
    await tick();
    sent.find(({ headers }) => headers['authorization'] === 'Bearer b')?.answer('single');
    expect(await single).toBe('single');
  });

  test('nor one of the same caller that asks for the last of the 200', async () => {
    const { sent, open } = bench({ perOwner: 10, total: 10 });
    const many = open();
    const last = range(200)
      .map((n) => many.get(group(n)))
      .at(-1);
    const single = open();
    const shared = single.get(group(200));
    await tick();
    for (const { answer } of sent.slice(0, 4)) answer('');
    await tick();
    sent.find(({ path }) => path === `/v2/groups/${idOf(200)}`)?.answer('both');
    expect([await shared, await last]).toEqual(['both', 'both']);
    expect(single.sources()).toEqual(['shared']);
  });

  test('of calls in all: the first are made, the rest fail without a call', async () => {
    const { sent, open } = bench({ callsPerRequest: 3 });
    const { get, sources } = open();
    const answers = range(5).map((n) => get(group(n)));
    await tick();
    expect(sent).toHaveLength(3);
    for (const call of sent) call.answer('fine');
    expect(await Promise.all(answers.slice(0, 3))).toEqual(['fine', 'fine', 'fine']);
    for (const answer of answers.slice(3))
      await expect(answer).rejects.toMatchObject({ code: 'UPSTREAM_BUDGET_EXCEEDED' });
    await expect(get({ ...group(9), again: true })).rejects.toMatchObject({
      code: 'UPSTREAM_BUDGET_EXCEEDED',
    });
    // What is known already, and what another request has under way, costs nothing.
    expect(await get(group(1))).toBe('fine');
    void open().get(group(8));
    const shared = get(group(8));
    await tick();
    sent.at(-1)?.answer('shared');
    expect(await shared).toBe('shared');
    expect(sources()).toEqual(['made', 'made', 'made', 'reused', 'shared']);
  });
});

test('whenIdle waits for the calls of its own request only', async () => {
  const { sent, open } = bench();
  const { session, get } = open();
  void open({ authorization: 'Bearer b' }).get(groups);
  void get(groups);
  const log: string[] = [];
  session.whenIdle(() => log.push('last'), 'last');
  session.whenIdle(() => log.push('first'));
  await tick();
  expect(log).toEqual([]);
  sent[1]?.answer('mine');
  await tick();
  await tick();
  await tick();
  expect(log).toEqual(['first', 'last']);
});

describe('how many calls its document takes is not learnt from a request', () => {
  const failures = [
    ['UPSTREAM_UNAVAILABLE', 500],
    ['RATE_LIMITED', 429],
    ['UNAUTHENTICATED', 401],
    ['UPSTREAM_TIMEOUT', undefined],
  ] as const;
  test.each(failures)('of which a call came to %s (%s)', async (code, status) => {
    const { sent, open } = bench();
    const answer = open().get(groups);
    await tick();
    sent[0]?.fail(new CotalkerError(code, 'no', { status }));
    await expect(answer).rejects.toMatchObject({ code });
    expect(sent[0]?.owner.isCut).toBe(true);
  });

  test('whose caller left', async () => {
    const { sent, open } = bench();
    const leaving = new AbortController();
    const { get, session } = open({}, leaving.signal);
    void get(groups);
    await tick();
    leaving.abort();
    session.end();
    expect(sent[0]?.owner.isCut).toBe(true);
  });

  test.each([403, 404])('but a %i is an answer', async (status) => {
    const { sent, open } = bench();
    const { get, session } = open();
    const answer = get(groups);
    await tick();
    sent[0]?.fail(new CotalkerError(status === 403 ? 'FORBIDDEN' : 'NOT_FOUND', 'no', { status }));
    await expect(answer).rejects.toMatchObject({ status });
    session.end();
    expect(sent[0]?.owner.isCut).toBeUndefined();
  });
});
