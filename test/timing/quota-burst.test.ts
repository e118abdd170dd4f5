import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { QUOTA, startAtQuota } from '../support/at-quota.ts';
import { tokenOf } from '../support/quota-upstream.ts';

/* The quota as Cotalker documents it, and the default deadline: what shorter windows could hide. */

const REQUESTS = 100;
const CALLS = 3;
const THREE = `query Three($a: String, $b: String, $c: String) {
  a: groups(filter: { search: $a }) { totalCount }
  b: groups(filter: { search: $b }) { totalCount }
  c: groups(filter: { search: $c }) { totalCount }
}`;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open() {
  const { upstream, gateway, close } = await startAtQuota();
  closing.push(close);
  let asked = 0;
  const ask = async (token: string) => {
    const begin = performance.now();
    const variables = { a: `${(asked += 1)}a`, b: `${asked}b`, c: `${asked}c` };
    const { status, headers, body } = await gateway.ask(THREE, { token, variables });
    const values = Object.values(body.data ?? {}).filter((value) => value !== null);
    return {
      ms: performance.now() - begin,
      isWhole: body.errors === undefined && values.length === CALLS,
      isHalf: values.length > 0 && values.length < CALLS,
      isRefused: status === 429 && body.data === undefined,
      retryAfter: Number(headers.get('retry-after')),
    };
  };
  return { upstream, ask };
}

test('of 100 requests at once that need 300 calls, as many are answered whole as the deadline has calls, and the others refused at once', async () => {
  const { upstream, ask } = await open();
  const token = tokenOf('acme');
  await ask(token);
  await sleep(QUOTA.windowMs + 100);
  const before = upstream.calls.length;
  const answers = await Promise.all(Array.from({ length: REQUESTS }, () => ask(token)));
  const whole = answers.filter(({ isWhole }) => isWhole);
  const refused = answers.filter(({ isRefused }) => isRefused);
  // Two windows begin before the deadline of 10 s. Of each, a place is left to new users, and each fourth turn to smaller ones.
  const sure = (2 * (QUOTA.calls - 1) * 3) / 4;
  expect(whole.length).toBeGreaterThanOrEqual(Math.floor(sure / CALLS));
  expect(whole.length + refused.length).toBe(REQUESTS);
  const calls = upstream.calls.slice(before);
  expect(calls.map(({ status }) => status)).toEqual(Array(CALLS * whole.length).fill(200));
  // Who is refused does not wait for those who are served, and does not come again with all others at once.
  const first = Math.min(...whole.map(({ ms }) => ms));
  const last = Math.max(...whole.map(({ ms }) => ms));
  expect(Math.max(...refused.map(({ ms }) => ms))).toBeLessThan(first + (last - first) / 4);
  expect(new Set(refused.map(({ retryAfter }) => retryAfter)).size).toBeGreaterThan(5);
}, 60_000);

test('of 100 new tokens at once, as after a start, nobody gets a half answer', async () => {
  const { upstream, ask } = await open();
  const answers = await Promise.all(
    Array.from({ length: REQUESTS }, (_, n) => ask(tokenOf('acme', `user ${n}`))),
  );
  expect(answers.filter(({ isHalf }) => isHalf)).toEqual([]);
  // A third of the calls that two windows have, at the least: their first calls go before anything is known of them.
  const whole = answers.filter(({ isWhole }) => isWhole).length;
  expect(whole).toBeGreaterThanOrEqual(10);
  expect(upstream.calls.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(
    CALLS * whole,
  );
}, 60_000);
