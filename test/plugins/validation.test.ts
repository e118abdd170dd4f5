import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { answerWith, startUpstream, type StubUpstream } from '../support/upstream.ts';

let upstream: StubUpstream;
let open: TestGateway;
let closed: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream(answerWith({}));
  open = await startGateway(upstream.url);
  closed = await startGateway(upstream.url, { introspection: false });
});
afterAll(async () => {
  await open.close();
  await closed.close();
  await upstream.close();
});

const complaintsOf = async (
  gateway: TestGateway,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<string[]> =>
  ((await gateway.ask(query, { variables })).body.errors ?? []).map(
    ({ message, locations }) =>
      `${locations.map(({ line, column }: any) => `${line}:${column}`).join(' ')} ${message}`,
  );

/** A query, what is said of it, and what is said besides where the schema may be asked for. */
const MISTAKES: readonly (readonly [query: string, says: string, hint?: string])[] = [
  ['{ nope }', '1:3 There is no such field.', '"Query" has channel, groups, group, mainMenu.'],
  [
    '{ groups { nodes { tasks { totalCount } } } }',
    '1:20 There is no such field.',
    '"Group" has it in a fragment on TaskGroup.',
  ],
  [
    '{ groups { nodes { name } } }',
    '1:20 There is no such field.',
    '"Group" has it in a fragment on MenuEntry, StandardGroup, TaskGroup, LinkGroup.',
  ],
  ['{ groups { nodes { nope } } }', '1:20 There is no such field.', 'Here is a "Group".'],
  [
    '{ mainMenu { ... on MenuEntry { icon } } }',
    '1:33 A field of an object needs a selection of fields, any other field may not have one.',
    '"Icon" has path, color.',
  ],
  [
    '{ mainMenu { ... on MenuEntry { name { a } } } }',
    '1:38 A field of an object needs a selection of fields, any other field may not have one.',
    'Here is a "String".',
  ],
  [
    '{ groups(limit: 1) { totalCount } }',
    '1:10 There is no such argument.',
    '"groups" takes first, after, filter.',
  ],
  [
    '{ __typename @skip(unless: true, if: true) }',
    '1:20 There is no such argument.',
    '"skip" takes if.',
  ],
  ['{ group { __typename } }', '1:3 An argument is missing.', '"group" needs id.'],
  [
    '{ groups(first: "7") { totalCount } }',
    '1:17 The value is not what is expected here.',
    'Expected "Int".',
  ],
  [
    '{ groups(filter: { type: TASKS }) { totalCount } }',
    '1:26 The value is not what is expected here.',
    'Expected "GroupType", one of STANDARD, TASK, LINK.',
  ],
  [
    '{ groups(filter: { since: 1 }) { totalCount } }',
    '1:20 The value is not what is expected here.',
    'Expected "GroupFilter", which has type, search, modifiedSince, createdSince, includeInactive.',
  ],
  [
    '{ mainMenu { ... on User { id } } }',
    '1:14 The fragment is on a type that cannot occur here.',
    'Here is a "Group".',
  ],
  [
    'query ($a: String) { groups(first: $a) { totalCount } }',
    '1:8 1:36 The variable is of a type that does not fit where it is used.',
    'Expected "Int".',
  ],
  [
    '{ __typename @nope }',
    '1:14 There is no such directive, or not in this place.',
    'The schema has @defer, @stream, @include, @skip, @deprecated, @specifiedBy, @oneOf.',
  ],
  ['{ mainMenu { ... on Nope { id } } }', '1:21 There is no such type.'],
  [
    '{ groups(first: $a) { totalCount } }',
    '1:17 1:1 The variable is not declared by the operation.',
  ],
  ['query ($a: Int) { __typename }', '1:8 The variable is declared, but not used.'],
  ['mutation { a }', '1:1 The schema has no operations of this kind.'],
];

describe.each(MISTAKES)('%s', (query, says, hint) => {
  test('is told by what the schema has, where it may be asked for', async () => {
    expect(await complaintsOf(open, query)).toEqual([
      hint === undefined ? says : `${says} ${hint}`,
    ]);
  });

  test('is told without a word of the schema, where it may not', async () => {
    expect(await complaintsOf(closed, query)).toEqual([says]);
  });
});

test('ten mistakes are told at once, and no more', async () => {
  const query = `{ ${Array.from({ length: 19 }, (_, n) => `nope${n}`).join(' ')} }`;
  expect(await complaintsOf(open, query)).toHaveLength(10);
});

describe('a variable is told by where it is declared', () => {
  const FILTER =
    'query ($a: Int!,\n  $f: GroupFilter) { groups(first: $a, filter: $f) { totalCount } }';
  const HAS = 'type, search, modifiedSince, createdSince, includeInactive';
  test.each([
    [{}, '1:8', 'line 1, column 8 has no value', '"Int!"'],
    [{ a: null }, '1:8', 'line 1, column 8 has an invalid value', '"Int!"'],
    [{ a: '1' }, '1:8', 'line 1, column 8 has an invalid value', '"Int!"'],
    [
      { a: 1, f: 1 },
      '2:3',
      'line 2, column 3 has an invalid value',
      `"GroupFilter", which has ${HAS}`,
    ],
    [
      { a: 1, f: { no: 1 } },
      '2:3',
      'line 2, column 3 has an invalid value',
      `"GroupFilter", which has ${HAS}`,
    ],
    [
      { a: 1, f: { type: 'x' } },
      '2:3',
      'line 2, column 3 has an invalid value at "type"',
      '"GroupType", one of STANDARD, TASK, LINK',
    ],
    [
      { a: 1, f: { modifiedSince: 'x' } },
      '2:3',
      'line 2, column 3 has an invalid value at "modifiedSince"',
      '"DateTime"',
    ],
  ])('%j', async (variables, place, says, expected) => {
    const message = `${place} The variable declared at ${says}`;
    expect(await complaintsOf(open, FILTER, variables)).toEqual([
      `${message}; expected ${expected}.`,
    ]);
    expect(await complaintsOf(closed, FILTER, variables)).toEqual([
      `${message.replace(/ at ".*"/, '')}.`,
    ]);
  });

  test('all that are wrong at once', async () => {
    const variables = { a: 'x', f: { type: 1, search: 2 } };
    expect(await complaintsOf(open, FILTER, variables)).toHaveLength(3);
  });
});
