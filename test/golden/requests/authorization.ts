import { asking, type Exchange, getting, GRAPHQL_RESPONSE } from '../exchange.ts';

const ONE = '{ groups(first: 1) { totalCount } }';

const withToken = (authorization: string | undefined): Exchange =>
  asking(`Authorization: ${authorization ?? '(none)'}`, ONE, {
    headers: { ...GRAPHQL_RESPONSE, authorization },
  });

const RAW_HEAD = 'POST /graphql HTTP/1.1\r\nhost: gateway.test\r\nconnection: close\r\n';
const RAW_BODY = `content-type: application/json\r\ncontent-length: 35\r\n\r\n{"query":"{groups{totalCount}}   "}`;

const TOKENS = [
  ...[undefined, '', 'Bearer', 'Bearer ', 'bearer sandbox-user', 'BEARER  sandbox-user'],
  ...['Bearer sandbox-admin', 'Bearer nobody', 'Bearer a b', 'Basic YTpi', 'sandbox-user'],
  ...['Bearer sandbox-user, Bearer nobody', `Bearer ${'x'.repeat(8000)}`, 'Bearer \u00e9'],
];

export const AUTHORIZATION: readonly Exchange[] = [
  ...TOKENS.map(withToken),
  asking('no token, and no call', '{ __typename }', { headers: { authorization: undefined } }),
  asking('no token, and a field without a call', `{ a: __typename ${ONE.slice(1)}`, {
    headers: { ...GRAPHQL_RESPONSE, authorization: undefined },
  }),
  asking('no token, application/json', ONE, {
    headers: { authorization: undefined, accept: 'application/json' },
  }),
  asking('a token that Cotalker does not know, application/json', ONE, {
    headers: { authorization: 'Bearer nobody', accept: 'application/json' },
  }),
  asking('no token, a subscription', 'subscription { groupChanged { cursor } }', {
    headers: { authorization: undefined, accept: 'text/event-stream' },
  }),
  getting(
    'no token, by GET',
    { query: ONE },
    {
      headers: { ...GRAPHQL_RESPONSE, authorization: undefined },
    },
  ),
  ...['true', 'TRUE', '1', 'false', '', 'yes'].map((admin) =>
    asking(`Admin: ${admin}, an admin`, '{ mainMenu { ... on MenuEntry { id } } }', {
      headers: { authorization: 'Bearer sandbox-admin', admin },
    }),
  ),
  asking('Admin: true, no admin', ONE, { headers: { admin: 'true' } }),
  {
    name: 'two Authorization headers, the same',
    raw: `${RAW_HEAD}authorization: Bearer sandbox-user\r\nauthorization: Bearer sandbox-user\r\n${RAW_BODY}`,
  },
  {
    name: 'two Authorization headers',
    raw: `${RAW_HEAD}authorization: Bearer sandbox-user\r\nauthorization: Bearer sandbox-admin\r\n${RAW_BODY}`,
  },
  {
    name: 'a token behind blanks',
    raw: `${RAW_HEAD}authorization:   Bearer sandbox-user  \r\n${RAW_BODY}`,
  },
];
