import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { expect, test } from '@jest/globals';
import { createCaller } from '../../src/cotalker/call.ts';
import { createAccounts } from '../../src/cotalker/quota/accounts.ts';
import type { AskForPlaces } from '../../src/cotalker/quota/in-redis.ts';
import { figure } from '../support/fault-stage.ts';
import { tokenOf } from '../support/quota-upstream.ts';

const never = new AbortController().signal;
const callerOf = (company: string, user: string) =>
  createCaller({ authorization: `Bearer ${tokenOf(company, user)}`, admin: false, tracing: {} });

/** Of an instance that is alone with its Redis. */
const grantAll: AskForPlaces = async ({ wanted, limit }) => ({
  ...{ granted: wanted, entitled: limit, others: 0, answered: 0, limit, version: 1 },
  ...{ pauseMs: 0, nextMs: undefined, instances: 1 },
});
/** So many calls are made at once: one for each company. */
const AT_ONCE = 1000;
const COMPANIES = 10_000;

test.each([
  // 3 of them are the room of the cache of tokens, which it takes for the first one.
  ['of one instance', undefined, 64],
  ['that instances share', () => grantAll, 80],
])(
  'what is remembered of a quota %s is bounded, with 100,000 tokens of 10,000 companies',
  async (_, shared, mostMb) => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const clock = { ms: 0 };
    const accounts = createAccounts({
      quota: { calls: 5, windowMs: 5000 },
      share: 1,
      shared,
      expected: { of: () => ({ calls: 0, meanCalls: 0, ms: 0, cpuMs: 0 }) },
      observer: { refused: () => undefined, waited: () => undefined },
      now: () => clock.ms,
    });
    const call = async (company: string, user: string, end: 'accept' | 'reject'): Promise<void> => {
      const caller = callerOf(company, user);
      const account = accounts.of(caller);
      const owner = { since: clock.ms, deadline: clock.ms + 60_000 };
      const release = await account.line.take(owner, never);
      accounts[end](caller);
      account.current.note({ sentAt: clock.ms, pauseMs: undefined, rateLimit: undefined }, 'now');
      release();
      account.current.line.leave(owner);
    };
    const used = async (): Promise<number> => {
      // What has been answered by then is forgotten.
      await new Promise((resolve) => setTimeout(resolve, 50));
      collect();
      return process.memoryUsage().heapUsed / 1e6;
    };
    const before = await used();
    let users = 0;
    /** The first call of a token shows its company; the second one of some goes by the company's pace. */
    const fill = async (tokens: number): Promise<void> => {
      for (let n = 0; n < tokens; n += AT_ONCE) {
        clock.ms += AT_ONCE;
        const some = Array.from({ length: AT_ONCE }, async (__, index) => {
          const [company, user] = [`company ${(n + index) % COMPANIES}`, `user ${(users += 1)}`];
          await call(company, user, 'accept');
          if (n < COMPANIES) await call(company, user, 'accept');
          if (index % 5 === 0) await call(company, `forged ${user}`, 'reject');
        });
        await Promise.all(some);
      }
    };
    await fill(100_000);
    const full = (await used()) - before;
    await fill(20_000);
    const later = (await used()) - before;
    figure('100,000 tokens of 10,000 companies, and 20,000 more, in MB', `${full}, ${later}`);
    expect(full).toBeLessThan(mostMb);
    // As much again takes nothing more.
    expect(later).toBeLessThan(mostMb);
    expect(accounts.load().busiest).toBeGreaterThan(0);
  },
);
