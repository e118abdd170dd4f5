import { expect, test } from '@jest/globals';
import { createExpectedCalls } from '../../../src/cotalker/resilience/expected-calls.ts';
import type { LineOwner, Release } from '../../../src/cotalker/resilience/terms.ts';
import { createSlots } from '../../../src/cotalker/resilience/slots.ts';

const never = new AbortController().signal;
const tick = () => new Promise<void>((resolve) => void setImmediate(resolve));
const DEADLINE_MS = 2000;

/** Requests of a document whose runs take 20 calls and 300 ms of the processor. Slots are no bound. */
function stage() {
  const clock = { ms: 0, cpuMs: 0 };
  const expected = createExpectedCalls();
  expected.note('menu', { calls: 20, ms: 0, cpuMs: 300 });
  const slots = createSlots({ perOwner: 20, total: 100, isBehind: () => true }, expected, {
    now: () => clock.ms,
    cpu: () => clock.cpuMs,
  });
  const granted: { readonly owner: LineOwner; readonly release: Release }[] = [];
  const failed: unknown[] = [];
  const take = (owner: LineOwner): void => {
    slots.line.take(owner, never).then(
      (release) => granted.push({ owner, release }),
      (error: unknown) => failed.push(error),
    );
  };
  const menus = [1, 2, 3, 4].map((since) => ({ since, deadline: DEADLINE_MS, document: 'menu' }));
  return { clock, expected, slots, granted, failed, take, menus };
}

test.each([
  ['all of the processor is the gateway’s', 1, 0],
  ['others take half of it, and a fourth run would be over too late', 0.5, 1],
  ['others take three quarters of it, and a third one would be, too', 0.25, 2],
])('whoever waits is refused by what is seen of the processor: %s', async (_, part, refused) => {
  const { clock, granted, failed, take, menus } = stage();
  for (const owner of menus) take(owner);
  for (let call = 1; call < 20; call += 1) take(menus[0] as LineOwner);
  await tick();
  // The others begin once few calls are left of the first. Nothing is seen yet, so nobody is refused.
  expect([granted.length, failed]).toEqual([20, []]);
  for (let call = 0; call < 6; call += 1) {
    clock.ms += 50;
    clock.cpuMs += 50 * part;
    granted[call]?.release();
    await tick();
  }
  expect(failed).toHaveLength(refused);
  for (const error of failed) expect(error).toMatchObject({ code: 'OVERLOADED' });
});

test('a run takes its share of what the processor did meanwhile, and the least that was seen counts', async () => {
  const { clock, expected, slots, take, menus } = stage();
  const [first, second] = menus as [LineOwner, LineOwner];
  const [one, two] = [
    { ...first, document: 'list' },
    { ...second, document: 'list' },
  ];
  take(one);
  await tick();
  clock.cpuMs += 10;
  take(two);
  await tick();
  clock.cpuMs += 20;
  slots.leave(one);
  expect(expected.of('list').cpuMs).toBe(20);
  clock.cpuMs += 5;
  slots.leave(two);
  expect(expected.of('list').cpuMs).toBe(15);
});

test('the processor’s time is not read for each call while no answer waits for it', async () => {
  let reads = 0;
  const expected = createExpectedCalls();
  const slots = createSlots({ perOwner: 20, total: 100, isBehind: () => false }, expected, {
    now: () => 0,
    cpu: () => (reads += 1),
  });
  const readsOf = async (calls: number): Promise<number> => {
    const before = reads;
    const owner = { since: 0, deadline: DEADLINE_MS };
    for (let call = 0; call < calls; call += 1) (await slots.line.take(owner, never))();
    slots.leave(owner);
    return reads - before;
  };
  expect(await readsOf(10)).toBe(await readsOf(1));
});
