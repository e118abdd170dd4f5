import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

/*
 * A plain POST is served past Yoga's HTTP layer, one whose length is not told is served by it: whatever
 * is asked, the two must give the same answer.
 */

let sandbox: Sandbox;
let gateway: TestGateway;
beforeAll(async () => {
  sandbox = await createSandbox();
  gateway = await startGateway(sandbox.url);
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
});

async function post(body: BodyInit, accept: string, token?: string) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body,
    duplex: 'half',
  } as RequestInit);
  const { status, headers } = response;
  const told = ['content-type', 'www-authenticate', 'cache-control', 'content-security-policy'];
  return { status, headers: told.map((name) => headers.get(name)), body: await response.text() };
}

const BODIES: Record<string, string> = {
  'an answer': '{"query":"{ groups(first: 2) { nodes { __typename } } }"}',
  'no call': '{"query":"{ __typename }"}',
  'variables and a name':
    '{"query":"query A($n: Int) { groups(first: $n) { totalCount } } query B { __typename }","operationName":"A","variables":{"n":3}}',
  'input that is refused by a resolver': '{"query":"{ groups(first: 0) { totalCount } }"}',
  'an id that is none': '{"query":"{ group(id: \\"x\\") { __typename } __typename }"}',
  'a variable of a wrong type':
    '{"query":"query A($n: Int) { groups(first: $n) { totalCount } }","variables":{"n":"x"}}',
  'no such field': '{"query":"{ nope }"}',
  'no GraphQL': '{"query":"{"}',
  'no operation of the name': '{"query":"{ __typename }","operationName":"A"}',
  'no operation at all': '{"query":"fragment A on Query { __typename }"}',
  'a mutation': '{"query":"mutation { __typename }"}',
  'a subscription': '{"query":"subscription { __typename }"}',
  'too much':
    '{"query":"{ groups(first: 500) { nodes { __typename ... on TaskGroup { tasks(first: 500) { nodes { id } } } } } }"}',
  'no query': '{}',
  'a list': '[{"query":"{ __typename }"}]',
  'no JSON': '{"query":',
  nothing: '',
  'a byte order mark': '\ufeff{"query":"{ __typename }"}',
};

/** The accept headers that are asked with other tokens, too. */
const ALL_TOKENS = ['application/json', 'application/graphql-response+json'];

describe.each([
  'application/json',
  'application/graphql-response+json',
  '*/*',
  'application/*;q=0.1',
  'application/graphql-response+json, application/json;q=0.9',
  'application/json, application/graphql-response+json',
  'text/html,application/xhtml+xml,*/*;q=0.8',
  'application/json;charset=latin1',
  'application/json; charset=utf-8',
  'text/html',
  'text/event-stream, application/json',
  'multipart/mixed',
  'multipart/mixed, */*',
  ',',
  ';',
])('%s', (accept) => {
  test.each(Object.entries(BODIES))('%s', async (_, body) => {
    const others = ALL_TOKENS.includes(accept) ? ['nobody', undefined] : [];
    for (const token of ['sandbox-user', ...others]) {
      const direct = await post(body, accept, token);
      const throughYoga = await post(new Blob([body]).stream(), accept, token);
      expect(direct).toEqual(throughYoga);
    }
  });
});
