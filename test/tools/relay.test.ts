import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const COMPILER = join(import.meta.dirname, 'node_modules/relay-compiler/cli.js');

/** A front end with nothing but a query. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relay-'));
  mkdirSync(join(folder, 'src'));
  copyFileSync('schema.graphql', join(folder, 'schema.graphql'));
  const config = { src: './src', schema: './schema.graphql', language: 'typescript' };
  const scalars = { customScalarTypes: { DateTime: 'string' } };
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify({ ...config, ...scalars }));
  // The compiler takes no folder that is not under version control.
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, document: string) =>
  writeFileSync(join(folder, `src/${name}.ts`), `graphql\`${document}\`;\n`);
function compile(): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMPILER], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, output: stdout + stderr };
}
const artefact = (name: string): string =>
  readFileSync(join(folder, `src/__generated__/${name}.graphql.ts`), 'utf8');

const MENU = `
  query MenuQuery($first: Int!, $after: String) {
    ...Menu_groups @arguments(first: $first, after: $after)
  }
`;
const MENU_GROUPS = `
  fragment Menu_groups on Query
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" })
  @refetchable(queryName: "MenuPageQuery") {
    groups(first: $first, after: $after) @connection(key: "Menu_groups") {
      edges { node { __typename ... on MenuEntry { id name modifiedAt } } }
    }
  }
`;
const GROUP = `
  query GroupQuery($id: ID!) {
    group(id: $id) {
      ... on StandardGroup {
        channels(first: 3) @connection(key: "Group_channels") { edges { node { id name } } }
      }
      ... on TaskGroup {
        tasks(first: 3) @connection(key: "Group_tasks") { edges { node { id state { type } } } }
      }
    }
  }
`;

describe('relay-compiler', () => {
  test('takes the schema: a list that loads more, and connections below a union', () => {
    write('MenuQuery', MENU);
    write('Menu', MENU_GROUPS);
    write('GroupQuery', GROUP);
    const { code, output } = compile();
    expect([code, output]).toEqual([0, expect.stringContaining('Compilation completed')]);
    // What it has added by itself.
    expect(artefact('MenuPageQuery')).toContain('"hasNextPage"');
    expect(artefact('Menu_groups')).toContain('readonly modifiedAt?: string | null | undefined');
    expect(artefact('GroupQuery')).toContain('"Group_tasks"');
    expect(artefact('GroupQuery')).toMatch(/"CLOSED" \| "IN_PROGRESS" \| "NEW"/);
  });

  test('knows where null stands for an error alone', () => {
    write('GroupQuery', GROUP.replace('GroupQuery($id: ID!)', '$& @throwOnFieldError'));
    write('MenuQuery', 'query MenuQuery { mainMenu { __typename } }');
    write('ThrowingQuery', 'query ThrowingQuery @throwOnFieldError { mainMenu { __typename } }');
    expect(compile().code).toBe(0);
    const nullable = ' \\| null \\| undefined';
    const menu = (or: string) => new RegExp(`mainMenu: ReadonlyArray<\\{[^}]*\\}${or}>${or};`);
    expect(artefact('ThrowingQuery')).toMatch(menu(''));
    expect(artefact('MenuQuery')).toMatch(menu(nullable));
    expect(artefact('GroupQuery')).toMatch(
      /readonly edges: ReadonlyArray<\{\s*readonly node: \{[^}]*\}/,
    );
  });

  test('refuses a field that the schema does not have', () => {
    write('MenuQuery', 'query MenuQuery { groups { total } }');
    const { code, output } = compile();
    expect([code, output]).toEqual([1, expect.stringContaining('`total`')]);
  });
});
