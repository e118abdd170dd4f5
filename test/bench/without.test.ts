import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';
import { MECHANISMS, sourceWithout } from '../../bench/lib/without.ts';

test.each(Object.entries(MECHANISMS))('the bench can run without %s', (name, { file, text }) => {
  const source = readFileSync(file, 'utf8');
  const without = sourceWithout(name, source);
  expect(without).not.toContain(text);
  // What is left is a program: this parses it.
  const [program, whole] = [without, source].map(
    (text) => transformSync(text, { loader: 'ts' }).code,
  );
  expect(program).not.toBe(whole);
});

test('a mechanism that has changed, comes twice, or is none, is told', () => {
  const { text = '' } = MECHANISMS['compiled'] ?? {};
  expect(sourceWithout('compiled', `[${text}]`)).toBe('[]');
  expect(() => sourceWithout('compiled', 'export {};')).toThrow('has no compiled');
  expect(() => sourceWithout('compiled', text + text)).toThrow('has no compiled');
  expect(() => sourceWithout('magic', '')).toThrow('one or more of: same-bytes');
});
