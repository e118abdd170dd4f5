import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const contributing = readFileSync('docs/contributing.md', 'utf8');
const named = new Set(
  [...contributing.matchAll(/^\| `[^|]*\|/gm)].flatMap(([cell]) => cell.match(/[^`]+(?=`)/g) ?? []),
);
const entriesOf = (folder: string) => readdirSync(folder, { withFileTypes: true });

test('the page for contributors tells of each room, and of each file that is in none', () => {
  const rooms = entriesOf('src')
    .filter(({ name }) => name !== 'generated')
    .map((entry) => `src/${entry.name}${entry.isDirectory() ? '/' : ''}`);
  expect(rooms.length).toBeGreaterThan(15);
  expect(rooms.filter((room) => !named.has(room))).toEqual([]);
});

test('… and of each room of cotalker', () => {
  const rooms = entriesOf('src/cotalker').flatMap((entry) =>
    entry.isDirectory() ? entry.name : [],
  );
  expect(rooms.length).toBeGreaterThan(5);
  expect(rooms.filter((room) => !named.has(room))).toEqual([]);
});

test('the picture has each interceptor of the pipeline, in its order', () => {
  const pipeline = readFileSync('src/cotalker/pipeline.ts', 'utf8');
  const list = /compose\(\s*\[(.*?)\],\s*wire,/s.exec(pipeline)?.[1] ?? '';
  const steps = [...list.matchAll(/^ *(?:\.\.\.\(cached \? \[|\.\.\.)?([a-z.]+)/gim)].map(
    ([, step = '']) => step.replace(/^.*\./, ''),
  );
  const picture =
    /subgraph pipeline\[.*?\n {4}end/s.exec(readFileSync('docs/architecture.md', 'utf8'))?.[0] ??
    '';
  expect(steps.length).toBeGreaterThan(10);
  const drawn = [...picture.matchAll(/\["(?:\w+, )?(\w+):/g)].map(([, step]) => step);
  expect(drawn).toEqual(steps);
});
