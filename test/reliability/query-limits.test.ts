import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery, parse } from 'graphql';
import { QUERY_LIMITS } from '../../src/graphql/limits/parse-query.ts';
import { measure } from '../../src/graphql/limits/query-shape.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { HOSTILE_QUERIES } from '../support/hostile-queries.ts';
import { answerWith, startUpstream, type StubUpstream } from '../support/upstream.ts';

let upstream: StubUpstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream(answerWith({}));
  gateway = await startGateway(upstream.url);
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

const GRAPHQL_RESPONSE = { accept: 'application/graphql-response+json' };

describe.each(HOSTILE_QUERIES)('$name', ({ query, code, says }) => {
  test('is refused, by a code and words, without a call', async () => {
    const { status, body } = await gateway.ask(query, { headers: GRAPHQL_RESPONSE });
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
    expect(body.errors?.[0].extensions.code).toBe(code);
    expect(body.errors?.[0].message).toContain(says);
    expect(upstream.calls).toEqual([]);
  });

  test('is 200 with the same errors under application/json, as GraphQL over HTTP has it', async () => {
    const { status, body } = await gateway.ask(query, { headers: { accept: 'application/json' } });
    expect([status, body.errors?.[0].extensions.code]).toEqual([200, code]);
  });
});

test('nothing hostile is a defect', () => {
  expect(gateway.logs.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

describe('what is within the limits passes', () => {
  const names = (count: number, name: string): string => `${name} `.repeat(count);
  const aliases = Array.from({ length: 30 }, (_, n) => `a${n}: __typename`).join(' ');

  test.each([
    [
      '12 levels',
      `{ mainMenu { ... on MenuEntry { ${'parent { ... on MenuEntry { '.repeat(10)} id ${'} } '.repeat(10)} } } }`,
    ],
    ['20 fields at the root', `{ ${names(20, '__typename')} }`],
    ['30 aliases', `{ mainMenu { ${aliases} } }`],
    [
      '50 directives',
      `{ ${names(16, '__typename @skip(if: false) @include(if: true)')} mainMenu { ${names(18, '__typename @skip(if: false)')} } }`,
    ],
    [
      '21 fields in a fragment, not at the root',
      `{ mainMenu { ...F } } fragment F on MenuEntry { ${names(21, 'id')} }`,
    ],
    [
      'the same fragment in many places',
      `{ ${['a', 'b', 'c', 'd'].map((x) => `${x}: mainMenu { ...P }`).join(' ')} } fragment P on MenuEntry { id name icon { path color } }`,
    ],
  ])('%s', async (_, query) => {
    const { body } = await gateway.ask(query, { headers: GRAPHQL_RESPONSE });
    // The upstream of these tests has nothing, which is another matter.
    const codes = body.errors?.map((error) => error.extensions.code) ?? [];
    expect(codes.filter((code) => !/NOT_FOUND|UPSTREAM/.test(code))).toEqual([]);
    expect(body).toHaveProperty('data');
  });

  test('introspection as GraphiQL and code generators ask for it', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
      schemaDescription: true,
      specifiedByUrl: true,
      oneOf: true,
    });
    const { body } = await gateway.ask(query);
    expect(body.errors).toBeUndefined();
    expect(body.data.__schema.types.length).toBeGreaterThan(30);
  });
});

describe('the limits are those of the issue', () => {
  test('as numbers', () => {
    expect(QUERY_LIMITS).toMatchObject({
      ...{ tokens: 2000, depth: 12, aliases: 30, directives: 50, rootFields: 20 },
    });
  });

  test.each([
    ['{ a }', { depth: 1, rootFields: 1, selections: 1 }],
    ['{ a { b { c } } d }', { depth: 3, rootFields: 2, selections: 4 }],
    ['{ ... { ... on A { a } } }', { depth: 1, rootFields: 1, selections: 3 }],
    ['{ ...F ...F } fragment F on A { x: a { b } }', { depth: 2, rootFields: 2, aliases: 2 }],
    [
      'query @a($b: Int @c) { d @e ... @f { g } ...F @h } fragment F on A @i { j @k }',
      { directives: 7 },
    ],
    ['{ __typename a { __typename } }', { depth: 2, introspectionDepth: 0 }],
    ['{ s: __schema { types { name } } }', { depth: 0, introspectionDepth: 3, aliases: 1 }],
    ['{ ...F } fragment F on Query { __type(name: "A") { name } }', { introspectionDepth: 2 }],
    ['{ a { __type { b } } }', { depth: 1, introspectionDepth: 2 }],
  ])('%s', (query, figures) => {
    const text = query.replace('query @a($b: Int @c)', 'query ($b: Int @c) @a');
    expect(measure(parse(text))?.[0]?.shape).toMatchObject(figures);
  });
});
