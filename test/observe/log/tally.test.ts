import { expect, test } from '@jest/globals';
import { createTally } from '../../../src/observe/log/tally.ts';

test('what has not been told by the end is told then, once', () => {
  const told: unknown[] = [];
  const tally = createTally<'a' | 'b'>((counts) => void told.push(counts));
  tally.add('a');
  tally.add('b');
  tally.add('a');
  tally.stop();
  tally.stop();
  expect(told).toEqual([{ a: 2, b: 1 }]);
});

test('nothing is told where nothing was counted', () => {
  const told: unknown[] = [];
  createTally((counts) => void told.push(counts)).stop();
  expect(told).toEqual([]);
});
