import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NoSchemaIntrospectionCustomRule, specifiedRules } from 'graphql';
import { SENTENCES } from '../../../src/graphql/validation/index.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { answerWith, startUpstream, type StubUpstream } from '../../support/upstream.ts';

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

/** A query, where introspection is on what graphql-js says of it, and where it is off our sentence. */
const MISTAKES: readonly (readonly [query: string, place: string, told: string, says: string])[] = [
  ['{ nope }', '1:3', 'Cannot query field "nope" on type "Query".', 'There is no such field.'],
  [
    '{ group(id: 1) { ... on MenuEntry { nam } } }',
    '1:37',
    'Cannot query field "nam" on type "MenuEntry". Did you mean "name"?',
    'There is no such field.',
  ],
  [
    '{ groups { nodes { tasks { totalCount } } } }',
    '1:20',
    'Cannot query field "tasks" on type "Group". Did you mean to use an inline fragment on "TaskGroup"?',
    'There is no such field.',
  ],
  [
    '{ groups { nodes { nam } } }',
    '1:20',
    'Cannot query field "nam" on type "Group". Did you mean "... on MenuEntry { name }"?',
    'There is no such field.',
  ],
  [
    '{ mainMenu { task } }',
    '1:14',
    'Cannot query field "task" on type "Group". Did you mean "... on TaskGroup { tasks }"?',
    'There is no such field.',
  ],
  [
    '{ mainMenu { unlikeAnything } }',
    '1:14',
    'Cannot query field "unlikeAnything" on type "Group".',
    'There is no such field.',
  ],
  [
    '{ mainMenu { ... on MenuEntry { icon } } }',
    '1:33',
    'Field "icon" of type "Icon" must have a selection of subfields. Did you mean "icon { ... }"?',
    'A field of an object needs a selection of fields, any other field may not have one.',
  ],
  [
    '{ groups(limit: 1) { totalCount } }',
    '1:10',
    'Unknown argument "limit" on field "Query.groups". Did you mean "first"?',
    'There is no such argument.',
  ],
  [
    '{ group { __typename } }',
    '1:3',
    'Field "group" argument "id" of type "ID!" is required, but it was not provided.',
    'An argument is missing.',
  ],
  [
    '{ groups(filter: { type: TASKS }) { totalCount } }',
    '1:26',
    'Value "TASKS" does not exist in "GroupType" enum. Did you mean the enum value "TASK"?',
    'The value is not what is expected here.',
  ],
  [
    'query ($a: String) { groups(first: $a) { totalCount } }',
    '1:8 1:36',
    'Variable "$a" of type "String" used in position expecting type "Int".',
    'The variable is of a type that does not fit where it is used.',
  ],
  [
    'mutation { ...A } fragment A on Mutation { ... @defer { __typename } }',
    '1:48',
    'A mutation has neither @defer nor @stream.',
    'A mutation has neither @defer nor @stream.',
  ],
  [
    '{ groups { nodes @stream(label: "a") { __typename } edges @stream(label: "a") { cursor } } }',
    '1:59',
    'A label must be a string in the query, and unique in it.',
    'The argument may not be this.',
  ],
  [
    '{ groups @stream { totalCount } }',
    '1:10',
    'Only a list can be streamed.',
    'The directive may not be here.',
  ],
];

describe.each(MISTAKES)('%s', (query, place, told, says) => {
  test('is told by names and near matches, where introspection is on', async () => {
    expect(await complaintsOf(open, query)).toEqual([`${place} ${told}`]);
  });

  test('is told without a name, where it is off', async () => {
    expect(await complaintsOf(closed, query)).toEqual([`${place} ${says}`]);
  });
});

