import { HOSTILE_QUERIES } from '../../support/hostile-queries.ts';
import { asking, type Exchange, GRAPHQL_RESPONSE } from '../exchange.ts';

const INTROSPECTION: Record<string, string> = {
  'the schema': '{ __schema { queryType { name } } }',
  'a type': '{ __type(name: "Icon") { name kind fields { name } } }',
  'a name': '{ __typename }',
  'the schema, by an alias': '{ a: __schema { queryType { name } } }',
  'a field that is not there': '{ grups { totalCount } }',
  'a value that is not there': '{ groups(filter: { type: TASKS }) { totalCount } }',
  'an argument that is not there': '{ groups(limit: 1) { totalCount } }',
};

const PARTS = { accept: 'multipart/mixed, application/json' };

export const LIMITS: readonly Exchange[] = [
  ...HOSTILE_QUERIES.map(({ name, query }) => asking(name, query, { headers: GRAPHQL_RESPONSE })),
  asking(
    'too costly',
    '{ groups(first: 500) { nodes { ... on TaskGroup { tasks(first: 500) { nodes { id } } } } } }',
  ),
  asking(
    'too costly by a variable',
    'query ($n: Int) { groups(first: 500) { nodes { ... on TaskGroup { tasks(first: $n) { nodes { id } } } } } }',
    {
      params: { variables: { n: 400 } },
    },
  ),
  asking(
    'not too costly',
    '{ groups(first: 3) { nodes { ... on TaskGroup { tasks(first: 2) { totalCount } } } } }',
  ),
  asking(
    'too many calls',
    '{ groups { nodes { ... on TaskGroup { tasks(first: 1) { totalCount } } } } }',
    {
      gateway: 'small',
    },
  ),
  asking(
    'a label twice',
    '{ ... @defer(label: "a") { a: __typename } ... @defer(label: "a") { b: __typename } }',
    {
      headers: PARTS,
    },
  ),
  asking(
    '26 parts',
    `{ ${Array.from({ length: 26 }, (_, n) => `... @defer { a${n}: __typename }`).join(' ')} }`,
    {
      headers: PARTS,
    },
  ),
  asking('@stream of what is no list', '{ __typename @stream }', { headers: PARTS }),
  ...Object.entries(INTROSPECTION).flatMap(([name, query]) => [
    asking(`introspection on: ${name}`, query),
    asking(`introspection off: ${name}`, query, { gateway: 'closed' }),
  ]),
];
