import { describe, expect, test } from '@jest/globals';
import { createCaller } from '../../../src/cotalker/call.ts';
import { CotalkerError } from '../../../src/cotalker/errors.ts';
import { createAccounts } from '../../../src/cotalker/quota/accounts.ts';
import { tokenOf } from '../../support/quota-upstream.ts';

const never = new AbortController().signal;
const callerOf = (company: string, user?: string, admin = false) =>
  createCaller({ authorization: `Bearer ${tokenOf(company, user)}`, admin, tracing: {} });

const plain = (token: string) =>
  createCaller({ authorization: `Bearer ${token}`, admin: false, tracing: {} });

/** Accounts of 5 calls in 5 seconds, on a clock that the test moves. */
function open(
  expectedMs = 0,
  calls = 5,
  callsOf: Readonly<Record<string, number>> = {},
  companyOf?: (authorization: string) => string | undefined,
) {
  const clock = { ms: 0, looks: 0 };
  const accounts = createAccounts({
    quota: { calls, windowMs: 5000 },
    share: 1,
    companyOf,
    expected: {
      of: (document = '') => {
        const known = callsOf[document] ?? 0;
        return { calls: known, meanCalls: known, ms: expectedMs, cpuMs: 0 };
      },
    },
    observer: { refused: () => undefined, waited: () => undefined },
    now: () => {
      clock.looks += 1;
      return clock.ms;
    },
  });
  type Caller = ReturnType<typeof callerOf>;
  const ask = (caller: Caller) => {
    const owner = { since: clock.ms, deadline: clock.ms + 60_000 };
    return accounts.of(caller).line.take(owner, never);
  };
  /** Makes a call, if it may go at once; whether it might. */
  const call = (caller: Caller, end: 'accept' | 'reject' = 'accept'): boolean => {
    const account = accounts.of(caller);
    const owner = { since: clock.ms, deadline: clock.ms + 60_000 };
    const release = account.line.tryTake(owner, never);
    if (release === undefined) return false;
    const sentAt = clock.ms;
    accounts[end](caller);
    account.current.note({ sentAt, pauseMs: undefined, rateLimit: undefined }, 'now');
    release();
    account.current.line.leave(owner);
    return true;
  };
  return { accounts, clock, ask, call };
}
const times = (count: number, act: () => boolean): number =>
  Array.from({ length: count }, act).filter(Boolean).length;

test.each([
  [400, undefined],
  [600, 'RATE_LIMITED'],
])(
  'a request whose document takes %i ms, and that may begin 500 ms before its deadline: %s',
  async (expectedMs, code) => {
    const { accounts, clock, call } = open(expectedMs);
    const caller = callerOf('acme');
    times(5, () => call(caller));
    const { line } = accounts.of(caller);
    const left = new AbortController();
    const waits = line.take({ since: 0, deadline: 5500 }, left.signal);
    const refused = waits.catch((error: unknown) => error);
    await new Promise(setImmediate);
    clock.ms = 5001;
    line.serve();
    const told = await refused;
    if (code === undefined) expect(typeof told).toBe('function');
    else expect(told).toMatchObject({ code });
  },
);

