import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  getOperationAST,
  isListType,
  isObjectType,
  isInterfaceType,
  getNullableType,
  getIntrospectionQuery,
  getNamedType,
  isIntrospectionType,
  isLeafType,
} from 'graphql';
import { LIST_SIZES } from '../../src/graphql/limits/list-sizes.ts';
import { parseQuery } from '../../src/graphql/limits/parse-query.ts';
import { estimateQuery } from '../../src/graphql/limits/query-cost.ts';
import { createGatewaySchema } from '../../src/graphql/schema.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { answerWith, startUpstream, type StubUpstream } from '../support/upstream.ts';

const schema = createGatewaySchema();

function costOf(query: string, variables: Record<string, unknown> = {}): number {
  const document = parseQuery(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return estimateQuery({ schema, document, operation, variables }).cost;
}

const PERSON = 'id name avatar { small }';
const CHANNELS = `channels(first: 20) { nodes { id name users { ${PERSON} } lastMessage { content sender { ${PERSON} } } } }`;
const TASKS = `tasks(first: 20) { totalCount nodes { id name state { name type } assignee { ${PERSON} } createdBy { ${PERSON} } editors { ${PERSON} } followers { ${PERSON} } } }`;
const PANEL = `__typename ... on MenuEntry { id name icon { path } } ... on StandardGroup { ${CHANNELS} } ... on TaskGroup { ${CHANNELS} ${TASKS} }`;

describe('the screens of a front end pass', () => {
  test.each([
    [
      'the menu and all below it, with people',
      `{ mainMenu { ${PANEL} ... on MenuEntry { children { ${PANEL} } } } }`,
      37_890,
    ],
    [
      '500 groups, plain',
      '{ groups(first: 500) { nodes { ... on MenuEntry { id name code } } } }',
      500,
    ],
    [
      '100 groups with channels and their users',
      `{ groups(first: 100) { nodes { ... on StandardGroup { channels(first: 20) { nodes { id users { ${PERSON} } } } } } } }`,
      22_100,
    ],
    [
      'a task group with its workflow and 500 tasks',
      `{ group(id: "5f7642126ba6fec816341de6") { ... on TaskGroup { workflow { id } stateMachines { id states { name transitions { to { name } } } } tasks(first: 500) { nodes { ${PERSON.replace('avatar { small }', '')} assignee { ${PERSON} } state { name } } } } } }`,
      1601,
    ],
  ])('%s', (_, query, cost) => {
    expect(costOf(query)).toBe(cost);
    expect(cost).toBeLessThan(50_000);
  });
});

describe('introspection', () => {
  const types = `{ types { fields { args { name type { name } } type { name } } possibleTypes { fields { name } } } }`;

  test('as tools ask for it passes', () => {
    expect(costOf(getIntrospectionQuery())).toBeLessThan(15_000);
  });

  test('that has all of the schema many times over does not', () => {
    const query = `{ ${Array.from({ length: 8 }, (_, n) => `a${n}: __schema ${types}`).join(' ')} }`;
    expect(costOf(query)).toBeGreaterThan(50_000);
    expect(costOf(`{ __schema ${types} }`)).toBeLessThan(15_000);
  });

  test('of a list counts two records an item, and of a type none', () => {
    expect(costOf('{ __type(name: "Query") { name ofType { name } } }')).toBe(0);
    expect(costOf('{ __type(name: "Query") { fields { name } } }')).toBe(20);
  });
});

describe('a query costs', () => {
  test.each([
    ['nothing for what is no record', '{ __typename }', 0],
    ['one for one record', '{ group(id: "1") { ... on MenuEntry { id } } }', 1],
    [
      'one more for each record in it',
      '{ channel(id: "1") { id lastMessage { sender { id } } } }',
      2,
    ],
    ['what `first` says', '{ groups(first: 7) { totalCount } }', 7],
    ['the default of `first`', '{ groups { totalCount } }', 50],
    [
      'the page once, through nodes or edges',
      '{ groups(first: 7) { nodes { __typename } edges { cursor node { __typename } } } }',
      7,
    ],
    [
      'what hangs on the page, for each',
      '{ groups(first: 7) { nodes { ... on MenuEntry { parent { __typename } } } } }',
      14,
    ],
    [
      'the same through edges',
      '{ groups(first: 7) { edges { node { ... on MenuEntry { parent { __typename } } } } } }',
      14,
    ],
    [
      'pages of pages',
      '{ groups(first: 7) { nodes { ... on TaskGroup { tasks(first: 3) { totalCount } } } } }',
      28,
    ],
    [
      'an assumed size for other lists',
      '{ mainMenu { ... on MenuEntry { children { __typename } } } }',
      90,
    ],
    [
      'a field once, however many fragments ask for it',
      '{ ...A ...B groups(first: 7) { totalCount } } fragment A on Query { groups(first: 7) { totalCount } } fragment B on Query { ...A groups(first: 7) { totalCount } }',
      7,
    ],
    ['each alias', '{ a: groups(first: 7) { totalCount } b: groups(first: 5) { totalCount } }', 12],
    [
      'all types together',
      '{ groups(first: 1) { nodes { ... on StandardGroup { channels(first: 5) { totalCount } } ... on TaskGroup { channels(first: 5) { totalCount } tasks(first: 3) { totalCount } } } } }',
      9,
    ],
    [
      'the larger page, where types differ in it',
      '{ groups(first: 1) { nodes { ... on StandardGroup { channels(first: 7) { totalCount } } ... on TaskGroup { channels(first: 5) { totalCount } } } } }',
      8,
    ],
    [
      'nothing for what is skipped',
      '{ groups @skip(if: true) { totalCount } ... @include(if: false) { mainMenu { __typename } } }',
      0,
    ],
    [
      'the largest page, for a `first` out of range, which its resolver refuses',
      '{ groups(first: 1000000) { totalCount } }',
      500,
    ],
    ['nothing, for a negative one', '{ groups(first: -7) { totalCount } }', 0],
  ])('%s', (_, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  test.each([
    ['a value', { n: 7 }, 7],
    ['none', {}, 50],
    ['null', { n: null }, 50],
  ])('the variable of `first`, with %s', (_, variables, cost) => {
    expect(costOf('query($n: Int) { groups(first: $n) { totalCount } }', variables)).toBe(cost);
  });

  test('all that the deepest query could bring up', () => {
    const max = 2_147_483_647;
    const channels = `channels(first: ${max}) { nodes { group { ... on StandardGroup {`.repeat(3);
    const query = `{ groups(first: ${max}) { nodes { ... on StandardGroup { ${channels} id ${'} } } }'.repeat(3)} } } } }`;
    expect(costOf(query)).toBe(125_250_500_500);
  });
});

test('every list of the schema has an assumed size, or is a page; and nothing else has one', () => {
  const lists = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter(({ name }) => !name.endsWith('Connection'))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(
          (field) =>
            isListType(getNullableType(field.type)) &&
            (isIntrospectionType(type) || !isLeafType(getNamedType(field.type))),
        )
        .map(({ name }) => `${type.name}.${name}`),
    );
  expect(Object.keys(LIST_SIZES).toSorted()).toEqual(lists.toSorted());
});

test('every connection has a `first`', () => {
  const connections = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ type }) => getNamedType(type).name.endsWith('Connection'));
  expect(connections.length).toBeGreaterThan(3);
  for (const { args } of connections) {
    expect(args.find(({ name }) => name === 'first')?.defaultValue).toEqual(expect.any(Number));
  }
});

