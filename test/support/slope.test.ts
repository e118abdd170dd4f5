import { expect, test } from '@jest/globals';
import { growthOf, type Point, slopeOf } from './slope.ts';

/** Fifteen samples of a heap of 40 MB, each off by up to half a MB, the way a collection leaves it. */
const samples = (bytesPerRequest: number, odd: Readonly<Record<number, number>> = {}): Point[] =>
  Array.from({ length: 15 }, (_, n) => {
    const requests = 100_000 + n * 10_000;
    const noise = (((n * 37) % 11) / 10 - 0.5) * 1e6;
    return { requests, bytes: 40e6 + bytesPerRequest * requests + noise + (odd[n] ?? 0) };
  });

test.each([0, 100, 1000, -50])('finds a slope of %d bytes a request in noise', (bytes) => {
  expect(Math.abs(slopeOf(samples(bytes)) - bytes)).toBeLessThan(5);
  // The medians of a third each lie ten samples apart.
  expect(Math.abs(growthOf(samples(bytes)) - bytes * 100_000)).toBeLessThan(1e6);
});

test('is not misled by three collections that came late, nor does it miss a leak for them', () => {
  const late = { 11: 20e6, 12: 30e6, 13: 20e6 };
  expect(Math.abs(slopeOf(samples(0, late)))).toBeLessThan(16);
  expect(slopeOf(samples(100, late))).toBeGreaterThan(80);
});

test('sees what comes in steps, as a map does that doubles', () => {
  const steps = samples(0).map((point, n) => ({
    ...point,
    bytes: point.bytes + (n > 7 ? 8e6 : 0),
  }));
  expect(growthOf(steps)).toBeGreaterThan(7e6);
});
