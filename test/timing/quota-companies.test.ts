import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { startGateway } from '../support/gateway.ts';
import { startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

const QUOTA = { calls: 50, windowMs: 5000 };
const QUERY = 'query One($search: String) { groups(filter: { search: $search }) { totalCount } }';
/** How long the busy company is at its limit: four of its windows. */
const BUSY_MS = 20_000;
const QUIET_EVERY_MS = 200;
/** What the issue of a company's quota allows its neighbours to notice, in milliseconds. */
const NOTICED_MS = 20;

const upstream = await startQuotaUpstream(QUOTA.windowMs, 20);
upstream.limit = QUOTA.calls;
const gateway = await startGateway(upstream.url, {
  limits: { callsPerRequest: 100, perOwner: 10, total: 256, quota: { ...QUOTA, share: 1 } },
  resilience: {},
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

let asked = 0;
/** Milliseconds until the whole answer. */
async function ask(token: string): Promise<number> {
  asked += 1;
  const begin = performance.now();
  const { status, body } = await gateway.ask(QUERY, {
    token,
    variables: { search: `${asked}` },
  });
  expect([status, body.errors]).toEqual([200, undefined]);
  return performance.now() - begin;
}

/** A user who asks now and then: the median, in milliseconds. */
async function visit(token: string, isOver: () => boolean): Promise<number> {
  const waits: number[] = [];
  while (!isOver()) {
    waits.push(await ask(token));
    await sleep(QUIET_EVERY_MS);
  }
  return waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)] ?? NaN;
}

test('a quiet company does not notice one that is at its limit', async () => {
  const quiet = tokenOf('quiet');
  const end = performance.now() + BUSY_MS / 4;
  const alone = await visit(quiet, () => performance.now() > end);

  const busyEnd = performance.now() + BUSY_MS;
  const isOver = (): boolean => performance.now() > busyEnd;
  let served = 0;
  const goOn = async (token: string): Promise<void> => {
    while (!isOver()) {
      await ask(token);
      served += 1;
    }
  };
  const users = Array.from({ length: 40 }, (_, n) => goOn(tokenOf('busy', `user ${n}`)));
  const beside = await visit(quiet, isOver);
  await Promise.all(users);

  // It was at its limit: a window more than those of the time, since the last ones wait for theirs.
  expect(served).toBeGreaterThan(QUOTA.calls * 3);
  expect(served).toBeLessThan(QUOTA.calls * 8);
  expect(beside - alone).toBeLessThan(NOTICED_MS);
});
