import { type Exchange } from '../exchange.ts';

const TYPENAME = '{"query":"{ __typename }"}';
const QUERY = '?query={__typename}';

const by = (method: string): Exchange => ({ name: method, method, target: `/graphql${QUERY}` });
const at = (target: string): Exchange => ({ name: `POST ${target}`, target, body: TYPENAME });
const getAt = (target: string): Exchange => ({
  name: `GET ${target}`,
  method: 'GET',
  target: target + QUERY,
});

const hosted = (host: string): Exchange => ({
  name: `Host: ${host}`,
  method: 'GET',
  target: `/graphql${QUERY}`,
  headers: { host },
});

/** Requests that are hardly HTTP. */
const RAW: readonly (readonly [string, string])[] = [
  ['nonsense', 'nonsense\r\n\r\n'],
  ['no Host', `GET /graphql${QUERY} HTTP/1.1\r\nconnection: close\r\n\r\n`],
  ['two Hosts', `GET /graphql${QUERY} HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n`],
  ['HTTP/1.0', `GET /graphql${QUERY} HTTP/1.0\r\nhost: a\r\n\r\n`],
  ['HTTP/2.0', `GET /graphql${QUERY} HTTP/2.0\r\nhost: a\r\n\r\n`],
  ['HTTP/9.9', `GET /graphql${QUERY} HTTP/9.9\r\nhost: a\r\n\r\n`],
  ['a header without a name', `GET /graphql${QUERY} HTTP/1.1\r\n: x\r\nhost: a\r\n\r\n`],
  ['a header with a blank', `GET /graphql${QUERY} HTTP/1.1\r\nhost: a\r\nx y: z\r\n\r\n`],
  ['headers above 16 kB', `GET /graphql HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(17_000)}\r\n\r\n`],
  [
    'an Upgrade',
    `GET /graphql${QUERY} HTTP/1.1\r\nhost: a\r\nconnection: upgrade, close\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: YQ==\r\n\r\n`,
  ],
  [
    'a whole address as the target',
    `GET http://elsewhere/graphql${QUERY} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
  ],
];

export const METHODS: readonly Exchange[] = [
  ...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND'].map(by),
  { name: 'CONNECT', raw: 'CONNECT elsewhere:80 HTTP/1.1\r\nhost: elsewhere:80\r\n\r\n' },
  ...['get', 'NOPE'].map((method) => ({ name: method, method })),
  { name: 'POST without a body', target: '/graphql' },
  { name: 'POST with the query in the address', target: `/graphql${QUERY}` },
  { name: 'PUT with a body', method: 'PUT', body: TYPENAME },
  {
    name: 'GET with a body',
    method: 'GET',
    target: `/graphql${QUERY}`,
    body: '{"query":"{ nope }"}',
  },
  ...['/', '/graphql/', '/GraphQL', '/graphqlx', '/graphql/x', '//graphql', '/x/../graphql'].map(
    at,
  ),
  ...['/graphql?', '/graphql#x', '/%67raphql', '/graphql;x', '/graphql%00'].map(at),
  ...['/', '/graphql/', '/favicon.ico', '/robots.txt', '/.env', '/x/graphql'].map(getAt),
  { name: 'OPTIONS *', method: 'OPTIONS', target: '*' },
  { name: 'no path', method: 'GET', target: QUERY },
  ...['a', 'a:80', '[::1]:4000', 'a b', 'a/b', 'user@a', 'a:99999', '[::1', 'é', ''].map(hosted),
  ...RAW.map(([name, raw]) => ({ name, raw })),
];
