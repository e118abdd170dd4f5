import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { VARIABLES } from '../src/config/index.ts';

test.each(['README.md', '.env.example'])('%s names every variable, and no other', (file) => {
  const text = readFileSync(file, 'utf8');
  const pattern = file === 'README.md' ? /^\| `([A-Z_]+)` +\|/gm : /^#? ?([A-Z_]+)=/gm;
  const named = [...text.matchAll(pattern)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(Object.keys(VARIABLES).toSorted());
});

test('each promise of docs/reliability.md names a test that there is', () => {
  const rows = readFileSync('docs/reliability.md', 'utf8').match(/^\| [^*-].*$/gm) ?? [];
  const named = rows
    .slice(1)
    .map((row) => [...(row.split(' | ')[1] ?? '').matchAll(/`([\w/-]+?)(\.test\.ts)?`/g)])
    .flatMap((names) => (names.length === 0 ? ['none'] : names.map(([, name]) => name)));
  expect(named.length).toBeGreaterThan(50);
  const folders = ['test/reliability/', 'test/', ''];
  const isThere = (name = 'none') => folders.some((at) => existsSync(`${at}${name}.test.ts`));
  expect(named.filter((name) => !isThere(name))).toEqual([]);
});
