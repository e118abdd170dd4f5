import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const REMEMBERS = /new LRUCache|new WeakMap|new WeakSet|= createMemo</;

test('every file that remembers something is on the page, and every file on the page is there', () => {
  const page = readFileSync('docs/what-is-remembered.md', 'utf8');
  const named = [...page.matchAll(/`(src\/[^`]+\.ts)`/g)].map(([, file = '']) => file);
  const files = globSync('src/**/*.ts').map((file) => file.replaceAll('\\', '/'));
  const remembering = files.filter((file) => REMEMBERS.test(readFileSync(file, 'utf8')));
  expect(remembering.length).toBeGreaterThan(10);
  expect(remembering.filter((file) => !named.includes(file))).toEqual([]);
  expect(named.filter((file) => !files.includes(file))).toEqual([]);
});
