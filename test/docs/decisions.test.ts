import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const numbersIn = (text = ''): string[] =>
  [...text.matchAll(/\[(?:record )?(\d+)\]/g)].map(([, n = '']) => n);

test('each decision is in the table, and says at its top which replace it', () => {
  const rows = readFileSync('docs/decisions/README.md', 'utf8').matchAll(
    /^\| (\[\d+\]\(.*)\|(.*)\|(.*)\|$/gm,
  );
  const told = new Map(
    [...rows].map(([, record = '', , by]) => [
      record.replace(/^.*\((.*)\).*$/, '$1').trim(),
      numbersIn(by),
    ]),
  );
  const files = globSync('docs/decisions/0*.md');
  expect(files.length).toBeGreaterThan(20);
  const found = files.map((file) => {
    const top = /^# .*\n\n(\*\*Replaced[^]*?)\n\n/.exec(readFileSync(file, 'utf8'))?.[1];
    return [file.replace(/^.*\//, ''), numbersIn(top)] as const;
  });
  expect(new Map(found)).toEqual(told);
});
