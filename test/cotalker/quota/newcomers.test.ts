import { expect, test } from '@jest/globals';
import { createCaller } from '../../../src/cotalker/call.ts';
import { createAccounts } from '../../../src/cotalker/quota/accounts.ts';
import { Newcomers } from '../../../src/cotalker/quota/newcomers.ts';
import { NOTHING_EXPECTED } from '../../../src/cotalker/resilience/expected-calls.ts';
import { tokenOf } from '../../support/quota-upstream.ts';

const WINDOW_MS = 5000;

test('room is kept for as many as will come at the same rate, until a window has seen them', () => {
  const newcomers = new Newcomers(WINDOW_MS);
  for (const now of [0, 500]) newcomers.add(now);
  // Two are chance.
  expect(newcomers.kept(50, 500)).toBe(0);
  for (const now of [1000, 1500, 2000]) newcomers.add(now);
  expect([2000, 2500, 4999, 5000, 6000].map((now) => newcomers.kept(50, now))).toEqual([
    8, 5, 1, 1, 0,
  ]);
});

test('it tells when less room is kept', () => {
  const newcomers = new Newcomers(WINDOW_MS);
  for (const now of [0, 500, 1000, 1500, 2000]) newcomers.add(now);
  const next = newcomers.nextEnd(2500) ?? NaN;
  expect([next - 1, next].map((now) => newcomers.kept(50, now))).toEqual([5, 4]);
  expect(newcomers.nextEnd(9000)).toBeUndefined();
});

test('half of the limit is kept at most, however many come', () => {
  const newcomers = new Newcomers(WINDOW_MS);
  for (let n = 0; n < 100; n += 1) newcomers.add(0);
  expect([50, 5, 1].map((limit) => newcomers.kept(limit, 0))).toEqual([25, 2, 0]);
  // Then no more are expected than have come.
  expect(newcomers.keptUntil).toBe(WINDOW_MS);
});

const never = new AbortController().signal;
const callerOf = (user: string) =>
  createCaller({ authorization: `Bearer ${tokenOf('acme', user)}`, admin: false, tracing: {} });

/** Accounts of 6 calls in a window, on a clock that the test moves. */
function open() {
  const clock = { ms: 0 };
  const accounts = createAccounts({
    quota: { calls: 6, windowMs: WINDOW_MS },
    share: 1,
    expected: NOTHING_EXPECTED,
    observer: { refused: () => undefined, waited: () => undefined },
    now: () => clock.ms,
  });
  const went = { sentAt: 0, pauseMs: undefined, rateLimit: undefined };
  return { clock, accounts, went };
}

test('of many new tokens at once, whose rest cannot come in time is refused whole, though its first call went', async () => {
  const { clock, accounts, went } = open();
  const users = await Promise.all(
    Array.from({ length: 6 }, async (_, n) => {
      const caller = callerOf(`user ${n}`);
      const { line } = accounts.of(caller);
      const owner = { since: 0, deadline: 9000, leastCalls: 3 };
      const first = await line.take(owner, never);
      const rest = [1, 2].map(() => line.take(owner, never).catch((error: unknown) => error));
      return { caller, account: accounts.of(caller), owner, first, rest };
    }),
  );
  for (const { caller, account, first } of users) {
    accounts.accept(caller);
    account.current.note(went, 'now');
    first();
  }
  clock.ms = WINDOW_MS + 1;
  const company = accounts.of(callerOf('user 0'));
  company.line.serve();
  for (const { owner, rest } of users) void Promise.all(rest).then(() => company.line.leave(owner));
  for (let turn = 0; turn < 9; turn += 1) await new Promise(setImmediate);
  const outcomes = await Promise.all(users.map(({ rest }) => Promise.all(rest)));
  const whole = outcomes.filter((rest) => rest.every((turn) => typeof turn === 'function'));
  const refused = outcomes.filter((rest) => !rest.some((turn) => typeof turn === 'function'));
  expect([whole.length > 1, refused.length > 1, whole.length + refused.length]).toEqual([
    true,
    true,
    6,
  ]);
  // Told as one that has not begun, so its answer holds no half.
  for (const error of refused.flat())
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      status: undefined,
      retryAfter: expect.any(Number),
    });
});

test('new tokens that Cotalker has refused together come again apart from each other', () => {
  const { clock, accounts, went } = open();
  const callers = Array.from({ length: 40 }, (_, n) => callerOf(`user ${n}`));
  for (const caller of callers) accounts.of(caller).note({ ...went, pauseMs: 1000 }, 'now');
  const waitingAt = (ms: number): number => {
    clock.ms = ms;
    return callers.filter((caller) => accounts.of(caller).isAtLimit).length;
  };
  expect(waitingAt(1499)).toBe(40);
  const half = waitingAt(1500 + WINDOW_MS / 2);
  expect([half > 0, half < 40]).toEqual([true, true]);
  expect(waitingAt(1500 + WINDOW_MS)).toBe(0);
});
