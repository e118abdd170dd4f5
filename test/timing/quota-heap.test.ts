import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { expect, test } from '@jest/globals';
import { createCaller } from '../../src/cotalker/call.ts';
import { createAccounts } from '../../src/cotalker/quota/accounts.ts';
import { tokenOf } from '../support/quota-upstream.ts';

const never = new AbortController().signal;
const callerOf = (company: string, user: string) =>
  createCaller({ authorization: `Bearer ${tokenOf(company, user)}`, admin: false, tracing: {} });

test('what is remembered of a quota is bounded: 100,000 tokens of 10,000 companies take less than 60 MB', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const clock = { ms: 0, cpuMs: 0 };
  const accounts = createAccounts({
    quota: { calls: 5, windowMs: 5000 },
    share: 1,
    expected: { version: 0, of: () => ({ calls: 0, meanCalls: 0, ms: 0, cpuMs: 0 }) },
    observer: { refused: () => undefined, waited: () => undefined },
    now: () => clock.ms,
  });
  const call = (company: string, user: string, end: 'accept' | 'reject'): void => {
    const caller = callerOf(company, user);
    const account = accounts.of(caller);
    const owner = { since: clock.ms, deadline: clock.ms + 60_000 };
    const release = account.line.tryTake(owner, never);
    if (release === undefined) return;
    accounts[end](caller);
    account.current.note({ sentAt: clock.ms, pauseMs: undefined, rateLimit: undefined }, 'now');
    release();
    account.current.line.leave(owner);
  };
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  const before = used();
  const fill = (tokens: number): void => {
    for (let n = 0; n < tokens; n += 1) {
      clock.ms += 1;
      call(`company ${n % 10_000}`, `user ${clock.ms}`, 'accept');
      if (n % 5 === 0) call(`company ${n % 10_000}`, `forged ${clock.ms}`, 'reject');
    }
  };
  fill(100_000);
  const full = used();
  fill(20_000);
  expect(full - before).toBeLessThan(60);
  // As much again takes nothing more.
  expect(used() - before).toBeLessThan(60);
  expect(accounts.load().busiest).toBeGreaterThan(0);
});