describe('a request that waits for the quota until its deadline, since older ones took more than was expected', () => {
  /** Three calls that count until 1000, two that an older request has under way, and one that waits until 2000. */
  async function waitInVain(urgency: 'now' | 'later' = 'now') {
    const { accounts, clock, call } = open();
    const caller = callerOf('acme');
    clock.ms = -4000;
    times(3, () => call(caller));
    const { line } = accounts.of(caller);
    const older = { since: -4000, deadline: 9000 };
    for (let n = 0; n < 2; n += 1) await line.take(older, never);
    clock.ms = 0;
    const leaving = new AbortController();
    const waits = line.take({ since: 0, deadline: 2000 }, leaving.signal, urgency);
    const told = waits.catch((error: unknown) => error);
    for (let n = 0; n < 9; n += 1) line.take(older, never).catch(() => undefined);
    clock.ms = 1000;
    line.serve();
    clock.ms = 2000;
    return { told, leaving };
  }
  const timeUp = new DOMException('late', 'TimeoutError');

  test('is told when to come again: it has spent no call', async () => {
    const { told, leaving } = await waitInVain();
    leaving.abort(timeUp);
    expect(await told).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
  });

  test('is a live poll that ran out of time, or a caller who left, like anywhere else', async () => {
    const poll = await waitInVain('later');
    poll.leaving.abort(timeUp);
    expect(await poll.told).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    const left = await waitInVain();
    left.leaving.abort();
    expect(await left.told).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});

describe('a company', () => {
  test('is what a token says once it is accepted: all of its tokens share one quota, admins too', () => {
    const { call } = open();
    expect(times(3, () => call(callerOf('acme', 'a')))).toBe(3);
    expect(call(callerOf('acme', 'b'))).toBe(true);
    expect(times(3, () => call(callerOf('acme', 'a', true)))).toBe(1);
    expect(call(callerOf('acme', 'b'))).toBe(false);
    expect(call(callerOf('other', 'a'))).toBe(true);
  });

  test('is not slowed down by a token that is not accepted, nor is that by the company', () => {
    const { call } = open();
    const forged = callerOf('acme', 'forged');
    expect(times(9, () => call(forged, 'reject'))).toBe(5);
    expect(times(9, () => call(callerOf('acme')))).toBe(5);
    const other = callerOf('acme', 'other');
    expect(call(other, 'reject')).toBe(true);
  });

  test('is left by a token that is not accepted any more', () => {
    const { call } = open();
    const caller = callerOf('acme');
    expect(call(caller)).toBe(true);
    expect(call(caller, 'reject')).toBe(true);
    expect(times(9, () => call(caller, 'reject'))).toBe(5);
    expect(times(9, () => call(callerOf('acme', 'b')))).toBe(3);
  });

  test('is the token itself where that is no JWT', () => {
    const { call } = open();
    const plain = (token: string) =>
      createCaller({ authorization: `Bearer ${token}`, admin: false, tracing: {} });
    expect(times(9, () => call(plain('a')))).toBe(5);
    expect(times(9, () => call(plain('b')))).toBe(5);
  });
});

test('a token that is not accepted yet makes its calls one by one; who waits goes on in its company’s line', async () => {
  const { accounts, call, ask } = open();
  for (let n = 0; n < 3; n += 1) call(callerOf('acme', 'a'));
  const caller = callerOf('acme', 'b');
  const account = accounts.of(caller);
  const first = await ask(caller);
  const granted: number[] = [];
  for (const n of [1, 2, 3]) void ask(caller).then(() => granted.push(n));
  await new Promise(setImmediate);
  expect(granted).toEqual([]);
  accounts.accept(caller);
  account.current.note({ sentAt: 0, pauseMs: undefined, rateLimit: undefined }, 'now');
  first();
  await new Promise(setImmediate);
  // Three and its first are four of five.
  expect(granted).toEqual([1]);
});

test('of 40 users of a company who begin at once none is refused, where the quota has room for all in time', async () => {
  const { accounts, clock, call } = open(0, 50);
  const users = Array.from({ length: 40 }, (_, n) => callerOf('acme', `user ${n}`));
  for (const user of users) expect(call(user)).toBe(true);
  clock.ms = 20;
  const answers = users.map((user) => {
    const owner = { since: 20, deadline: 10_020 };
    return accounts
      .of(user)
      .line.take(owner, never)
      .then(
        (release) => {
          release();
          accounts.of(user).line.leave(owner);
          return 'served';
        },
        (error: unknown) => error,
      );
  });
  for (clock.ms = 100; clock.ms <= 10_000; clock.ms += 100) {
    await new Promise(setImmediate);
    accounts.of(callerOf('acme', 'user 0')).line.serve();
  }
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['served']));
});

describe('a company with a large request under way', () => {
  const large = { since: 0, deadline: 600_000, document: 'large' };
  const small = { since: 1, deadline: 600_000 };
  /** A request of 40 calls that has made the first of them, at 5 calls in a window. */
  async function begin() {
    const it = open(0, 5, { large: 40 });
    const caller = callerOf('acme');
    expect(it.call(caller)).toBe(true);
    it.clock.ms = 5000;
    const { line } = it.accounts.of(caller);
    const granted: object[] = [];
    const take = (owner: typeof small): void => {
      void line.take(owner, never).then((release) => {
        granted.push(owner);
        it.accounts
          .of(caller)
          .note({ sentAt: it.clock.ms, pauseMs: undefined, rateLimit: undefined }, 'now');
        release();
      });
    };
    const next = async (): Promise<number[]> => {
      granted.length = 0;
      it.clock.ms += 5000;
      line.serve();
      for (let turn = 0; turn < 9; turn += 1) await new Promise(setImmediate);
      return [large, small].map((owner) => granted.filter((other) => other === owner).length);
    };
    take(large);
    await new Promise(setImmediate);
    return { take, next, granted };
  }

  test('serves a small one in its next four calls, and the rest is for the large one', async () => {
    const { take, next, granted } = await begin();
    expect(granted).toEqual([large]);
    take(small);
    for (let n = 0; n < 39; n += 1) take(large);
    await new Promise(setImmediate);
    expect(granted).toContain(small);
    expect(granted).toHaveLength(5);
    expect(await next()).toEqual([5, 0]);
  });

  test('finishes it, however many small ones there are', async () => {
    const { take, next } = await begin();
    for (let n = 0; n < 39; n += 1) take(large);
    let left = 39;
    for (let window = 0; window < 10; window += 1) {
      for (let n = 0; n < 5; n += 1) take({ ...small, since: window * 100 + n });
      const [ofLarge = 0] = await next();
      left -= ofLarge;
    }
    expect(left).toBe(0);
  });
});

