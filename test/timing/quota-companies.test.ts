import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ONE, QUOTA, startAtQuota } from '../support/at-quota.ts';
import type { TestGateway } from '../support/gateway.ts';
import { type QuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

/** How long the busy company is at its limit, and how long the quiet one is watched before. */
const BUSY_MS = 60_000;
const ALONE_MS = 5000;
const QUIET_EVERY_MS = 200;
/** What the issue of a company's quota allows its neighbours to notice, in milliseconds. */
const NOTICED_MS = 20;

let upstream: QuotaUpstream;
let gateway: TestGateway;
let close: () => Promise<void>;
// A test runs again where the machine stood still, and then begins anew.
beforeEach(async () => {
  ({ upstream, gateway, close } = await startAtQuota());
});
afterEach(() => close());

let asked = 0;
const nextSearch = (): string => `${(asked += 1)}`;

/** Milliseconds until the whole answer of a user who may not be refused. */
async function visit(token: string): Promise<number> {
  const begin = performance.now();
  const { status, body } = await gateway.ask(ONE, {
    token,
    variables: { search: nextSearch() },
  });
  expect([status, body.errors]).toEqual([200, undefined]);
  return performance.now() - begin;
}

/** A user who asks now and then: the median, in milliseconds. */
async function visitNowAndThen(token: string, end: number): Promise<number> {
  const waits: number[] = [];
  while (performance.now() < end) {
    waits.push(await visit(token));
    await sleep(QUIET_EVERY_MS);
  }
  return waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)] ?? NaN;
}

/**
 * A user who asks again as soon as there is an answer.
 *
 * @returns How many answers there were, all of them whole.
 */
async function askOnAndOn(token: string, end: number): Promise<number> {
  let served = 0;
  for (; performance.now() < end; served += 1) await visit(token);
  return served;
}

test('a quiet company does not notice one that is at its limit', async () => {
  const quiet = tokenOf('quiet');
  const alone = await visitNowAndThen(quiet, performance.now() + ALONE_MS);

  const end = performance.now() + BUSY_MS;
  // After a minute the gateway tries a higher pace: what comes of that is another test's matter.
  setTimeout(() => (upstream.limit = Infinity), BUSY_MS).unref();
  const users = Array.from({ length: 40 }, (_, n) => askOnAndOn(tokenOf('busy', `user ${n}`), end));
  const [beside, ...served] = await Promise.all([visitNowAndThen(quiet, end), ...users]);

  // Nothing was refused, not even the first calls of 40 users who began at once; and all of the quota was used.
  expect(upstream.calls.filter(({ status }) => status === 429)).toEqual([]);
  const windows = BUSY_MS / QUOTA.windowMs;
  const total = served.reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThan(QUOTA.calls * (windows - 2));
  expect(total).toBeLessThan(QUOTA.calls * (windows + 4));
  expect(beside - alone).toBeLessThan(NOTICED_MS);
});
