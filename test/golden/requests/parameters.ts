import { asking, type Exchange, getting } from '../exchange.ts';

const TWO = 'query A { a: __typename } query B { b: __typename }';
const COUNT = 'query ($n: Int) { groups(first: $n) { totalCount } }';
const FIND = 'query ($f: GroupFilter) { groups(filter: $f) { totalCount } }';
const ONE = 'query ($id: ID!) { group(id: $id) { __typename } }';

const named = (operationName: unknown): Exchange =>
  asking(`operationName: ${JSON.stringify(operationName)}`, TWO, { params: { operationName } });
const variablesOf = (variables: unknown): Exchange =>
  asking(`variables: ${JSON.stringify(variables)}`, '{ __typename }', { params: { variables } });
const valued = (query: string, variables: object): Exchange =>
  asking(`${query} ${JSON.stringify(variables)}`, query, { params: { variables } });

export const PARAMETERS: readonly Exchange[] = [
  ...['A', 'B', 'C', '', null, 1, ['A'], 'a b'].map(named),
  asking('two operations, and no name', TWO),
  ...[{}, { a: 1 }, null, [], '{}', 5, true].map(variablesOf),
  ...[3, null, 0, 501, -1, 1.5, '3', true, [3], {}, 3e10].map((n) => valued(COUNT, { n })),
  valued(COUNT, {}),
  valued(COUNT, { n: 1, other: 2 }),
  ...[
    ...[{ type: 'TASK' }, { type: 'NOPE' }, { type: 1 }, { type: null }, { nope: 1 }, {}],
    ...[{ modifiedSince: '2024-01-01T00:00:00Z' }, { modifiedSince: 'soon' }, { modifiedSince: 5 }],
    ...[{ includeInactive: 'yes' }, { search: 'field' }, { search: ['field'] }, 'TASK', [{}]],
  ].map((f) => valued(FIND, { f })),
  ...['', 'x', '0'.repeat(24), '../users', 5, null].map((id) => valued(ONE, { id })),
  valued(ONE, {}),
  asking('a cursor of garbage', '{ groups(after: "nope") { totalCount } }'),
  asking('extensions', '{ __typename }', { params: { extensions: { a: 1 } } }),
  asking('extensions of a wrong kind', '{ __typename }', { params: { extensions: [] } }),
  asking('a persisted query of Apollo', undefined, {
    params: { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
  }),
  asking('a document by its id', undefined, { params: { documentId: 'a'.repeat(64) } }),
  asking('X-Explain: true', '{ groups(first: 1) { totalCount } }', {
    headers: { 'x-explain': 'true' },
  }),
  asking('X-Explain: true, where that is off', '{ groups(first: 1) { totalCount } }', {
    gateway: 'closed',
    headers: { 'x-explain': 'true' },
  }),
  getting('by GET', { query: '{ groups(first: 1) { totalCount } }' }),
  getting('by GET, with variables', { query: COUNT, variables: '{"n":3}' }),
  getting('by GET, with a name', { query: TWO, operationName: 'B' }),
  getting('by GET, variables of garbage', { query: COUNT, variables: '{' }),
  getting('by GET, variables in a list', { query: COUNT, variables: '[]' }),
  getting('by GET, variables as a text', { query: COUNT, variables: '"x"' }),
  getting('by GET, extensions of garbage', { query: '{ __typename }', extensions: '{' }),
  getting('by GET, no query', {}),
  getting('by GET, an empty query', { query: '' }),
  getting('by GET, a mutation', { query: 'mutation { a }' }),
  getting(
    'by GET, a subscription',
    { query: 'subscription { groupChanged { cursor } }' },
    { ending: ':\n\n' },
  ),
  getting(
    'by GET, a subscription over events that is not there',
    { query: 'subscription { nope }' },
    {
      headers: { accept: 'text/event-stream' },
    },
  ),
  {
    ...asking('a query in the address as well', '{ a: __typename }'),
    target: '/graphql?query={b:__typename}',
  },
  {
    name: 'a query twice in the address',
    method: 'GET',
    target: '/graphql?query={a:__typename}&query={b:__typename}',
  },
  { name: 'a percent sign that is none', method: 'GET', target: '/graphql?query=%zz' },
  { name: 'plus signs', method: 'GET', target: '/graphql?query={+__typename+}' },
];
