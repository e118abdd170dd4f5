import { expect, test } from '@jest/globals';
import { judge } from '../../bench/lib/bars.ts';
import { readOptions } from '../../bench/lib/options.ts';
import { SUBJECTS } from '../../bench/lib/subjects.ts';
import type { Tokens } from '../../bench/lib/tokens.ts';

test('a bar without a figure is in the table of a complete run, and is not met', () => {
  const nothing = () => undefined;
  const bars = judge(nothing, undefined, true);
  expect(bars.length).toBeGreaterThan(0);
  for (const { measured, isMet } of bars) {
    expect(measured).toBe('not measured');
    expect(isMet).not.toBe(true);
  }
  expect(judge(nothing, undefined, false)).toEqual([]);
});

test.each<[Tokens, boolean]>([
  ['own', false],
  ['new', false],
  ['fresh', true],
])('with %s tokens the gateway remembers as it ships: %s', (tokens, remembers) => {
  const at = { port: 1, upstreamUrl: 'http://x.test', latencyMs: 0, tokens };
  const { env } = SUBJECTS.find(({ name }) => name === 'ours')?.command(at) ?? { env: {} };
  const isSet = (name: string): boolean => Object.hasOwn(env, name);
  expect(['REFERENCE_TTL_MS', 'MENU_TTL_MS'].map(isSet)).toEqual([!remembers, !remembers]);
  expect(isSet('UPSTREAM_QUOTA')).toBe(true);
});

test('the bundle is measured in place of the source, and never without a mechanism of it', () => {
  const at = { port: 1, upstreamUrl: 'http://x.test', latencyMs: 0 };
  const { subjects, isComplete } = readOptions(['groups', 'ours', 'mercurius', '--built']);
  const last = subjects.map(({ command }) => command(at).args.at(-1)?.split('/').at(-1));
  expect(last).toEqual(['main.js', 'mercurius.ts']);
  expect(isComplete).toBe(false);
  expect(() => readOptions(['--built', '--without', 'all'])).toThrow(
    '--without changes the source',
  );
});
