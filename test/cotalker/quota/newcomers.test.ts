import { expect, test } from '@jest/globals';
import { Newcomers } from '../../../src/cotalker/quota/newcomers.ts';

const WINDOW_MS = 5000;

test('as much room is kept as tokens were accepted in the last window, two not counted', () => {
  const newcomers = new Newcomers(WINDOW_MS);
  for (const now of [0, 1000, 2000, 3000]) newcomers.add(now);
  expect([3000, 4999, 5000, 6000].map((now) => newcomers.leaveOf(50, now))).toEqual([
    48, 48, 49, 50,
  ]);
});

test('it tells when less room is kept', () => {
  const newcomers = new Newcomers(WINDOW_MS);
  for (const now of [0, 1000, 2000, 3000]) newcomers.add(now);
  expect([3000, 5000, 6000].map((now) => newcomers.nextEnd(now))).toEqual([5000, 6000, undefined]);
});

test('half of the limit is left, however many come', () => {
  const newcomers = new Newcomers(WINDOW_MS);
  for (let n = 0; n < 100; n += 1) newcomers.add(0);
  expect([50, 5, 1].map((limit) => newcomers.leaveOf(limit, 0))).toEqual([25, 3, 1]);
});
