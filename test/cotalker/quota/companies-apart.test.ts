import { afterEach, expect, jest, test } from '@jest/globals';
import { createCaller } from '../../../src/cotalker/call.ts';
import { CotalkerError } from '../../../src/cotalker/errors.ts';
import { createAccounts } from '../../../src/cotalker/quota/accounts.ts';
import { createQuotas } from '../../../src/cotalker/quota/in-quota.ts';
import { createExpectedCalls } from '../../../src/cotalker/resilience/expected-calls.ts';
import { CallLine } from '../../../src/cotalker/resilience/call-line.ts';
import { Places } from '../../../src/cotalker/resilience/places.ts';
import { workOf } from '../../../src/cotalker/resilience/work.ts';
import { tokenOf } from '../../support/quota-upstream.ts';

afterEach(() => void jest.restoreAllMocks());

const never = new AbortController().signal;
const callerOf = (company: string) =>
  createCaller({ authorization: `Bearer ${tokenOf(company)}`, admin: false, tracing: {} });
const observer = { refused: () => undefined, waited: () => undefined };
const QUOTA = { calls: 10, windowMs: 5000 };

test('what a document takes in one company holds back nobody of another', async () => {
  const expected = createExpectedCalls();
  const accounts = createAccounts({ quota: QUOTA, share: 1, expected, observer, now: () => 0 });
  /** How many of three users whose documents are the same have a turn at once. */
  const begun = async (company: string): Promise<number> => {
    const caller = callerOf(company);
    accounts.accept(caller);
    const { line } = accounts.of(caller);
    let turns = 0;
    for (let user = 0; user < 3; user += 1) {
      const owner = { since: 0, deadline: 60_000, document: 'menu' };
      void line.take(owner, never).then(
        () => (turns += 1),
        () => undefined,
      );
    }
    await new Promise(setImmediate);
    return turns;
  };
  accounts.accept(callerOf('large'));
  expected.note('menu', { calls: 9, ms: 1, cpuMs: 1 }, accounts.of(callerOf('large')).company);
  expect(await begun('large')).toBe(1);
  expect(await begun('small')).toBe(3);
});

test('what each company takes is told apart, and how long it takes is told of all', () => {
  const expected = createExpectedCalls();
  expected.note('menu', { calls: 4, ms: 100, cpuMs: 2 });
  expected.note('menu', { calls: 60, ms: 900, cpuMs: 9 }, 'company a');
  const ownWork = (of: { readonly company?: string }) => {
    const rules = { perOwner: 10, mayBegin: () => true, unseen: () => 1, now: () => 0 };
    const places = new Places({ ...rules, expected, ...of });
    const place = places.enter({ since: 0, deadline: 1000, document: 'menu' });
    return workOf(place, places.all).own;
  };
  expect(ownWork({ company: 'company a' })).toEqual({ calls: 60, ms: 100, cpuMs: 2 });
  expect(ownWork({ company: 'company b' })).toEqual({ calls: 1, ms: 100, cpuMs: 2 });
  expect(ownWork({})).toEqual({ calls: 4, ms: 100, cpuMs: 2 });
});

test('a live poll that is given up while it waits leaves its line', async () => {
  const take = jest.spyOn(CallLine.prototype, 'take');
  const leave = jest.spyOn(CallLine.prototype, 'leave');
  const quotas = createQuotas(
    { calls: 1, windowMs: 5000, share: 1 },
    createExpectedCalls(),
    observer,
    () => 0,
  );
  const caller = callerOf('acme');
  const first = await quotas.turnOf(caller, never);
  const leaving = new AbortController();
  const turn = quotas.turnOf(caller, leaving.signal);
  leaving.abort();
  await expect(turn).rejects.toThrow(CotalkerError);
  const ownersOf = (spy: typeof take | typeof leave) => spy.mock.calls.map(([owner]) => owner);
  expect(ownersOf(take)).toHaveLength(2);
  expect(ownersOf(leave)).toEqual(ownersOf(take));
  first.take()?.();
});

test('a pause is longer than Cotalker asks for by a second at the most, however long the window is', () => {
  const clock = { ms: 0 };
  const accounts = createAccounts({
    ...{ quota: { calls: 600, windowMs: 60_000 }, share: 1, observer },
    expected: createExpectedCalls(),
    now: () => clock.ms,
  });
  const caller = callerOf('acme');
  accounts.accept(caller);
  const account = accounts.of(caller);
  account.note({ sentAt: 0, pauseMs: 1000, rateLimit: undefined }, 'now');
  expect(account.isAtLimit).toBe(true);
  clock.ms = 2001;
  expect(account.isAtLimit).toBe(false);
});

test('more calls than a 429 leaves for some minutes is no more than the quota has: it is RATE_LIMITED', async () => {
  const clock = { ms: 0 };
  const accounts = createAccounts({
    ...{ quota: QUOTA, share: 1, observer, now: () => clock.ms },
    expected: createExpectedCalls(),
  });
  const caller = callerOf('acme');
  accounts.accept(caller);
  const account = accounts.of(caller);
  for (let refusal = 0; refusal < 3; refusal += 1) {
    clock.ms += 10_000;
    account.note({ sentAt: clock.ms, pauseMs: 1000, rateLimit: undefined }, 'now');
  }
  clock.ms += 10_000;
  const ask = (leastCalls: number) =>
    account.line
      .take({ since: clock.ms, deadline: clock.ms + 4000, leastCalls }, never)
      .catch((error: unknown) => error);
  expect(await ask(10)).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
  expect(await ask(11)).toMatchObject({ code: 'UPSTREAM_BUDGET_EXCEEDED' });
});

test('of calls that were refused together, those that wait are judged once', () => {
  const narrow = jest.spyOn(CallLine.prototype, 'narrow');
  const clock = { ms: 0 };
  const accounts = createAccounts({
    ...{ quota: QUOTA, share: 1, observer, now: () => clock.ms },
    expected: createExpectedCalls(),
  });
  const caller = callerOf('acme');
  accounts.accept(caller);
  const account = accounts.of(caller);
  const refuse = (): void =>
    account.note({ sentAt: 0, pauseMs: 1000, rateLimit: undefined }, 'now');
  for (let call = 0; call < 49; call += 1) {
    refuse();
    clock.ms += 0.5;
  }
  expect(narrow).toHaveBeenCalledTimes(1);
  // Much later it is a longer pause.
  clock.ms += 500;
  refuse();
  expect(narrow).toHaveBeenCalledTimes(2);
  clock.ms += 1400;
  expect(account.isAtLimit).toBe(true);
});
