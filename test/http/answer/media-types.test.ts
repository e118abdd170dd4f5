import { expect, test } from '@jest/globals';
import { useStage } from '../../support/stage.ts';

const stage = useStage();
const WHOLE = '{ __typename }';
const IN_PARTS = '{ a: __typename ... @defer { b: __typename } }';
const JSON_TYPE = 'application/json';
const GRAPHQL = 'application/graphql-response+json';
const PARTS = 'multipart/mixed';
/** What Apollo's client for iOS finds the format by, and what it takes at the head of a part, to the letter. */
const FORMAT = 'multipart/mixed; boundary="-"; deferSpec=20220824';
const PART = /^\r\ncontent-type: application\/json\r\n\r\n\{.*"hasNext":(?:true|false)\}$/;

async function typeOf(query: string, accept: string): Promise<string | undefined> {
  const { status, headers } = await fetch(`${stage.gateway.url}/graphql`, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return status === 406 ? undefined : headers.get('content-type')?.replace(/;.*/, '');
}

test.each([
  ['application/json;q=0.1, application/graphql-response+json', GRAPHQL],
  ['application/graphql-response+json;q=0.8, application/json;q=0.9', JSON_TYPE],
  ['application/json;q=0, */*', GRAPHQL],
  ['application/graphql-response+json; charset="utf-8"', GRAPHQL],
  ['application/graphql-response+json; charset="latin1"', undefined],
  ['application/json;q=0', undefined],
  ['application/json; charset=UTF-8', JSON_TYPE],
  ['application/json;charset=utf8', JSON_TYPE],
  ['Application/GraphQL-Response+JSON;CHARSET="Utf8"', GRAPHQL],
  ['text/html, image/gif, *; q=.2, */*; q=.2', JSON_TYPE],
])('RFC 9110, section 12.5.1: %s is %s', async (accept, type) => {
  expect(await typeOf(WHOLE, accept)).toBe(type);
});

test.each([
  ['multipart/mixed;deferSpec=20220824, application/json', PARTS],
  ['application/json, text/event-stream, multipart/mixed', PARTS],
  ['multipart/mixed;incrementalSpec=v0.2, application/json', JSON_TYPE],
  ['multipart/mixed;incrementalSpec=v0.2, */*', JSON_TYPE],
  ['multipart/mixed;q=0, application/json', JSON_TYPE],
  ['multipart/mixed;subscriptionSpec=1.0, application/json', JSON_TYPE],
  // Apollo's clients for iOS and Kotlin.
  ['multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json', PARTS],
])('an answer that may come in parts, for %s: %s', async (accept, type) => {
  expect(await typeOf(IN_PARTS, accept)).toBe(type);
});

test('a range in another version of a format is refused, and the message says which versions there are', async () => {
  const headers = { accept: 'multipart/mixed;incrementalSpec=v0.2', 'content-type': JSON_TYPE };
  const body = JSON.stringify({ query: IN_PARTS });
  const response = await fetch(`${stage.gateway.url}/graphql`, { method: 'POST', headers, body });
  expect(response.status).toBe(406);
  expect((await response.json()).errors[0].message).toBe(
    'The "Accept" header has none of these: application/json, application/graphql-response+json, text/event-stream, multipart/mixed;deferSpec=20220824, multipart/mixed;subscriptionSpec=1.0.',
  );
});

// RFC 9110, section 8.4.1, knows no coding `none`: what is not coded has no such header.
test.each(['text/event-stream', 'multipart/mixed'])(
  'who is on the way may not hold %s back to compress it',
  async (accept) => {
    const { headers } = await fetch(`${stage.gateway.url}/graphql`, {
      method: 'POST',
      headers: { accept, 'content-type': JSON_TYPE },
      body: JSON.stringify({ query: IN_PARTS }),
    });
    expect([headers.get('content-encoding'), headers.get('cache-control')]).toEqual([
      null,
      'no-store, no-transform',
    ]);
  },
);

test("the parts are as each version of Apollo's client for iOS reads them", async () => {
  const { headers, body } = await fetch(`${stage.gateway.url}/graphql`, {
    method: 'POST',
    headers: { accept: 'multipart/mixed;deferSpec=20220824', 'content-type': 'application/json' },
    body: JSON.stringify({ query: IN_PARTS }),
  }).then(async (response) => ({ headers: response.headers, body: await response.text() }));
  expect(headers.get('content-type')).toBe(FORMAT);
  const parts = body.split('\r\n---');
  expect(parts).toHaveLength(4);
  for (const part of parts.slice(1, -1)) expect(part).toMatch(PART);
});

test.each(['POST', 'GET'])(
  'a %s whose answer its caller could not read is not executed',
  async (method) => {
    const query = '{ groups { totalCount } }';
    const at = `${stage.gateway.url}/graphql`;
    const response = await fetch(
      method === 'GET' ? `${at}?${new URLSearchParams({ query })}` : at,
      {
        method,
        headers: {
          ...{ accept: 'text/html', authorization: 'Bearer sandbox-user' },
          'content-type': JSON_TYPE,
        },
        ...(method === 'POST' && { body: JSON.stringify({ query }) }),
      },
    );
    const { errors } = await response.json();
    expect([response.status, errors[0].extensions.code]).toEqual([406, 'BAD_REQUEST']);
    expect(errors[0].message).toContain('application/json, application/graphql-response+json');
    expect(stage.sandbox.calls).toEqual([]);
  },
);
