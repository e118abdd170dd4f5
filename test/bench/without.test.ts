import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { MECHANISMS, sourceWithout } from '../../bench/lib/without.ts';

test.each(Object.entries(MECHANISMS))('the bench can run without %s', (name, { file, instead }) => {
  const source = readFileSync(file, 'utf8');
  const without = sourceWithout(name, source);
  expect(without).not.toBe(source);
  expect(without).toContain(instead);
});

test('a mechanism that has changed, or is none, is told', () => {
  expect(() => sourceWithout('compiled', 'export {};')).toThrow('has no compiled');
  expect(() => sourceWithout('magic', '')).toThrow('--without takes one or more of: same-bytes');
});
