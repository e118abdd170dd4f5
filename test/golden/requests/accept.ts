import { asking, type Exchange, getting } from '../exchange.ts';

/** What callers say that they read. */
const ACCEPTS = [
  undefined,
  'application/json',
  'application/graphql-response+json',
  '*/*',
  'application/*;q=0.1',
  'application/graphql-response+json, application/json;q=0.9',
  'application/json, application/graphql-response+json',
  'application/json;q=0, application/graphql-response+json',
  'text/html,application/xhtml+xml,*/*;q=0.8',
  'application/json;q=0.1, application/graphql-response+json',
  'application/graphql-response+json; charset="utf-8"',
  'application/json;charset=latin1',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'text/html',
  'image/png',
  'text/event-stream',
  'text/event-stream, application/json',
  'multipart/mixed',
  'multipart/mixed, */*',
  'multipart/mixed, application/json',
  'multipart/mixed;deferSpec=20220824, application/json',
  'multipart/mixed;incrementalSpec=v0.2, application/json',
  'multipart/mixed;q=0, application/json',
  'multipart/mixed;boundary="graphql";subscriptionSpec=1.0, application/json',
  '',
  ',',
  ';',
];

const BODIES: Record<string, string> = {
  'an answer': '{"query":"{ groups(first: 2) { nodes { __typename } } }"}',
  'no call': '{"query":"{ __typename }"}',
  'an error in a field':
    '{"query":"{ a: __typename group(id: \\"000000000000000000000000\\") { __typename } groups(first: 0) { totalCount } }"}',
  'no such field': '{"query":"{ nope }"}',
  'no GraphQL': '{"query":"{"}',
  'no operation of the name': '{"query":"{ __typename }","operationName":"A"}',
  'no operation at all': '{"query":"fragment A on Query { __typename }"}',
  'a mutation': '{"query":"mutation { __typename }"}',
  'a variable of a wrong type':
    '{"query":"query A($n: Int) { groups(first: $n) { totalCount } }","variables":{"n":"x"}}',
  'a part that may come later': '{"query":"{ a: __typename ... @defer { b: __typename } }"}',
  'a subscription that is not there': '{"query":"subscription { nope }"}',
  'too much':
    '{"query":"{ groups(first: 500) { nodes { ... on TaskGroup { tasks(first: 500) { nodes { id } } } } } }"}',
  'no query': '{}',
  'a list': '[{"query":"{ __typename }"}]',
  'no JSON': '{"query":',
  nothing: '',
  'a byte order mark': '\ufeff{"query":"{ __typename }"}',
};

export const ACCEPT: readonly Exchange[] = [
  ...Object.entries(BODIES).map(([name, body]) => ({ name, body, accepts: ACCEPTS })),
  asking('without a token', '{ groups { totalCount } }', {
    headers: { authorization: undefined },
    accepts: ACCEPTS,
  }),
  getting('by GET', { query: '{ __typename }' }, { accepts: ACCEPTS }),
  getting('by GET, no such field', { query: '{ nope }' }, { accepts: ACCEPTS }),
];
