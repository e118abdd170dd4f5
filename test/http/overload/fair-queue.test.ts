import { expect, test } from '@jest/globals';
import { STRANGERS } from '../../../src/http/overload/callers.ts';
import { FairQueue } from '../../../src/http/overload/fair-queue.ts';

/* The order in which what waits is begun, and who pays for what is large. */

/** Items are named by their caller, and came in the order of their numbers. */
function queueOf(...pushed: readonly (readonly [caller: string, turns?: number])[]) {
  const queue = new FairQueue<string>((name) => Number(/\d+$/.exec(name)?.[0]));
  pushed.forEach(([caller, turns], n) => queue.push(caller, `${caller}-${n}`, turns));
  const all = (): string[] =>
    Array.from({ length: queue.size }, () => queue.shift()?.replace(/-\d+$/, '') ?? '');
  return { queue, all };
}

test('callers take turns', () => {
  const { all } = queueOf(['a'], ['a'], ['a'], ['b'], ['c']);
  expect(all()).toEqual(['a', 'b', 'c', 'a', 'a']);
});

test('what takes three turns is begun in the third of its caller, and others do not wait for it', () => {
  const { queue, all } = queueOf(['large', 3], ['a'], ['a'], ['a'], ['b']);
  expect(queue.oldest).toBe('a-1');
  expect(all()).toEqual(['a', 'b', 'a', 'large', 'a']);
});

test('alone it is begun at once, and what its caller has behind it comes behind it', () => {
  expect(queueOf(['large', 20], ['large']).all()).toEqual(['large', 'large']);
});

test('strangers have every fourth turn, and pay for what is large out of these', () => {
  const known = Array.from({ length: 9 }, () => ['a'] as const);
  const small = queueOf([STRANGERS], ...known).all();
  expect(small.indexOf(STRANGERS)).toBe(3);
  const large = queueOf([STRANGERS, 2], ...known).all();
  expect(large.indexOf(STRANGERS)).toBe(6);
});

test('what an answer turns out to cost is paid by its caller, with what waits or with what comes next', () => {
  const waits = queueOf(['large'], ['large'], ['a'], ['a'], ['a']);
  waits.queue.charge('large', 2);
  expect(waits.all()).toEqual(['a', 'a', 'large', 'a', 'large']);
  const comes = queueOf(['a'], ['a'], ['a']);
  comes.queue.charge('large', 2);
  comes.queue.push('large', 'large-9');
  comes.queue.push('large', 'large-10');
  expect(comes.all()).toEqual(['a', 'a', 'a', 'large', 'large']);
});
