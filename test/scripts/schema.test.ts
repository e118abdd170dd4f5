import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { changesSinceRelease, describeChanges } from '../../scripts/contract-changes.ts';
import { changesOfDocuments, describeDocuments } from '../../scripts/document-changes.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';

const CONTRACT = readFileSync('schema.graphql', 'utf8');

/** Where the scripts run: they read and write below the working folder, the contract apart. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schema-'));
  mkdirSync(join(folder, 'released'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const RELEASED = 'released/schema.graphql';
const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
/** What is told of the present contract, where that was the last release. */
async function changesFrom(released: string): Promise<string> {
  write(RELEASED, released);
  const changes = await changesSinceRelease(join(folder, RELEASED));
  return changes === undefined ? '' : describeChanges(changes);
}
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

function run(script: string, ...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(process.cwd(), 'scripts', script), ...args],
    { cwd: folder, encoding: 'utf8', env: COMPILE_CACHE },
  );
  return { code: status, out: stdout, err: stderr };
}

/** The contract as it would have been where the present one has made the change. */
function before(present: string, past: string): string {
  const text = CONTRACT.replace(present, past);
  if (text === CONTRACT) throw new Error(`the contract has no ${present}`);
  return text;
}
const WITHOUT_A_FIELD = before('  """The colour, as `#rrggbb`."""\n  color: String\n', '');
const AN_OLD_FIELD = before('type Icon {', 'type Icon {\n  old: String\n');

describe('schema.graphql', () => {
  test('is what the script writes', () => {
    expect(run('sdl.ts').code).toBe(0);
    expect(read('schema.graphql')).toBe(CONTRACT);
    expect(run('sdl.ts', '--check')).toEqual({ code: 0, out: '', err: '' });
  });

  test.each([
    ['missing', undefined],
    ['stale', AN_OLD_FIELD],
    ['of other descriptions', before('A date and time', 'A time')],
  ])('that is %s fails the check, which writes nothing', (_, text) => {
    if (text !== undefined) write('schema.graphql', text);
    const { code, err } = run('sdl.ts', '--check');
    expect([code, err]).toEqual([1, expect.stringContaining('npm run codegen')]);
    expect(existsSync(join(folder, 'schema.graphql'))).toBe(text !== undefined);
  });
});

describe('npm run schema:check', () => {
  test.each([
    ['a field is gone', AN_OLD_FIELD, "Field 'old' was removed from object type 'Icon'"],
    [
      'a value is gone from an enum',
      before('enum LinkType {', 'enum LinkType {\n  OLD\n'),
      "Enum value 'OLD' was removed from enum 'LinkType'",
    ],
    [
      'a field that was never null may be',
      before('parentId: ID\n', 'parentId: ID!\n'),
      "Field 'Task.parentId' changed type from 'ID!' to 'ID'",
    ],
    [
      'a type has left the union',
      before('type Icon {', 'type Old {\n  id: ID\n}\n\ntype Icon {').replace(
        'union Group = ',
        'union Group = Old | ',
      ),
      "Member 'Old' was removed from Union type 'Group'",
    ],
    [
      'an argument has to be given',
      before(
        'channel(\n    """The channel\'s id: 24 hexadecimal characters."""\n    id: ID!',
        'channel(id: ID',
      ),
      "Type for argument 'id' on field 'Query.channel' changed from 'ID' to 'ID!'",
    ],
  ])('a change that breaks queries is told: %s', async (_, released, message) => {
    expect(await changesFrom(released)).toContain(`breaking:  ${message}`);
  });

  test('fails where one does', () => {
    write(RELEASED, AN_OLD_FIELD);
    const { code, out, err } = run('schema-check.ts');
    expect(out).toContain('1 breaking, ');
    expect([code, err]).toEqual([1, expect.stringContaining('docs/schema.md')]);
  });

  test.each([
    ['nothing changed', CONTRACT, '0 breaking, 0 dangerous, 0 safe'],
    ['a field is new', WITHOUT_A_FIELD, '0 breaking, 0 dangerous, 2 safe'],
    [
      'a description changed',
      before('A date and time', 'A time'),
      '0 breaking, 0 dangerous, 1 safe',
    ],
    [
      'a type is new in a union',
      before(' | LinkGroup\n', '\n'),
      "dangerous: Member 'LinkGroup' was added to Union type 'Group'",
    ],
    [
      'a field is gone that the release deprecated',
      before('type Icon {', 'type Icon {\n  old: String @deprecated(reason: "Use path.")\n'),
      "dangerous: Field 'old' (deprecated) was removed from object type 'Icon'",
    ],
  ])('one that breaks none is told: %s', async (_, released, told) => {
    expect(await changesFrom(released)).toContain(told);
  });

  test('passes where none does', () => {
    write(RELEASED, before('A date and time', 'A time'));
    const { code, out, err } = run('schema-check.ts');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('0 breaking, 0 dangerous, 1 safe');
  });

  test('fails where nothing has been released', () => {
    const { code, err } = run('schema-check.ts');
    expect([code, err]).toEqual([1, expect.stringContaining('npm run schema:release')]);
  });
});

