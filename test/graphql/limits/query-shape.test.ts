import { describe, expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import {
  type DocumentNode,
  getOperationAST,
  Kind,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { parseQuery } from '../../../src/graphql/limits/parse-query.ts';
import { estimateQuery } from '../../../src/graphql/limits/query-cost.ts';
import { measure, type QueryShape } from '../../../src/graphql/limits/query-shape.ts';
import { createGatewaySchema } from '../../../src/graphql/schema.ts';

const FRAGMENTS = 6;
const TOKENS = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ':',
  '!',
  '$',
  '@',
  '...',
  '#',
  '"',
  '\\',
  '\n',
  'a',
  '0',
  '-',
  'on',
  ' ',
];

/** Selections of fields that exist and of others, nested, with aliases, directives and spreads. */
const { selections } = fc.letrec<{ selections: string }>((tie) => ({
  selections: fc
    .array(
      fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        fc.constantFrom('id', 'x: id', 'id @skip(if: true)', '__typename', 'nope', 'a: b @c @d'),
        fc.nat({ max: FRAGMENTS }).map((n) => `...F${n}`),
        fc
          .tuple(
            fc.constantFrom(
              ...['children', 'parent', 'p: parent @x', 'channels(first: 3)', 'nodes', 'group'],
              ...['... on MenuEntry', '... @include(if: false)', '__schema', 'tasks(first: $n)'],
            ),
            tie('selections'),
          )
          .map(([head, body]) => `${head} { ${body} }`),
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((items) => items.join(' ')),
}));

const queries = fc
  .tuple(selections, fc.array(selections, { maxLength: FRAGMENTS }))
  .map(([root, fragments]) =>
    [
      `query($n: Int) { mainMenu { ${root} } }`,
      ...fragments.map((body, n) => `fragment F${n} on MenuEntry { ${body} }`),
    ].join('\n'),
  );

/** The same figures the plain way: writes every fragment out. */
function measureByExpanding(document: DocumentNode): QueryShape | 'circular' {
  const bodies = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.selectionSet] as const]
        : [],
    ),
  );
  const shape = {
    depth: 0,
    introspectionDepth: 0,
    height: 0,
    rootFields: 0,
    aliases: 0,
    directives: 0,
    selections: 0,
  };
  const circles: string[] = [];

  const walk = (
    set: SelectionSetNode | undefined,
    level: number,
    inside: number,
    open: string[],
  ) => {
    for (const node of set?.selections ?? []) {
      if (circles.length > 0 || shape.selections > 200_000) return;
      shape.selections += 1;
      shape.directives += node.directives?.length ?? 0;
      if (node.kind === Kind.INLINE_FRAGMENT) walk(node.selectionSet, level, inside, open);
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        const name = node.name.value;
        if (open.includes(name)) circles.push(name);
        else walk(bodies.get(name), level, inside, [...open, name]);
      }
      if (node.kind !== Kind.FIELD) continue;
      if (level + inside === 0) shape.rootFields += 1;
      if (node.alias) shape.aliases += 1;
      const isInside = inside > 0 || node.name.value === '__schema';
      const [newLevel, newInside] = isInside ? [level, inside + 1] : [level + 1, 0];
      shape.depth = Math.max(shape.depth, newLevel);
      shape.introspectionDepth = Math.max(shape.introspectionDepth, newInside);
      shape.height = Math.max(shape.height, newLevel + newInside);
      walk(node.selectionSet, newLevel, newInside, open);
    }
  };
  for (const [name, body] of bodies) walk(body, 1, 0, [name]);
  if (circles.length > 0) return 'circular';
  Object.assign(shape, {
    depth: 0,
    introspectionDepth: 0,
    height: 0,
    rootFields: 0,
    aliases: 0,
    directives: 0,
    selections: 0,
  });
  walk(getOperationAST(document, undefined)?.selectionSet, 0, 0, []);
  return shape;
}

describe('measuring a query', () => {
  test('gives what writing every fragment out gives', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const document = parse(query);
        const expected = measureByExpanding(document);
        fc.pre(expected === 'circular' || expected.selections < 200_000);
        expect(measure(document)?.[0]?.shape ?? 'circular').toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('looks at each selection set once', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const document = parse(query);
        const looks: number[] = [];
        visit(document, {
          SelectionSet: (node) => {
            const index = looks.push(0) - 1;
            const { selections } = node;
            Object.defineProperty(node, 'selections', {
              get: () => {
                looks[index] = (looks[index] ?? 0) + 1;
                return selections;
              },
            });
          },
        });
        looks.fill(0);
        measure(document);
        expect(Math.max(...looks)).toBe(1);
      }),
    );
  });

  test('survives any text, as parsing and the cost do, with an error that has a code', () => {
    const schema = createGatewaySchema();
    fc.assert(
      fc.property(
        fc.oneof(queries, fc.string(), fc.string({ unit: fc.constantFrom(...TOKENS) })),
        (text) => {
          let document: DocumentNode;
          try {
            document = parseQuery(text);
          } catch (error: any) {
            expect(error.extensions.code).toMatch(/^(QUERY_TOO_COMPLEX|GRAPHQL_\w+)$/);
            return;
          }
          const operation = getOperationAST(document);
          if (!operation) return;
          const { cost } = estimateQuery({ schema, document, operation, variables: { n: 5 } });
          expect(Number.isSafeInteger(cost) && cost >= 0).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

test('a syntax error says what was expected, and quotes nothing', () => {
  const complaint = (text: string): string => {
    try {
      parseQuery(text);
    } catch (error: any) {
      return `${error.message} (${error.locations[0].line}:${error.locations[0].column})`;
    }
    return '';
  };
  expect(
    [
      '',
      '{',
      '{ a(',
      'secret { a }',
      '{ a: }',
      '{ a(b: secret: c) }',
      '{ a "secret" }',
      'query ($a: "secret") { a }',
      'fragment on on A { a }',
      'fragment A secret { b }',
      '{ a(b: "secret',
      '{ a(b: 0secret) }',
      '{ a(b: "\\secret") }',
      '{ % }',
      'query($a: Int = $secret) { a }',
      '"secret" { a }',
      '{\n  a\n  )\n}',
    ].map(complaint),
  ).toEqual([
    'Syntax error: Unexpected <EOF>. (1:1)',
    'Syntax error: Expected Name, found <EOF>. (1:2)',
    'Syntax error: Expected Name, found <EOF>. (1:5)',
    'Syntax error: Unexpected Name. (1:1)',
    'Syntax error: Expected Name, found "}". (1:6)',
    'Syntax error: Expected Name, found ":". (1:14)',
    'Syntax error: Expected Name, found String. (1:5)',
    'Syntax error: Expected Name, found String. (1:12)',
    'Syntax error: Unexpected Name. (1:10)',
    'Syntax error: Expected "on", found Name. (1:12)',
    'Syntax error: Unterminated string. (1:15)',
    'Syntax error: this is not GraphQL. (1:9)',
    'Syntax error: this is not GraphQL. (1:9)',
    'Syntax error: this is not GraphQL. (1:3)',
    'Syntax error: this is not GraphQL. (1:17)',
    'Syntax error: this is not GraphQL. (1:1)',
    'Syntax error: Expected Name, found ")". (3:3)',
  ]);
});
