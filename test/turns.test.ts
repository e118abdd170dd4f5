import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createTurns } from '../src/turns.ts';

const block = (ms: number): void => {
  const start = performance.now();
  while (performance.now() - start < ms);
};

test('gives the processor at once to who asks while the turn is young', async () => {
  const turns = createTurns(5);
  expect(turns.take()).toBeUndefined();
  expect(turns.take()).toBeUndefined();
  expect(turns.lateMs).toBe(0);
  await nextTurn();
  expect(turns.take()).toBeUndefined();
});

test('then in the order of asking, in turns that others share', async () => {
  const turns = createTurns(5);
  const order: number[] = [];
  const work = (n: number): void => {
    order.push(n);
    block(4);
  };
  let turnsOfOthers = 0;
  const timer = setInterval(() => (turnsOfOthers += 1), 1);
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const turn = turns.take();
      if (turn !== undefined) await turn;
      work(n);
    }),
  );
  clearInterval(timer);
  expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n));
  // Two of them fit a turn.
  expect(turnsOfOthers).toBeGreaterThanOrEqual(8);
  // The last has waited for all of the others.
  expect(turns.lateMs).toBeGreaterThan(60);
});

test('who asks later does not overtake who waits', async () => {
  const turns = createTurns(1);
  const order: string[] = [];
  void turns.take();
  block(2);
  const first = turns.take()?.then(() => order.push('first'));
  await nextTurn().then(() => block(2));
  await turns.take();
  order.push('second');
  await first;
  expect(order).toEqual(['first', 'second']);
});
