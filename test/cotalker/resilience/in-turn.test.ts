import { expect, test } from '@jest/globals';
import { createExpectedCalls } from '../../../src/cotalker/resilience/expected-calls.ts';
import { createSlots } from '../../../src/cotalker/resilience/slots.ts';
import type { LineOwner } from '../../../src/cotalker/resilience/terms.ts';
import { range } from '../../support/stage.ts';

/* One token has so many calls in turn: others do not wait for all that it asks for. */

const never = new AbortController().signal;
const IN_TURN = 25;

/** One slot, and requests of one call each. */
function open() {
  const clock = { ms: 0 };
  const expected = createExpectedCalls();
  const slots = createSlots({ perOwner: 10, total: 1 }, expected, {
    now: () => clock.ms,
    cpu: () => 0,
  });
  const served: string[] = [];
  const tick = () => new Promise<void>((resolve) => void setImmediate(resolve));
  const ask = (token: string): void => {
    clock.ms += 1;
    const owner: LineOwner = { since: clock.ms, deadline: Infinity, caller: { token } };
    void slots.line.take(owner, never).then(async (release) => {
      served.push(token);
      clock.ms += 1;
      await tick();
      slots.leave(owner);
      release();
    });
  };
  const until = async (count: number): Promise<string[]> => {
    while (served.length < count) await tick();
    return served;
  };
  return { clock, ask, until, slots, expected };
}

test('a token that has asked a hundred times delays another by 25 calls, and each that follows', async () => {
  const { ask, until } = open();
  for (let n = 0; n < 100; n += 1) ask('greedy');
  ask('other');
  ask('third');
  const served = await until(102);
  expect(served.indexOf('other')).toBeLessThanOrEqual(IN_TURN + 1);
  expect(served.indexOf('third')).toBeLessThanOrEqual(IN_TURN + 2);
  expect(served.filter((token) => token === 'greedy')).toHaveLength(100);
});

test('who comes while it goes on waits for as few', async () => {
  const { ask, until } = open();
  for (let n = 0; n < 100; n += 1) ask('greedy');
  await until(50);
  ask('other');
  const served = await until(101);
  expect(served.indexOf('other') - 50).toBeLessThanOrEqual(IN_TURN + 2);
});

test('what one token asks for is served in the order of coming', async () => {
  const { clock, slots } = open();
  clock.ms = 100;
  const order: number[] = [];
  const first = await slots.line.take({ since: 0, deadline: Infinity }, never);
  const owners = range(60).map((n) => ({
    ...{ since: n + 1, deadline: Infinity, caller: { token: 'one' } },
  }));
  for (const owner of owners)
    void slots.line.take(owner, never).then((release) => {
      order.push(owner.since);
      slots.leave(owner);
      release();
    });
  first();
  while (order.length < 60) await new Promise((resolve) => void setImmediate(resolve));
  expect(order).toEqual(owners.map(({ since }) => since));
});

test('a second request of a token that comes into the line late is as old as it is', async () => {
  const { clock, slots } = open();
  clock.ms = 6000;
  const order: string[] = [];
  const first = await slots.line.take({ since: 0, deadline: Infinity }, never);
  const waits = (name: string, token: string, since: number): void =>
    void slots.line
      .take({ since, deadline: Infinity, caller: { token } }, never)
      .then((release) => {
        order.push(name);
        release();
      });
  waits('old', 'one', 0);
  waits('young', 'other', 3000);
  waits('second', 'one', 1000);
  first();
  while (order.length < 3) await new Promise((resolve) => void setImmediate(resolve));
  expect(order).toEqual(['old', 'second', 'young']);
});

test('a run that was cut tells the least calls that its document takes', async () => {
  const { slots, expected } = open();
  const run = async (calls: number, isCut = false): Promise<void> => {
    const owner: LineOwner = { since: 0, deadline: Infinity, document: 'menu' };
    for (let n = 0; n < calls; n += 1) (await slots.line.take(owner, never))();
    if (isCut) owner.isCut = true;
    slots.leave(owner);
  };
  await run(36);
  for (let n = 0; n < 20; n += 1) await run(1, true);
  expect(expected.of('menu')).toMatchObject({ calls: 36, meanCalls: 36 });
  await run(1);
  expect(expected.of('menu')).toMatchObject({ calls: 29 });
  // One of its calls always fails.
  await run(40, true);
  expect(expected.of('menu')).toMatchObject({ calls: 40 });
});
