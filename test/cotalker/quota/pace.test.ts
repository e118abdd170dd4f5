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
  const from = clock.ms;
  const paces: number[] = [];
  let refused = 0;
  let made = 0;
  for (let now = 0; now < ms; now += WINDOW_MS) {
    clock.ms = from + now;
    pace.stand();
    const [allowed, { limit }] = [limitOf(now), pace];
    made += limit;
    refused += Math.max(0, limit - allowed);
    // Some of what goes through is answered before the first 429 is, and some behind it.
    const before = Math.floor(Math.min(allowed, limit) / 2);
    for (let n = 0; n < before; n += 1) pace.went(clock.ms);
    const sentAt = clock.ms;
    clock.ms += 10;
    if (limit > allowed) pace.refused(sentAt, before);
    for (let n = before; n < Math.min(allowed, limit); n += 1) pace.went(sentAt);
    for (let n = allowed + 1; n < limit; n += 1) pace.refused(sentAt, before);
    paces.push(pace.limit);
  }
  return { paces, refused, made };
}
const clock = { ms: 0 };
const start = (calls = 50): Pace => {
  clock.ms = 0;
  return new Pace({ calls, windowMs: WINDOW_MS }, () => clock.ms);
};

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
    expect(paces.slice(72)).toEqual(Array(180 - 72).fill(50));
  });
});

test('where little was asked for, a 429 takes half of the pace at the most', () => {
  const pace = start();
  pace.refused(0, 0);
  expect(pace.limit).toBe(25);
});

test('several of them in one window are one event: it is no half of a half', () => {
  const pace = start();
  for (const at of [1000, 2600, 4200]) {
    clock.ms = at;
    pace.refused(clock.ms, 0);
  }
  expect(pace.limit).toBe(25);
  clock.ms = 1000 + WINDOW_MS;
  pace.refused(clock.ms, 0);
  expect(pace.limit).toBe(13);
});

test('minutes after the last 429 the pace is what it was to begin with, whether there was demand or not', () => {
  const pace = start();
  for (const at of [0, 1, 2, 3]) {
    clock.ms = at * MINUTE;
    pace.refused(clock.ms, 0);
  }
  expect(pace.limit).toBe(4);
  clock.ms = 8 * MINUTE - 1;
  expect(pace.limit).toBe(4);
  clock.ms = 8 * MINUTE;
  expect(pace.limit).toBe(50);
  // And it is 50 of which the next one takes a half.
  pace.refused(clock.ms, 0);
  expect(pace.limit).toBe(25);
});

test('a 429 to what had gone out before the last one tells nothing new', () => {
  const pace = start();
  clock.ms = 100;
  pace.refused(0, 40);
  for (let n = 0; n < 10; n += 1) pace.refused(50, 0);
  expect(pace.limit).toBe(40);
  // What went out at that time and was answered later has gone through as well.
  for (let n = 0; n < 30; n += 1) pace.went(50);
  expect(pace.limit).toBe(50);
});

test.each([
  ['calls that wait for a moment in each minute: the pace does not rise', 60_000, 50],
  ['calls that wait at least once a window: it rises', 5000, 7881],
])('%s', (_, everyMs, risen) => {
  const pace = start();
  for (; clock.ms < 10 * MINUTE; clock.ms += everyMs) pace.stand();
  expect(pace.limit).toBe(risen);
});

test('one place of fifty is left to new tokens once calls have waited for a window, and as long as they wait', () => {
  const pace = start();
  const spare = (): number[] => [24, 25, 50, 51, 500].map((places) => pace.spareOf(places));
  pace.stand();
  clock.ms = WINDOW_MS - 1;
  pace.stand();
  expect(spare()).toEqual([0, 0, 0, 0, 0]);
  clock.ms = WINDOW_MS;
  expect(spare()).toEqual([0, 1, 1, 2, 10]);
  clock.ms = 3 * WINDOW_MS;
  expect(spare()).toEqual([0, 0, 0, 0, 0]);
});

test('a quota that is large to begin with is kept, and not left for the most that is tried', () => {
  const pace = start(50_000);
  for (; clock.ms < 10 * MINUTE; clock.ms += 1000) pace.stand();
  expect(pace.limit).toBe(50_000);
});

test('what the service states is the pace, from then on', () => {
  const pace = start();
  pace.state(500);
  expect(pace.limit).toBe(500);
  const { paces } = run(() => Infinity, 10 * MINUTE, pace);
  expect(new Set(paces)).toEqual(new Set([500]));
  pace.state(20);
  expect(pace.limit).toBe(20);
  // Also after a 429 that somebody else has caused.
  pace.refused(clock.ms, 0);
  clock.ms += 6 * MINUTE;
  expect(pace.limit).toBe(20);
});

test('two limits that the service states in turn do not give back what a 429 has taken', () => {
  const pace = start();
  for (const calls of [50, 20, 50]) pace.state(calls);
  expect(pace.limit).toBe(50);
  pace.refused(clock.ms, 0);
  for (const calls of [20, 50, 20, 50]) pace.state(calls);
  expect(pace.limit).toBe(20);
  clock.ms += 6 * MINUTE;
  expect(pace.limit).toBe(50);
  // Nor do answers to what had gone out before.
  pace.refused(clock.ms, 0);
  pace.state(20);
  for (let n = 0; n < 30; n += 1) pace.went(clock.ms - 1);
  expect(pace.limit).toBe(20);
});

test('what another instance has learnt holds as if it were its own', () => {
  const pace = start();
  pace.adopt(20);
  expect(pace.limit).toBe(20);
  clock.ms = 4 * MINUTE;
  pace.adopt(20);
  expect(pace.limit).toBe(20);
  clock.ms = 5 * MINUTE;
  expect(pace.limit).toBe(50);
  pace.adopt(60);
  expect(pace.limit).toBe(60);
});
