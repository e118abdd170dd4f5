import { expect, test } from '@jest/globals';
import { Pace, SAMPLE_MS } from '../../../src/http/overload/pace.ts';

const SERVICE_MS = 50;

/** A pace of one request each 10 ms, and a clock that is moved by hand. */
function tenMsEach() {
  const clock = { ms: 0, idle: 0 };
  const pace = new Pace({ now: () => clock.ms, idle: () => clock.idle });
  /** The loop goes on for so long, of which it rests for a part. */
  const pass = (ms: number, rest = 0): void => {
    clock.ms += ms;
    clock.idle += ms * rest;
    pace.sample(SERVICE_MS);
  };
  // Before two seconds are over, nothing counts.
  for (let n = 0; n < 300; n += 1) {
    pace.begun(clock.ms);
    pass(10);
    pace.finished();
  }
  return { clock, pace, pass };
}

test('in an overload they begin at even distances', () => {
  const { clock, pace } = tenMsEach();
  pace.setOverload(true);
  const began: number[] = [];
  for (const start = clock.ms; clock.ms < start + 200; clock.ms += 1)
    if (pace.isDue()) {
      pace.begun(clock.ms);
      began.push(clock.ms);
    }
  // The first two make up for what the loop may have been held up before.
  const distances = began.slice(2).map((at, n) => at - (began[n + 1] ?? 0));
  expect(distances.length).toBeGreaterThan(15);
  expect(Math.max(...distances)).toBeLessThanOrEqual(11);
  expect(Math.min(...distances)).toBeGreaterThanOrEqual(9);
});

test('what has begun before an overload, at whatever pace, delays nobody in it', () => {
  const { clock, pace } = tenMsEach();
  for (let n = 0; n < 1000; n += 1) pace.begun(clock.ms);
  pace.setOverload(true);
  expect(pace.isDue()).toBe(true);
});

test('a loop that rests makes it faster, if anybody was held back', () => {
  const { clock, pace, pass } = tenMsEach();
  pace.setOverload(true);
  const before = pace.perMs;
  pass(SAMPLE_MS, 0.5);
  expect(pace.perMs).toBe(before);
  pace.begun(clock.ms);
  pace.begun(clock.ms);
  expect(pace.isDue()).toBe(false);
  pass(SAMPLE_MS, 0.5);
  expect(pace.perMs).toBeCloseTo(before * (1 + 0.3 / 2), 5);
});

test('a loop that does not rest makes it slower, to half at most', () => {
  const { pace, pass } = tenMsEach();
  pace.setOverload(true);
  const before = pace.perMs;
  pass(SAMPLE_MS);
  expect(pace.perMs).toBeCloseTo(before * (1 - 0.2 / 2), 5);
  for (let n = 0; n < 100; n += 1) pass(SAMPLE_MS);
  expect(pace.perMs).toBeCloseTo(before / 2, 5);
});

test('it changes more slowly where it takes longer until that shows', () => {
  const { pace, clock } = tenMsEach();
  pace.setOverload(true);
  const before = pace.perMs;
  clock.ms += SAMPLE_MS;
  pace.sample(4 * SAMPLE_MS);
  expect(pace.perMs).toBeCloseTo(before * (1 - 0.2 / 8), 5);
});
