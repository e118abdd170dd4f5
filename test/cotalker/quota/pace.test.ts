import { describe, expect, test } from '@jest/globals';
import { Pace } from '../../../src/cotalker/quota/pace.ts';

const WINDOW_MS = 5000;
const MINUTE = 60_000;

/**
 * Demand that stands above any pace, for so long, at a service that takes so many calls in a window.
 *
 * @returns The pace at the end of each window, how many calls were refused, and how many were made.
 */
function run(limitOf: (now: number) => number, ms: number, pace = start()) {
  const paces: number[] = [];
  let refused = 0;
  let made = 0;
  for (let now = 0; now < ms; now += WINDOW_MS) {
    pace.watch(true, now);
    const [allowed, { limit }] = [limitOf(now), pace];
    made += limit;
    refused += Math.max(0, limit - allowed);
    // Some of what goes through is answered before the first 429 is, and some behind it.
    const before = Math.floor(Math.min(allowed, limit) / 2);
    for (let n = 0; n < before; n += 1) pace.went(now);
    if (limit > allowed) pace.refused(now, before, now + 10);
    for (let n = before; n < Math.min(allowed, limit); n += 1) pace.went(now);
    for (let n = allowed + 1; n < limit; n += 1) pace.refused(now, before, now + 20);
    paces.push(pace.limit);
  }
  return { paces, refused, made };
}
const start = (): Pace => new Pace({ calls: 50, windowMs: WINDOW_MS });

describe('where the service', () => {
  test('allows 50, more is tried seldom: less than one call in a hundred is refused', () => {
    const { paces, refused, made } = run(() => 50, 60 * MINUTE);
    expect(paces.at(-1)).toBe(50);
    expect(refused).toBeGreaterThan(0);
    expect(refused / made).toBeLessThan(0.01);
  });

  test('allows 20, the pace is 20 after two windows at the most, for minutes', () => {
    const { paces } = run(() => 20, 4 * MINUTE);
    expect(paces.slice(1)).toEqual(paces.slice(1).map(() => 20));
  });

  test('allows 500, the pace comes there within ten minutes and stays', () => {
    const { paces } = run(() => 500, 30 * MINUTE);
    expect(paces.slice(0, 12)).toEqual(Array(12).fill(50));
    expect(Math.max(...paces.slice(120))).toBeLessThanOrEqual(550);
    expect(Math.min(...paces.slice(120))).toBeGreaterThanOrEqual(490);
  });

  test('knows no limit, the pace rises on, and nothing is refused', () => {
    const { paces, refused } = run(() => Infinity, 30 * MINUTE);
    expect(paces.at(-1)).toBeGreaterThan(5000);
    expect(refused).toBe(0);
  });

  test('has had its quota spent by others, the pace comes back after minutes', () => {
    const { paces } = run((now) => (now < MINUTE ? 10 : 50), 15 * MINUTE);
    expect(paces[11]).toBe(10);
    expect(paces.slice(12, 60)).toEqual(Array(48).fill(10));
    expect(paces.at(-1)).toBe(50);
  });
});

test('where little was asked for, a 429 takes half of the pace at the most', () => {
  const pace = start();
  pace.refused(0, 0, 10);
  expect(pace.limit).toBe(25);
});

test('a 429 to what had gone out before the last one tells nothing new', () => {
  const pace = start();
  pace.refused(0, 40, 100);
  for (let n = 0; n < 10; n += 1) pace.refused(50, 0, 200);
  expect(pace.limit).toBe(40);
  // What went out at that time and was answered later has gone through as well.
  for (let n = 0; n < 30; n += 1) pace.went(50);
  expect(pace.limit).toBe(50);
});

test('without demand above it, the pace does not rise', () => {
  const pace = start();
  for (let now = 0; now < 60 * MINUTE; now += 1000) pace.watch(now % MINUTE > 5000, now);
  expect(pace.limit).toBe(50);
});

test('what the service states is the pace, from then on', () => {
  const pace = start();
  pace.state(500);
  expect(pace.limit).toBe(500);
  const { paces } = run(() => Infinity, 10 * MINUTE, pace);
  expect(new Set(paces)).toEqual(new Set([500]));
  pace.state(20);
  expect(pace.limit).toBe(20);
});
