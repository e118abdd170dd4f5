import { describe, expect, test } from '@jest/globals';
import { parseJson } from '../../src/cotalker/wire/unpack.ts';
import { isSafeUrl } from '../../src/mapping/safe-url.ts';

/*
 * What reads what others wrote takes time in proportion to its length, whatever that is. Ten times the text
 * takes ten times as long, and a hundred times where that is not so: the bound is between the two.
 */

const BOUND = 40;
/** What is too quick to be compared: the machine adds more. */
const NOISE_MS = 5;

/** The processor's milliseconds that the quickest of three takes: what it takes, less what the machine adds. */
function costOf(run: () => void): number {
  const costs = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...costs);
}
function expectLinear(run: (length: number) => void, length: number): void {
  const short = costOf(() => run(length / 10));
  const long = costOf(() => run(length));
  expect(long).toBeLessThan(BOUND * Math.max(short, NOISE_MS));
}

describe('parseJson', () => {
  test.each(['\\"', '\\\\', '"', '\\', '",', '[]', '{"a":'])('ten megabytes of %j', (piece) => {
    expectLinear((length) => {
      const text = `["${piece.repeat(length / piece.length)}`;
      try {
        parseJson(text);
      } catch {
        // Whether it is JSON is not the question here.
      }
    }, 10e6);
  });
});

describe('isSafeUrl', () => {
  const units = '&# &amp; amp; &amp %25 %2 % 5%3 feed: \t &a'.split(' ');
  test.each(units)('a megabyte of %j', (unit) => {
    for (const prefix of ['', '&', 'feed: '])
      expectLinear((length) => void isSafeUrl(prefix + unit.repeat(length / unit.length)), 1e6);
  });
});
