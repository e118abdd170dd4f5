import { asking, type Exchange } from '../exchange.ts';

const LISTED = 'https://app.test';

const preflight = (
  name: string,
  headers: Record<string, string>,
  gateway: 'pages' | 'open' = 'pages',
): Exchange => ({
  name,
  gateway,
  method: 'OPTIONS',
  headers: { authorization: undefined, ...headers },
});

const POSTING = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
};

export const CORS: readonly Exchange[] = [
  preflight('a preflight of a listed origin', { origin: LISTED, ...POSTING }),
  preflight('a preflight of another', { origin: 'https://other.test', ...POSTING }),
  preflight('a preflight where none is listed', { origin: LISTED, ...POSTING }, 'open'),
  preflight('a preflight for PUT', { origin: LISTED, 'access-control-request-method': 'PUT' }),
  preflight('a preflight for headers of all kinds', {
    ...{ origin: LISTED, ...POSTING },
    'access-control-request-headers': 'x-nope,admin,x-explain,traceparent',
  }),
  preflight('a preflight of a private network', {
    ...{ origin: LISTED, ...POSTING },
    'access-control-request-private-network': 'true',
  }),
  preflight('OPTIONS without an origin', POSTING),
  preflight('OPTIONS of a listed origin, no preflight', { origin: LISTED }),
  { ...preflight('a preflight of another path', { origin: LISTED, ...POSTING }), target: '/nope' },
  { ...preflight('a preflight of /health', { origin: LISTED, ...POSTING }), target: '/health' },
  ...[
    ...[LISTED, 'https://other.test', 'null', 'https://app.test.evil.test', 'http://app.test'],
    ...['HTTPS://APP.TEST', 'https://app.test:443', '*', `${LISTED}, https://other.test`],
  ].map((origin) =>
    asking(`an answer to ${origin}`, '{ __typename }', { gateway: 'pages', headers: { origin } }),
  ),
  asking('an error to a listed origin', '{ nope }', {
    gateway: 'pages',
    headers: { origin: LISTED },
  }),
  {
    ...{ name: 'nothing there, to a listed origin', gateway: 'pages', method: 'GET' },
    ...{ target: '/nope', headers: { origin: LISTED } },
  },
  asking('an overload to an origin', '{ __typename }', {
    gateway: 'full',
    headers: { origin: LISTED },
  }),
];
