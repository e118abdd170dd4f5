import { asking, type Exchange } from '../exchange.ts';

const TYPENAME = '{"query":"{ __typename }"}';

const ofType = (type: string | undefined): Exchange => ({
  name: `Content-Type: ${type ?? '(none)'}`,
  body: TYPENAME,
  headers: { 'content-type': type },
});

/** JSON that is no request, or an odd one. */
const JSONS: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['blanks', ' \n\t '],
  ['null', 'null'],
  ['a number', '5'],
  ['a text', '"{ __typename }"'],
  ['true', 'true'],
  ['an empty object', '{}'],
  ['an empty list', '[]'],
  ['a list of two', `[${TYPENAME},${TYPENAME}]`],
  ['a brace', '{'],
  ['a comma too many', '{"query":"{ __typename }",}'],
  ['single quotes', "{'query':'{ __typename }'}"],
  ['two bodies', TYPENAME + TYPENAME],
  ['a byte order mark', `\ufeff${TYPENAME}`],
  ['a query twice', '{"query":"{ nope }","query":"{ __typename }"}'],
  ['an escaped query', '{"query":"\\u007b __typename \\u007d"}'],
  ['half a surrogate', '{"query":"{ __typename } #\\ud800"}'],
  ['a NUL in the query', '{"query":"{ __typename \\u0000 }"}'],
  ['no query', '{"variables":{}}'],
  ['null for a query', '{"query":null}'],
  ['a number for a query', '{"query":1}'],
  ['a list for a query', '{"query":["{ __typename }"]}'],
  ['an object for a query', '{"query":{"kind":"Document"}}'],
  ['an empty query', '{"query":""}'],
  ['a query of blanks', '{"query":"  "}'],
  ['a query of a comment', '{"query":"# nothing"}'],
  ['form fields', 'query=%7B__typename%7D'],
  ['parameters that nobody knows', '{"query":"{ __typename }","id":"1","nope":[{}]}'],
  ['__proto__', '{"query":"{ __typename }","__proto__":{"query":"{ nope }"}}'],
  ['a constructor', '{"query":"{ __typename }","constructor":{"prototype":{"a":1}}}'],
  [
    'null for all that may be left out',
    '{"query":"{ __typename }","variables":null,"operationName":null,"extensions":null}',
  ],
];

const PLAIN =
  'POST /graphql HTTP/1.1\r\nhost: gateway.test\r\nconnection: close\r\ncontent-type: application/json\r\n';
const inChunks = (...chunks: readonly string[]): string =>
  `${PLAIN}transfer-encoding: chunked\r\n\r\n${[...chunks, ''].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}`;

export const BODIES: readonly Exchange[] = [
  ...JSONS.map(([name, body]) => ({ name, body })),
  ...[
    ...[undefined, '', 'application/json; charset=utf-8', 'application/json;charset=UTF-8'],
    ...[
      'application/json; charset="utf-8"',
      'application/json; charset=latin1',
      'APPLICATION/JSON',
    ],
    ...['application/json; foo=bar', 'application/json, text/plain', 'application/jsonp'],
    ...['application/graphql', 'application/graphql+json', 'application/graphql-response+json'],
    ...['text/plain', 'text/plain; application/json', 'application/x-www-form-urlencoded'],
    ...['multipart/form-data; boundary=x', 'multipart/form-data', '*/*', 'json', '/'],
  ].map(ofType),
  ...['gzip', 'identity', 'br', 'nope'].map((coding) => ({
    name: `Content-Encoding: ${coding}`,
    body: TYPENAME,
    headers: { 'content-encoding': coding },
  })),
  { name: 'of 1,000,000 bytes', body: TYPENAME.padEnd(1_000_000) },
  { name: 'of 1,000,001 bytes', body: TYPENAME.padEnd(1_000_001) },
  { name: 'said to be of 9 MB, and none of them', raw: `${PLAIN}content-length: 9000000\r\n\r\n` },
  { name: 'in one chunk', raw: inChunks(TYPENAME) },
  { name: 'in two chunks', raw: inChunks(TYPENAME.slice(0, 7), TYPENAME.slice(7)) },
  { name: 'in no chunk', raw: inChunks() },
  {
    name: 'of 1,000,001 bytes, in chunks',
    raw: inChunks(TYPENAME.padEnd(500_000), ' '.repeat(500_001)),
  },
  {
    name: 'a length and chunks',
    raw: inChunks(TYPENAME).replace('transfer', 'content-length: 5\r\ntransfer'),
  },
  { name: 'two lengths', raw: `${PLAIN}content-length: 2\r\ncontent-length: 3\r\n\r\n{} ` },
  { name: 'a length of garbage', raw: `${PLAIN}content-length: x\r\n\r\n{}` },
  { name: 'Expect: 100-continue', body: TYPENAME, headers: { expect: '100-continue' } },
  { name: 'Expect: nope', body: TYPENAME, headers: { expect: 'nope' } },
  asking('not ASCII', '{ groups(filter: { search: "Año 你好 🙂" }) { totalCount } }'),
];
