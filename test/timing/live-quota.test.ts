import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { type Events, subscribe } from '../support/events.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type QuotaUpstream, startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

const FOLLOW = 'subscription { groupChanged { cursor } }';
const WINDOW_MS = 500;
/** Two of these in a window are a fifth. */
const QUOTA = { calls: 10, windowMs: WINDOW_MS, share: 1 };
const FOLLOWERS = 12;

let gateway: TestGateway;
let upstream: QuotaUpstream;
const opened: Events[] = [];
afterEach(async () => {
  for (const events of opened.splice(0)) events.leave();
  await gateway.close();
  await upstream.close();
});

test('the polls of a company take a fifth of its quota at most, and its tokens take turns', async () => {
  upstream = await startQuotaUpstream(WINDOW_MS);
  gateway = await startGateway(upstream.url, {
    limits: { callsPerRequest: 250, perOwner: 10, total: 256, quota: QUOTA },
    live: { pollMs: 20, maxSubscriptions: 100 },
    // Shorter than a round of all followers takes: a poll that waits for its turn has its time still to come.
    requestDeadlineMs: 1500,
  });
  for (let n = 0; n < FOLLOWERS; n += 1) {
    const token = tokenOf('acme', `user ${n}`);
    opened.push(await subscribe(gateway.url, FOLLOW, { token }));
  }
  // What was waiting while they subscribed has gone by then.
  await sleep(WINDOW_MS);
  const from = upstream.calls.length;
  while (upstream.calls.length < from + 3 * FOLLOWERS) await sleep(20);
  const polls = upstream.calls.slice(from, from + 3 * FOLLOWERS);
  // The third after one comes a window later at the least.
  for (const [n, { at }] of polls.entries())
    if (polls[n + 2] !== undefined) expect(polls[n + 2]?.at).toBeGreaterThanOrEqual(at + WINDOW_MS);
  const counts = new Map<string, number>();
  for (const { token } of polls) counts.set(token, (counts.get(token) ?? 0) + 1);
  expect([...counts.values()]).toEqual(Array(FOLLOWERS).fill(3));
});
