import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ONE, QUOTA, startAtQuota } from '../support/at-quota.ts';
import type { TestGateway } from '../support/gateway.ts';
import { tokenOf } from '../support/quota-upstream.ts';

/** In windows: how long the company has been at its limit when new users come, and how long they are watched. */
const BUSY = 3;
/** Before demand has stood for twelve windows, no higher pace is tried. */
const WATCHED = 6;
const NEW = 10;
/** One place of fifty is left to them, so one comes in each window. */
const COME_IN = WATCHED - 1;

let gateway: TestGateway;
let close: () => Promise<void>;
// A test runs again where the machine stood still, and then begins anew.
beforeEach(async () => {
  ({ gateway, close } = await startAtQuota());
  [answered, refused] = [0, 0];
});
afterEach(() => close());

let asked = 0;
const ask = (token: string) =>
  gateway.ask(ONE, { token, variables: { search: `${(asked += 1)}` } });

/** The most that may be refused of those who always ask, as where a machine stands still: one of fifty. */
const MOST_REFUSED = 0.02;
let [answered, refused] = [0, 0];

/** A user who asks again as soon as there is an answer, or as told. */
async function askOnAndOn(token: string, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const { errors } = (await ask(token)).body;
    if (errors === undefined) answered += 1;
    else {
      refused += 1;
      expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
      await sleep(Number(errors[0].extensions.retryAfter) * 1000);
    }
  }
}

/** A user who comes for the first time, and asks again as told. @returns Whether an answer came in time. */
async function comeIn(token: string, isOver: () => boolean): Promise<boolean> {
  while (!isOver()) {
    const { body } = await ask(token);
    if (body.errors === undefined) return !isOver();
    expect(body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    await sleep(Number(body.errors[0].extensions.retryAfter) * 1000);
  }
  return false;
}

test('new users get in at a company that is always at its limit', async () => {
  let isOver = false;
  const known = Array.from({ length: 40 }, (_, n) => tokenOf('busy', `user ${n}`));
  // One by one: else these would be the new ones.
  for (const token of known) await ask(token);
  const users = [...known, ...known.slice(20)].map((token) => askOnAndOn(token, () => isOver));
  await sleep(BUSY * QUOTA.windowMs);
  const newcomers = Array.from({ length: NEW }, (_, n) =>
    comeIn(tokenOf('busy', `new ${n}`), () => isOver),
  );
  await sleep(WATCHED * QUOTA.windowMs);
  isOver = true;
  const haveComeIn = (await Promise.all(newcomers)).filter(Boolean);
  await Promise.all(users);
  expect(haveComeIn.length).toBeGreaterThanOrEqual(COME_IN);
  expect(refused).toBeLessThanOrEqual(MOST_REFUSED * (answered + refused));
}, 90_000);