describe('npm run schema:check -- --documents', () => {
  const DEPRECATED = before(
    'type Icon {',
    'type Icon {\n  old: String @deprecated(reason: "Use path.")\n',
  );
  const MENU = 'query Menu { mainMenu { ... on MenuEntry { icon { path } } } }';
  const check = (documents: Readonly<Record<string, string>>) => {
    write('operations.json', JSON.stringify(documents));
    return run('schema-check.ts', '--documents', 'operations.json');
  };

  test('fails where a field is gone that an operation uses, deprecated or not', () => {
    write(RELEASED, DEPRECATED);
    expect(run('schema-check.ts').code).toBe(0);
    const old = 'query OldMenu { mainMenu { ... on MenuEntry { icon { old } } } }';
    const { code, out, err } = check({ 'sha256:ab12': old, cd34: MENU });
    expect(out).toContain('broken:     OldMenu (ab12): Cannot query field "old" on type "Icon".');
    expect(out).not.toContain('cd34');
    expect([code, err]).toEqual([1, expect.stringContaining('docs/schema.md')]);
  });

  test.each([
    ['path', true],
    ['color', false],
  ])('says whether a change of the type of a field breaks one with %s', (field, isHit) => {
    write(RELEASED, before('not a URL."""\n  path: String\n', 'not a URL."""\n  path: String!\n'));
    const { code, out } = check({ ab12: MENU.replace('path', field) });
    expect(out.includes("Menu (ab12): Field 'Icon.path' changed type")).toBe(isHit);
    // Others than these documents may hold queries.
    expect(code).toBe(1);
  });

  test.each([
    [
      'a field of a filter is gone',
      'input GroupFilter {',
      'input GroupFilter {\n  old: String\n',
      "Input field 'old'",
    ],
    [
      'an enum within it has lost a value',
      'enum GroupType {',
      'enum GroupType {\n  OLD\n',
      "Enum value 'OLD'",
    ],
  ])('takes it that variables name all: %s', (_, present, past, told) => {
    write(RELEASED, before(present, past));
    const find = 'query Find($filter: GroupFilter) { groups(filter: $filter) { totalCount } }';
    const { out } = check({ ab12: find, cd34: MENU });
    expect(out).toContain(`broken:     Find (ab12): ${told}`);
    expect(out).toContain('1 broken, 0 deprecated in 2 documents');
  });

  test('tells what is deprecated and in use', () => {
    const documents = new Map([['ab12', MENU.replace('path', 'old')]]);
    const present = buildSchema(DEPRECATED);
    const found = changesOfDocuments(documents, { released: CONTRACT, present, breaking: [] });
    expect(found).toEqual({
      broken: [],
      deprecated: ['Menu (ab12): The field Icon.old is deprecated. Use path.'],
    });
    expect(describeDocuments(found, 1)).toContain('0 broken, 1 deprecated in 1 documents');
  });

  test('passes where none breaks, and fails where there is no manifest', () => {
    write(RELEASED, CONTRACT);
    const { code, out } = check({ ab12: MENU });
    expect([code, out]).toEqual([0, expect.stringContaining('0 broken, 0 deprecated in 1 doc')]);
    const { code: failed, err } = run('schema-check.ts', '--documents', 'nothing.json');
    expect([failed, err]).toEqual([1, expect.stringContaining('nothing.json, which cannot be')]);
  });
});

describe('npm run schema:release', () => {
  test.each([
    ['the first', undefined],
    ['one with safe changes', WITHOUT_A_FIELD],
  ])('makes %s, and the check passes', (_, released) => {
    if (released !== undefined) write(RELEASED, released);
    expect(run('schema-release.ts').code).toBe(0);
    expect(read(RELEASED)).toBe(CONTRACT);
    expect(run('schema-check.ts').code).toBe(0);
  });

  test('refuses a breaking change, and accepts it where that is said', () => {
    write(RELEASED, AN_OLD_FIELD);
    const refused = run('schema-release.ts');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('-- --breaking')]);
    expect(read(RELEASED)).toBe(AN_OLD_FIELD);

    const accepted = run('schema-release.ts', '--breaking');
    expect([accepted.code, accepted.out]).toEqual([0, expect.stringContaining("Field 'old'")]);
    expect(read(RELEASED)).toBe(CONTRACT);
    expect(run('schema-check.ts').code).toBe(0);
  });
});