test('a call that nobody has waited for counts from when it has come to Cotalker: as a call takes by rule', () => {
  const { accounts, clock, call } = open(0, 2);
  const caller = callerOf('acme');
  accounts.accept(caller);
  const account = accounts.of(caller);
  const note = (sentAt: number, isLost: boolean): void =>
    account.note({ sentAt, isLost, pauseMs: undefined, rateLimit: undefined }, 'now');
  clock.ms = 100;
  note(0, false);
  clock.ms = 6000;
  note(5900, false);
  // Its caller has left after 20 ms.
  note(5980, true);
  clock.ms = 11_000;
  expect(times(3, () => call(caller))).toBe(1);
  clock.ms = 11_080;
  expect(times(3, () => call(caller))).toBe(1);
});

test('a client that does not wait as told keeps nobody else away for long', async () => {
  const { accounts, clock, call, ask } = open();
  const caller = callerOf('acme');
  times(5, () => call(caller));
  const { line } = accounts.of(caller);
  const refusedOf = async (): Promise<number | undefined> => {
    const owner = { since: clock.ms, deadline: clock.ms + 2000 };
    const error = await line.take(owner, never).catch((refusal: unknown) => refusal);
    line.leave(owner);
    return error instanceof CotalkerError ? error.retryAfter : undefined;
  };
  // In 5 s there are places again, and it may begin 1.6 s before its deadline.
  expect(await refusedOf()).toBe(4);
  for (let n = 0; n < 500; n += 1) await refusedOf();
  // Its deadline of 2 s more at the most, and at any time of that.
  expect(await refusedOf()).toBeGreaterThanOrEqual(5);
  expect(await refusedOf()).toBeLessThanOrEqual(7);
  clock.ms = 5000;
  expect(typeof (await ask(caller))).toBe('function');
});

test('tokens that say nothing of their company are of the one that is known for them', () => {
  const { call } = open(0, 5, {}, () => 'acme');
  expect(times(3, () => call(plain('a')))).toBe(3);
  // The first one shows that it is accepted.
  expect(times(9, () => call(plain('b')))).toBe(2);
});

test('tokens that name no company are kept among as many as companies are, those that name one for longer', () => {
  const { call, accounts } = open(0, 5, {}, (header) => header.split(' ').at(2));
  for (const token of ['named acme', 'first', 'last']) call(plain(token));
  for (let n = 0; n < 9_999; n += 1) call(plain(`token-${n}`));
  const isNew = ['named acme', 'first', 'last'].map((token) => accounts.isNew(plain(token)));
  expect(isNew).toEqual([false, true, false]);
});

describe('more companies than are kept', () => {
  const MOST = 10_000;

  test('push out those whose calls do not count any more, and none that is at its limit', () => {
    const { clock, call } = open(0, 2);
    const idle = callerOf('idle');
    times(2, () => call(idle));
    clock.ms = 1000;
    const busy = callerOf('busy');
    expect(times(3, () => call(busy))).toBe(2);
    clock.ms = 5500;
    for (let n = 0; n < MOST - 1; n += 1) call(callerOf(`company ${n}`));
    expect(call(busy)).toBe(false);
    clock.ms = 6000;
    expect(call(busy)).toBe(true);
  });
});

test('a further new token costs no look at each of the thousands that are new, too', () => {
  const { clock, call } = open();
  const looksOf = (n: number): number => {
    const before = clock.looks;
    call(callerOf('acme', `forged ${n}`), 'reject');
    return clock.looks - before;
  };
  const first = looksOf(0);
  for (let n = 1; n < 8000; n += 1) looksOf(n);
  // All of these have made a call that counts.
  expect(looksOf(8000)).toBeLessThan(first + 20);
});

describe('a request of which is known that it takes more calls than', () => {
  const open12 = () => {
    const it = open(20, 5, { menu: 12, board: 10 });
    const caller = callerOf('acme');
    expect(it.call(caller)).toBe(true);
    const refusalOf = (owner: object): Promise<unknown> => {
      const since = it.clock.ms;
      const asking = { since, deadline: since + 10_000, ...owner };
      const { line } = it.accounts.of(caller);
      return line.take(asking, never).then(
        (release) => {
          release();
          line.leave(asking);
        },
        (error: unknown) => error,
      );
    };
    return { ...it, refusalOf };
  };

  test.each([
    ['by an earlier run', { document: 'menu' }],
    ['by its shape', { document: 'unknown', leastCalls: 12 }],
  ])('the quota has in its time is told so, also when it is alone: %s', async (_, owner) => {
    const { clock, refusalOf } = open12();
    clock.ms = 5000;
    expect(await refusalOf(owner)).toMatchObject({
      code: 'UPSTREAM_BUDGET_EXCEEDED',
      calls: { needed: 12, allowed: 10 },
    });
  });

  test.each([
    ['by an earlier run', { document: 'board' }],
    ['by its shape', { document: 'unknown', leastCalls: 10 }],
  ])('come in its time is told when to come again: %s', async (_, owner) => {
    const { clock, refusalOf } = open12();
    const error = await refusalOf(owner);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    clock.ms += Number((error as CotalkerError).retryAfter) * 1000;
    expect(await refusalOf(owner)).toBeUndefined();
  });

  test('it has asked for so far may begin', async () => {
    const { clock, refusalOf } = open12();
    clock.ms = 5000;
    expect(await refusalOf({ document: 'unknown' })).toBeUndefined();
  });
});
