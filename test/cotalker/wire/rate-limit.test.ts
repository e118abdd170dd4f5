import { expect, test } from '@jest/globals';
import { readRateLimit } from '../../../src/cotalker/wire/rate-limit.ts';

const read = (fields: Readonly<Record<string, string>>) => readRateLimit((name) => fields[name]);

test.each([
  ['the eighth edition', { ratelimit: '"default";r=50;t=30' }, { calls: 50, ms: 30_000 }],
  ['the fewest of several', { ratelimit: '"a";r=9;t=1, "b";r=0;t=5' }, { calls: 0, ms: 5000 }],
  ['the seventh', { ratelimit: 'limit=100, remaining=50, reset=30' }, { calls: 50, ms: 30_000 }],
  [
    'those before',
    { 'ratelimit-limit': '10', 'ratelimit-remaining': '1', 'ratelimit-reset': '7' },
    { calls: 1, ms: 7000 },
  ],
])('what is left, in %s', (_, fields, left) => {
  expect(read(fields)).toEqual({ left, policies: [] });
});

test.each([
  ['ratelimit-policy', '"burst";q=50;w=5, "day";q=9000;w=86400', [50, 5000], [9000, 86_400_000]],
  ['ratelimit-policy', '100;w=60', [100, 60_000]],
  ['ratelimit-limit', '100, 100;w=60;burst=1', [100, 60_000]],
])('what may be made: %s: %s', (name, value, ...policies) => {
  const expected = policies.map(([calls, windowMs]) => ({ calls, windowMs }));
  expect(read({ [name]: value })).toEqual({ left: undefined, policies: expected });
});

test.each([
  {},
  { ratelimit: '' },
  { ratelimit: '"default";r=50' },
  { ratelimit: 'r=-1;t=x' },
  { ratelimit: '"default";r=99999999999;t=1' },
  { 'ratelimit-policy': '0;w=0' },
  { 'ratelimit-limit': '50' },
  { 'ratelimit-remaining': '5' },
])('nothing, of %j', (fields) => {
  expect(read(fields)).toBeUndefined();
});