const TWO = 'query A { __typename } query B { __typename }';
test.each([
  [
    TWO,
    'C',
    'Unknown operation named "C".',
    'The query has no operation of the name in "operationName".',
  ],
  [
    '{ __typename }',
    'x'.repeat(5000),
    `Unknown operation named "${'x'.repeat(60)}".`,
    'The query has no operation of the name in "operationName".',
  ],
  [
    TWO,
    undefined,
    'The query has several operations: say which one in "operationName".',
    undefined,
  ],
  [TWO, '', 'The query has several operations: say which one in "operationName".', undefined],
  ['fragment A on Query { __typename }', undefined, 'The query has no operation.', undefined],
])(
  '%s, and %.9s is asked for: what is missing is told',
  async (query, operationName, told, says = told) => {
    const send = async (gateway: TestGateway) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, operationName }),
      });
      return [response.status, (await response.json()).errors];
    };
    const errorOf = (message: string) => [
      { message, extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
    ];
    expect(await send(open)).toEqual([200, errorOf(told)]);
    expect(await send(closed)).toEqual([200, errorOf(says)]);
  },
);

test('every rule has a sentence of its own', async () => {
  const names = [...specifiedRules, NoSchemaIntrospectionCustomRule].map(({ name }) => name);
  expect(names.filter((name) => !Object.hasOwn(SENTENCES, name))).toEqual([]);
});

test('a message that quotes a long value is cut', async () => {
  const [message] = await complaintsOf(
    open,
    `{ groups(first: "${'x'.repeat(5000)}") { totalCount } }`,
  );
  expect(message).toMatch(/^1:17 Int cannot represent non-integer value: "x{200,}…$/);
  expect(message?.length).toBeLessThan(320);
});

test('ten mistakes are told at once, and no more', async () => {
  const query = `{ ${Array.from({ length: 19 }, (_, n) => `nope${n}`).join(' ')} }`;
  expect(await complaintsOf(open, query)).toHaveLength(10);
});

describe('a variable is told by its name, the place in its value and its type', () => {
  const FILTER =
    'query ($a: Int!,\n  $f: GroupFilter) { groups(first: $a, filter: $f) { totalCount } }';
  test.each([
    [{}, '1:8', 'a', 'has no value', '"Int!"'],
    [{ a: null }, '1:8', 'a', 'has an invalid value', '"Int!"'],
    [{ a: '1' }, '1:8', 'a', 'has an invalid value', '"Int!"'],
    [{ a: 1, f: 1 }, '2:3', 'f', 'has an invalid value', '"GroupFilter"'],
    [{ a: 1, f: { no: 1 } }, '2:3', 'f', 'has an unknown field', '"GroupFilter"'],
    [{ a: 1, f: { type: 'x' } }, '2:3', 'f', 'has an invalid value at "type"', '"GroupType"'],
    [
      { a: 1, f: { modifiedSince: 'x' } },
      '2:3',
      'f',
      'has an invalid value at "modifiedSince"',
      '"DateTime"',
    ],
  ])('%j', async (variables, place, name, says, expected) => {
    expect(await complaintsOf(open, FILTER, variables)).toEqual([
      `${place} Variable "$${name}" ${says}; expected ${expected}.`,
    ]);
    expect(await complaintsOf(closed, FILTER, variables)).toEqual([
      `${place} The variable ${says.replace(/ at ".*"/, '')}.`,
    ]);
  });

  test('a required field that is missing is told as its place', async () => {
    const MOVE = 'mutation ($i: MoveTaskInput!) { moveTask(input: $i) { clientMutationId } }';
    const variables = { i: { groupId: '64b000000000000000000001', 'no name': 1 } };
    expect(await complaintsOf(open, MOVE, variables)).toEqual([
      '1:11 Variable "$i" has no value at "taskId"; expected "ID!".',
      '1:11 Variable "$i" has no value at "stateId"; expected "ID!".',
      '1:11 Variable "$i" has an unknown field; expected "MoveTaskInput!".',
    ]);
    expect(await complaintsOf(closed, MOVE, variables)).toEqual([
      ...Array<string>(2).fill('1:11 The variable has no value.'),
      '1:11 The variable has an unknown field.',
    ]);
  });

  test('all that are wrong at once', async () => {
    const variables = { a: 'x', f: { type: 1, search: 2 } };
    expect(await complaintsOf(open, FILTER, variables)).toHaveLength(3);
  });
});
