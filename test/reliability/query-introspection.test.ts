import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { readConfig } from '../../src/config/index.ts';
import { createGatewaySchema } from '../../src/graphql/schema.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { answerWith, startUpstream, type StubUpstream } from '../support/upstream.ts';

let upstream: StubUpstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream(answerWith({}));
  gateway = await startGateway(upstream.url, { introspection: false });
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

/** All that a schema has names for, less what a query below names by itself. */
const NAMES = Object.values(createGatewaySchema().getTypeMap())
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) => [
    type.name,
    ...('getFields' in type ? Object.keys(type.getFields()) : []),
    ...('getValues' in type ? type.getValues().map(({ name }) => name) : []),
  ])
  .filter((name) => name.length > 3);

/** The names of the schema that an answer tells without having been told them. */
function leaked(query: string, answer: unknown): string[] {
  const words = new Set(JSON.stringify(answer).match(/\w+/g));
  const common = ['code', 'data', 'errors', 'message', 'name', 'type', 'value', 'Query'];
  const known = new Set([...(query.match(/\w+/g) ?? []), ...common]);
  return NAMES.filter((name) => words.has(name) && !known.has(name));
}

describe('with INTROSPECTION=off, the schema is not told by', () => {
  test.each([
    ['introspection', getIntrospectionQuery()],
    ['__schema', '{ __schema { queryType { name } } }'],
    ['__type', '{ __type(name: "User") { name fields { name } } }'],
    ['an alias', '{ a: __schema { b: types { c: name } } }'],
    ['a fragment', '{ ...F } fragment F on Query { __schema { types { name } } }'],
    ['an inline fragment', '{ ... on Query { ... { __type(name: "User") { name } } } }'],
    ['a place below', '{ mainMenu { __schema { types { name } } } }'],
    ['a directive that skips it', '{ __schema @skip(if: true) { types { name } } }'],
    ['a field', '{ mainMen }'],
    ['a field of a type', '{ groups { totalCoun } }'],
    ['a field of a union', '{ groups { nodes { nam task channel } } }'],
    ['an argument', '{ groups(frist: 1) { __typename } }'],
    ['a missing argument', '{ group { __typename } }'],
    ['a missing selection', '{ groups }'],
    ['a selection too many', '{ __typename { a } }'],
    ['a type in a fragment', '{ mainMenu { ... on StandardGrou { a } } }'],
    ['a type that cannot occur', '{ mainMenu { ... on State { id } } }'],
    ['the type of a variable', 'query ($a: GroupFiltr) { groups(filter: $a) { __typename } }'],
    ['a variable that does not fit', 'query ($a: Int) { groups(filter: $a) { __typename } }'],
    ['an enum value', '{ groups(filter: { type: TASKK }) { __typename } }'],
    ['an input field', '{ groups(filter: { serch: "a" }) { __typename } }'],
    ['a literal', '{ groups(filter: 1) { __typename } }'],
    ['a directive', '{ __typename @skp(if: true) }'],
    ['the kind of operation', 'mutation { a }'],
  ])('%s', async (_, query) => {
    const { body } = await gateway.ask(query);
    expect(body.data).toBeUndefined();
    expect(body.errors?.length).toBeGreaterThan(0);
    expect(leaked(query, body)).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('Did you mean');
  });

  test.each([
    [
      'a variable of an enum',
      'query ($a: GroupType) { groups(filter: { type: $a }) { __typename } }',
      { a: 'TASKK' },
    ],
    [
      'a variable of an input type',
      'query ($a: GroupFilter) { groups(filter: $a) { __typename } }',
      { a: { serch: 1 } },
    ],
    ['a missing variable', 'query ($a: Int!) { groups(first: $a) { __typename } }', {}],
  ])('%s', async (_, query, variables) => {
    const { body } = await gateway.ask(query, { variables });
    expect(body.errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(leaked(query, body)).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('Did you mean');
  });

  test('an operation that is not executed', async () => {
    const query = 'query A { __typename } query B { __schema { types { name } } }';
    const parameters = new URLSearchParams({ query, operationName: 'A' });
    const response = await fetch(`${gateway.url}/graphql?${parameters.toString()}`);
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect(new Set(errors.map(({ message }) => message))).toEqual(
      new Set(['Introspection is turned off.']),
    );
  });

  test('GET', async () => {
    const response = await fetch(`${gateway.url}/graphql?query={__schema{types{name}}}`);
    expect(leaked('', await response.json())).toEqual([]);
  });
});

test('__typename stays', async () => {
  expect((await gateway.ask('{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
});

test('the leak would be found: with introspection the same answers do tell', async () => {
  const open = await startGateway(upstream.url);
  for (const query of [
    '{ __schema { types { name } } }',
    '{ mainMen }',
    '{ groups(a: 1) { a } }',
  ]) {
    expect(leaked(query, (await open.ask(query)).body)).not.toEqual([]);
  }
  await open.close();
});

test('GraphiQL is off with it, since it lives on introspection', () => {
  const { introspection, graphiql } = readConfig({ INTROSPECTION: 'off', GRAPHIQL: 'on' });
  expect({ introspection, graphiql }).toEqual({ introspection: false, graphiql: false });
});
