import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config/index.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { readSections } from '../support/markdown.ts';
import { useStage } from '../support/stage.ts';

const FOLDER = 'docs/front-end';
const PAGE = ['reference.md', 'live.md']
  .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8').replace(/\s+/g, ' '))
  .join(' ');
const stage = useStage();

/** The first thing that a query is refused for. */
async function refusal(query: string): Promise<{ code: string; limit?: number }> {
  const { body } = await stage.gateway.ask(query);
  return body.errors?.[0].extensions;
}

test('readers install the version of graphql that the programs are tested with', () => {
  const { devDependencies } = JSON.parse(readFileSync('test/tools/package.json', 'utf8'));
  const contents = readFileSync(`${FOLDER}/README.md`, 'utf8');
  const [, version] = /npm install graphql@(\d+) /.exec(contents) ?? [];
  expect(devDependencies.graphql).toMatch(new RegExp(`^\\^${version}\\.`));
});

test('the table of errors names every code, and no other', () => {
  const rows = readFileSync(`${FOLDER}/errors.md`, 'utf8').match(/^\| `[A-Z].*$/gm) ?? [];
  const codes = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code),
  );
  expect(codes.toSorted()).toEqual([...ERROR_CODES].toSorted());
});

describe('the limits are those that hold', () => {
  const repeated = (count: number, part: (n: number) => string): string =>
    Array.from({ length: count }, (_, n) => part(n)).join(' ');

  test.each<[string, string]>([
    ['2,000 tokens', `{ ${repeated(2000, () => 'a')} }`],
    ['50,000 characters', `{ __typename } #${' '.repeat(50_000)}`],
    [
      '12 levels',
      `{ groups { nodes { ${repeated(6, () => '... on MenuEntry { parent {')} ${repeated(6, () => '... on MenuEntry { parent {')} __typename ${repeated(24, () => '}')} } } }`,
    ],
    ['30 aliases', `{ groups { ${repeated(31, (n) => `a${n}: __typename`)} } }`],
    ['50 directives', `{ __typename ${repeated(51, () => '@skip(if: false)')} }`],
    ['20 root fields', `{ ${repeated(21, () => '__typename')} }`],
  ])('%s', async (limit, query) => {
    expect(PAGE).toContain(limit);
    const number = Number(/[\d,]+/.exec(limit)?.[0].replace(',', ''));
    expect(await refusal(query)).toEqual({ code: 'QUERY_TOO_COMPLEX', limit: number });
  });

  test('those that can be set are at their defaults', () => {
    const { maxQueryCost, limits, requestDeadlineMs, live } = readConfig({});
    expect(PAGE).toContain(`bring up ${maxQueryCost.toLocaleString('en')} records`);
    expect(PAGE).toContain(`${limits.callsPerRequest} calls to Cotalker`);
    expect(PAGE).toContain(`within ${requestDeadlineMs / 1000} seconds`);
    expect(PAGE).toContain(`\`LIVE_POLL_MS\`, ${live.pollMs / 1000} seconds`);
  });
});

describe('a page is short, and is for every client', () => {
  const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

  test.each(pages)('%s', (name) => {
    const lines = readFileSync(`${FOLDER}/${name}`, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThan(150);
    if (['README.md', 'reference.md'].includes(name)) return;
    const headings = lines.filter((line) => line.startsWith('## '));
    const clients = ['## fetch', '## urql', '## Apollo Client', '## Relay'];
    expect(headings).toEqual(expect.arrayContaining(clients));
  });

  test('each file has a name of its own: a reader saves those of all pages in one folder', () => {
    const names = pages
      .flatMap((name) => readSections(`${FOLDER}/${name}`))
      .flatMap(({ blocks }) => blocks.flatMap(({ name }) => name ?? []));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('the contents name each', () => {
    const contents = readFileSync(`${FOLDER}/README.md`, 'utf8');
    for (const name of pages.filter((it) => it !== 'README.md'))
      expect(contents).toContain(`](${name})`);
  });
});
