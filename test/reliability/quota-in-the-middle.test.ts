import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { startGateway } from '../support/gateway.ts';
import { startQuotaUpstream, tokenOf } from '../support/quota-upstream.ts';

const CALLS = 6;
/** Six calls that no other request shares. */
const SIX = `{ ${Array.from({ length: CALLS }, (_, n) => `g${n}: groups(filter: { search: "g${n}" }) { totalCount }`).join(' ')} }`;
const WINDOW_MS = 5000;
/** Two pauses of 1.5 s end before it, and the first places come free after it. */
const DEADLINE_MS = 4000;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(quota: { readonly calls: number; readonly windowMs: number }) {
  const upstream = await startQuotaUpstream(quota.windowMs);
  upstream.limit = CALLS / 2;
  const gateway = await startGateway(upstream.url, {
    limits: { callsPerRequest: 250, perOwner: 10, total: 256, quota: { ...quota, share: 1 } },
    resilience: {},
    requestDeadlineMs: DEADLINE_MS,
    isMetered: true,
  });
  closing.push(gateway.close, upstream.close);
  const refused = () => upstream.calls.filter(({ status }) => status === 429).length;
  return { upstream, gateway, refused };
}

test('what Cotalker refuses in the middle of a request goes on once the pause is over, and not a window later', async () => {
  const { upstream, gateway, refused } = await open({ calls: 20, windowMs: 60_000 });
  const asked = gateway.ask(SIX, { token: tokenOf('acme') });
  while (refused() === 0) await sleep(5);
  upstream.limit = Infinity;
  const { body } = await asked;
  expect(body.errors).toBeUndefined();
  expect(Object.keys(body.data)).toHaveLength(CALLS);
});

test('what Cotalker refuses twice in the middle of a request, until its time is up, is RATE_LIMITED: it may come again', async () => {
  const { gateway, refused } = await open({ calls: 8, windowMs: WINDOW_MS });
  const { status, body } = await gateway.ask(SIX, { token: tokenOf('acme') });
  const half = Object.values(body.data).filter((value) => value !== null);
  expect([status, half.length]).toEqual([200, CALLS / 2]);
  const { errors = [] } = body;
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(
    Array(CALLS / 2).fill('RATE_LIMITED'),
  );
  for (const { extensions } of errors) expect(extensions.retryAfter).toBeGreaterThan(0);
  // It was refused in the middle twice, and not beforehand.
  expect(refused()).toBeGreaterThan(CALLS / 2);
  expect(await gateway.metrics()).toContain('quota_refusals_total{cause="too_late"} 0\n');
});
