import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { changesSinceRelease, describeChanges } from '../../scripts/contract-changes.ts';
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
