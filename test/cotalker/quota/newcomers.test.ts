import { expect, test } from '@jest/globals';
import { Newcomers } from '../../../src/cotalker/quota/newcomers.ts';

const WINDOW_MS = 5000;

test('room is kept for as many as will come at the same rate, until a window has seen them', () => {
  const newcomers = new Newcomers(WINDOW_MS);
  for (const now of [0, 500]) newcomers.add(now);
  // Two are chance.
  expect(newcomers.kept(50, 500)).toBe(0);
  for (const now of [1000, 1500, 2000]) newcomers.add(now);
  expect([2000, 2500, 4999, 5000, 6000].map((now) => newcomers.kept(50, now))).toEqual([
    8, 5, 1, 1, 0,
  ]);
});

test('it tells when less room is kept', () => {
  const newcomers = new Newcomers(WINDOW_MS);
  for (const now of [0, 500, 1000, 1500, 2000]) newcomers.add(now);
  const next = newcomers.nextEnd(2500) ?? NaN;
  expect([next - 1, next].map((now) => newcomers.kept(50, now))).toEqual([5, 4]);
  expect(newcomers.nextEnd(9000)).toBeUndefined();
});

test('half of the limit is kept at most, however many come', () => {
  const newcomers = new Newcomers(WINDOW_MS);
  for (let n = 0; n < 100; n += 1) newcomers.add(0);
  expect([50, 5, 1].map((limit) => newcomers.kept(limit, 0))).toEqual([25, 2, 0]);
  // Then no more are expected than have come.
  expect(newcomers.keptUntil).toBe(WINDOW_MS);
});