describe('over HTTP', () => {
  let upstream: StubUpstream;
  let gateway: TestGateway;
  beforeAll(async () => {
    upstream = await startUpstream(answerWith({}));
    gateway = await startGateway(upstream.url, { maxQueryCost: 1000 });
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
  });

  const MILLION =
    'query($n: Int!) { groups(first: 500) { nodes { ... on TaskGroup { a: tasks(first: $n) { nodes { id } } b: tasks(first: $n) { nodes { id } } c: tasks(first: $n) { nodes { id } } d: tasks(first: $n) { nodes { id } } } } } }';

  test('a query that could ask for a million tasks is refused before any call', async () => {
    const { status, body } = await gateway.ask(MILLION, {
      variables: { n: 500 },
      headers: { accept: 'application/graphql-response+json' },
    });
    expect([status, body]).toEqual([
      400,
      {
        errors: [
          {
            message:
              'The query could bring up 1000500 records; it may bring up 1000. Ask for fewer with "first".',
            extensions: { code: 'QUERY_TOO_COMPLEX', cost: 1_000_500, limit: 1000 },
          },
        ],
      },
    ]);
    expect(upstream.calls).toEqual([]);
  });

  test('the same query with a smaller page passes, before and after', async () => {
    const query = MILLION.replace('500', '20');
    const codes = [];
    for (const n of [1, 1, 500, 500, 1, 500]) {
      const { body } = await gateway.ask(query, { variables: { n } });
      codes.push(body.errors?.[0].extensions.code);
    }
    const executed = 'UPSTREAM_INVALID_RESPONSE';
    const refused = 'QUERY_TOO_COMPLEX';
    expect(codes).toEqual([executed, executed, refused, refused, executed, refused]);
  });

  test('only the operation that is executed counts', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query:
          'query A { __typename } query B { groups(first: 500) { nodes { ... on TaskGroup { tasks(first: 500) { totalCount } } } } }',
        operationName: 'A',
      }),
    });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });
});
