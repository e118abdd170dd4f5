import { expect, test } from '@jest/globals';
import { STRANGERS } from '../../../src/http/overload/callers.ts';
import { FairQueue } from '../../../src/http/overload/fair-queue.ts';

/* The order in which what waits is begun, and who pays for what is large. */

/** Items are named by their caller, and numbered as they came. */
function queueOf(...callers: readonly string[]) {
  const loop = { idle: 0 };
  const queue = new FairQueue<string>(() => loop.idle);
  callers.forEach((caller, n) => queue.push(caller, `${caller}-${n}`));
  const all = (): string[] =>
    Array.from({ length: queue.size }, () => queue.shift()?.replace(/-\d+$/, '') ?? '');
  return { queue, all, loop };
}

test('callers take turns', () => {
  expect(queueOf('a', 'a', 'a', 'b', 'c').all()).toEqual(['a', 'b', 'c', 'a', 'a']);
});

test('who owes two turns lets them pass, and others do not wait for it', () => {
  const { queue, all } = queueOf('large', 'large', 'a', 'a', 'a', 'a', 'b');
  queue.charge('large', 2);
  expect(all()).toEqual(['a', 'b', 'a', 'large', 'a', 'large', 'a']);
});

test('where nobody else waits they pass at once, and nothing is owed any more', () => {
  const { queue, all } = queueOf('large', 'large');
  queue.charge('large', 20);
  expect(all()).toEqual(['large', 'large']);
  for (const caller of ['large', 'a', 'a']) queue.push(caller, caller);
  expect(all()).toEqual(['large', 'a', 'a']);
});

test('what is owed stays while the line is empty between two turns of the event loop', () => {
  const { queue, all } = queueOf('a');
  expect(all()).toEqual(['a']);
  queue.charge('large', 2);
  for (const caller of ['large', 'a', 'a', 'a']) queue.push(caller, caller);
  expect(all()).toEqual(['a', 'a', 'large', 'a']);
});

test('each 10 ms for which the event loop rests repay a turn', () => {
  const { queue, all, loop } = queueOf('large', 'a', 'a', 'a', 'a');
  queue.charge('large', 3);
  loop.idle = 20;
  expect(all()).toEqual(['a', 'large', 'a', 'a', 'a']);
});

test('shorter rests add up, also where each comes before another charge', () => {
  const { queue, all, loop } = queueOf();
  for (let n = 0; n < 10; n += 1) {
    loop.idle += 9;
    queue.charge('large', 1);
  }
  for (const caller of ['large', ...Array<string>(20).fill('a')]) queue.push(caller, caller);
  expect(all().indexOf('large')).toBe(2);
});

test.each(['large', STRANGERS])(
  '%s owes 40 turns at the most, however much it has had',
  (caller) => {
    const { queue, all, loop } = queueOf();
    for (let n = 0; n < 500; n += 1) queue.charge(caller, 2);
    const waiting = [caller, ...Array<string>(400).fill('a')];
    for (const one of waiting) queue.push(one, one);
    expect(all().indexOf(caller)).toBe(caller === STRANGERS ? 4 * 40 + 3 - 40 : 40);
    // After a calm moment it is served like anybody.
    for (let n = 0; n < 500; n += 1) queue.charge(caller, 2);
    loop.idle += 400;
    for (const one of waiting) queue.push(one, one);
    expect(all().indexOf(caller)).toBeLessThan(4);
  },
);

test('who has nothing here owes it for what comes next', () => {
  const { queue, all } = queueOf('a', 'a', 'a');
  queue.charge('large', 2);
  queue.push('large', 'large-9');
  queue.push('large', 'large-10');
  expect(all()).toEqual(['a', 'a', 'a', 'large', 'large']);
});

test('strangers have every fourth turn, and pay for what is large out of these', () => {
  const waiting = [STRANGERS, ...Array<string>(9).fill('a')];
  expect(
    queueOf(...waiting)
      .all()
      .indexOf(STRANGERS),
  ).toBe(3);
  const { queue, all } = queueOf(...waiting);
  queue.charge(STRANGERS, 1);
  expect(all().indexOf(STRANGERS)).toBe(6);
});

test('what is over is taken out before its turn, each caller’s own in their order, and nothing else', () => {
  const { queue, all } = queueOf('a', 'b', STRANGERS, 'a', 'b', 'a', STRANGERS);
  const isOver = (item: string): boolean => Number(/\d$/.exec(item)) < 4;
  const taken = queue.takeOut(isOver);
  expect(taken.next().value).toBe(`${STRANGERS}-2`);
  expect(queue.size).toBe(6);
  expect([...taken]).toEqual(['a-0', 'a-3', 'b-1']);
  expect([...queue.takeOut(isOver)]).toEqual([]);
  expect(all().sort()).toEqual(['a', 'b', STRANGERS]);
  expect(queue.size).toBe(0);
});
