import { createHash } from 'node:crypto';
import { asking, type Exchange, type GatewayName, getting, GRAPHQL_RESPONSE } from '../exchange.ts';

const COUNT = 'query Count($search: String) { groups(filter: { search: $search }) { totalCount } }';
const TWO = 'query A { a: __typename } query B { b: __typename }';
const COSTLY =
  'query Costly($n: Int!) { groups(first: $n) { nodes { ... on TaskGroup { tasks(first: 400) { nodes { id } } } } } }';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
/** The trusted documents, as codegen writes them. */
export const MANIFEST = { [`sha256:${hash(COUNT)}`]: COUNT, [hash(COSTLY)]: COSTLY, two: TWO };

const variables = { search: 'field' };
const apollo = (sha256Hash: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
});

/** By name: a query, and other parameters. */
const ASKED: Record<string, readonly [query: string | undefined, params: object]> = {
  'an id': [undefined, { documentId: hash(COUNT), variables }],
  'an id with its algorithm': [undefined, { documentId: `sha256:${hash(COUNT)}`, variables }],
  "an id as Apollo's clients name it": [undefined, { ...apollo(hash(COUNT)), variables }],
  'an id and its text': [COUNT, { ...apollo(hash(COUNT)), variables }],
  'an id and another text': ['{ __typename }', { ...apollo(hash(COUNT)), variables }],
  'an id that is not known': [undefined, { documentId: hash('nope') }],
  'an id that is not known, as Apollo names it': [undefined, apollo(hash('nope'))],
  'an id that is none': [undefined, { documentId: '../x' }],
  'an id of a wrong kind': [undefined, { documentId: 5 }],
  'two ids': [undefined, { documentId: hash(COUNT), ...apollo(hash(COSTLY)) }],
  'another version of the protocol': [
    undefined,
    { extensions: { persistedQuery: { version: 2, sha256Hash: hash(COUNT) } } },
  ],
  'one of two operations': [undefined, { documentId: 'two', operationName: 'B' }],
  'none of two operations': [undefined, { documentId: 'two' }],
  'too costly by its variables': [undefined, { documentId: hash(COSTLY), variables: { n: 500 } }],
  'a variable of a wrong type': [undefined, { documentId: hash(COUNT), variables: { search: 5 } }],
  'a text': ['{ __typename }', {}],
  'a text that is wrong': ['{ nope', {}],
  nothing: [undefined, {}],
};

const KINDS: readonly GatewayName[] = ['strict', 'mixed'];

/** Where no documents are known. */
const OPEN = [
  asking('open: a hash', undefined, { params: apollo(hash(COUNT)) }),
  asking('open: a hash, and the text', COUNT, { params: apollo(hash(COUNT)) }),
  asking('open: an id', undefined, {
    ...{ params: { documentId: hash(COUNT) }, headers: GRAPHQL_RESPONSE },
  }),
];

const KNOWN = KINDS.flatMap((gateway) => [
  ...Object.entries(ASKED).map(([name, [query, params]]) =>
    asking(`${gateway}: ${name}`, query, { gateway, params, headers: GRAPHQL_RESPONSE }),
  ),
  getting(
    `${gateway}: by GET`,
    { documentId: hash(COUNT), variables: JSON.stringify(variables) },
    { gateway },
  ),
  getting(`${gateway}: by GET, a text`, { query: '{ __typename }' }, { gateway }),
  asking(`${gateway}: not known, application/json`, undefined, {
    ...{ gateway, params: { documentId: hash('nope') }, headers: { accept: 'application/json' } },
  }),
]);

export const DOCUMENTS: readonly Exchange[] = [...OPEN, ...KNOWN];
