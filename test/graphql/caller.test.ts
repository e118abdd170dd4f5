import { request as httpRequest } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { endpoints, rawGroup, useStage } from '../support/stage.ts';

const stage = useStage();
/** Reaches every endpoint that groups need. */
const QUERY = `query All($id: ID!) {
  groups(first: 2) { totalCount nodes { ... on MenuEntry { id name children { __typename } } } }
  group(id: $id) { __typename }
  mainMenu { __typename ... on LinkGroup { url } }
}`;
const variables = { id: '5fb43a565ee842ad20f69751' };
const HEADERS = { 'content-type': 'application/json', connection: 'close' };

/** Sends headers exactly as they are given, repeated ones too: fetch would tidy them up. */
async function send(
  headers: Record<string, string | string[]>,
  query = '{ groups { totalCount } }',
) {
  const text = await new Promise<string>((resolve, reject) => {
    httpRequest(
      `${stage.gateway.url}/graphql`,
      { method: 'POST', headers: { ...HEADERS, ...headers } },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => (body += part));
        response.on('end', () => resolve(body)).on('error', reject);
      },
    )
      .on('error', reject)
      .end(JSON.stringify({ query }));
  });
  return JSON.parse(text);
}
const code = (answer: any): unknown => answer.errors?.[0].extensions.code;

describe('what goes upstream', () => {
  const OWN = {
    ...{ accept: 'application/json', 'user-agent': 'cotalker-gateway' },
    ...{ 'accept-encoding': expect.any(String), connection: 'keep-alive' },
    host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
  };
  const MADE = { 'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) };
  const authorization = 'Bearer sandbox-user';

  test('the token, the tracing headers, and nothing else of the caller’s', async () => {
    const tracing = {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'x-request-id': 'req-1/a:b=c',
    };
    const answer = await stage.gateway.ask(QUERY, {
      variables,
      headers: {
        ...tracing,
        ...{ cookie: 'session=1', 'x-forwarded-for': '10.0.0.1', forwarded: 'for=10.0.0.1' },
        ...{ 'x-api-key': 'key', 'x-real-ip': '10.0.0.1', origin: 'https://x.test' },
        ...{ referer: 'https://x.test/', 'accept-language': 'es', 'user-agent': 'browser' },
        ...{
          accept: 'application/json;q=0.9',
          tracestate: 'a=b',
          baggage: 'a=b',
          'if-none-match': '"x"',
        },
        ...{ 'proxy-authorization': 'Basic x', range: 'bytes=0-1', 'x-admin': 'true' },
      },
    });
    expect(answer.body.errors?.map((error) => error.extensions.code)).toEqual(['UNSAFE_URL']);
    expect(new Set(endpoints(stage.sandbox))).toEqual(new Set(['/v2/groups', '/v2/task-groups']));
    for (const { headers, method } of stage.sandbox.calls) {
      expect(headers).toEqual({ ...OWN, ...tracing, authorization });
      expect(method).toBe('GET');
    }
  });

  test('without tracing headers there is an id that was made for the request', async () => {
    await stage.gateway.ask(QUERY, { variables });
    for (const { headers } of stage.sandbox.calls)
      expect(headers).toEqual({ ...OWN, ...MADE, authorization });
    expect(new Set(stage.sandbox.calls.map(({ headers }) => headers['x-request-id'])).size).toBe(1);
  });

  test.each([
    ['traceparent', '00-xyz-01'],
    ['traceparent', 'a'.repeat(5000)],
    ['traceparent', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['traceparent', `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`],
    ['traceparent', 'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
    ['x-request-id', 'a'.repeat(129)],
    ['x-request-id', 'two words'],
    ['x-request-id', 'naïve'],
  ])('a %s that is none stays here (%#)', async (name, value) => {
    await send({ authorization, [name]: value });
    expect(stage.sandbox.calls[0]?.headers).toEqual({ ...OWN, ...MADE, authorization });
  });

  test.each([
    ['Bearer sandbox-admin', false],
    ['bearer sandbox-user', true],
    ['BEARER   sandbox-user', true],
    ['Bearer a.b-c_d~e+f/g=', true],
    ['Bearer sandbox-user!#$%&', true],
  ])('%j goes upstream to the letter, its scheme as Bearer', async (token) => {
    const answer = await send({ authorization: token });
    expect(stage.sandbox.calls[0]?.headers.authorization).toBe(
      token.replace(/^bearer +/i, 'Bearer '),
    );
    // What the service makes of it is the service's to say.
    expect(code(answer)).toBe(
      stage.sandbox.calls[0]?.status === 200 ? undefined : 'UNAUTHENTICATED',
    );
  });

  test.each([
    ['true', 'true'],
    ['false', undefined],
    ['', undefined],
    ['1', undefined],
    ['yes', undefined],
    ['true, true', undefined],
    [['true', 'false'], undefined],
  ])('Admin: %j goes upstream as %j', async (admin, sent) => {
    await send({ authorization: 'Bearer sandbox-admin', admin });
    expect(stage.sandbox.calls[0]?.headers['admin']).toBe(sent);
  });

  test('the query, its variables and the caller’s path stay here', async () => {
    await stage.gateway.ask(`query Canary { groups(filter: {search: "x"}) { totalCount } }`);
    const [call] = stage.sandbox.calls;
    expect(`${call?.path} ${JSON.stringify(call?.query)}`).not.toMatch(/Canary|totalCount|graphql/);
  });
});

describe('without a Bearer token', () => {
  const cases: [string, Record<string, string | string[]>][] = [
    ['none', {}],
    ['empty', { authorization: '' }],
    ['Basic', { authorization: 'Basic c2FuZGJveDp1c2Vy' }],
    ['the bare token', { authorization: 'sandbox-user' }],
    ['an empty Bearer', { authorization: 'Bearer' }],
    ['a blank Bearer', { authorization: 'Bearer   ' }],
    ['two words', { authorization: 'Bearer sandbox-user sandbox-admin' }],
    ['a list', { authorization: 'Bearer sandbox-user, Bearer sandbox-admin' }],
    ['another scheme before it', { authorization: 'XBearer sandbox-user' }],
    ['a tab', { authorization: 'Bearer\tsandbox-user' }],
    ['a cookie', { cookie: 'authorization=Bearer sandbox-user' }],
    ['admin mode', { admin: 'true' }],
  ];

  test.each(cases)('%s: UNAUTHENTICATED without a call', async (_, headers) => {
    const fields =
      '{ groups { totalCount } group(id: "5fb43a565ee842ad20f69751") { __typename } mainMenu { __typename } }';
    const { data, errors } = await send(headers, fields);
    expect(data).toEqual({ groups: null, group: null, mainMenu: null });
    expect(errors).toHaveLength(3);
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: ['mainMenu'], extensions: { code: 'UNAUTHENTICATED' } }),
      ]),
    );
    expect(endpoints(stage.sandbox)).toEqual([]);
  });

  test('the schema and __typename can be asked for', async () => {
    const { data, errors } = await send(
      {},
      '{ __typename __schema { queryType { name fields { name } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.__typename).toBe('Query');
    expect(data.__schema.queryType.fields.map(({ name }: any) => name)).toEqual(
      expect.arrayContaining(['groups', 'group', 'mainMenu']),
    );
    expect(endpoints(stage.sandbox)).toEqual([]);
  });

  test('a token in the URL is no token', async () => {
    const url = `${stage.gateway.url}/graphql?access_token=sandbox-user&query={groups{totalCount}}`;
    expect(code(await (await fetch(url)).json())).toBe('UNAUTHENTICATED');
  });
});

describe('the token appears nowhere', () => {
  const CANARY = 'canary-7c1f2e';
  const html = { 'content-type': 'text/html', 'x-echo': CANARY };
  const faults: [string, Fault][] = [
    ['refused', {}],
    ['success', { body: JSON.stringify({ data: { groups: [], taskgroups: [], count: 0 } }) }],
    ['401', { status: 401, body: `{"token":"${CANARY}"}`, headers: html }],
    ['403', { status: 403, body: CANARY, headers: html }],
    ['404', { status: 404, body: CANARY }],
    ['400', { status: 400, body: CANARY }],
    ['429', { status: 429, headers: { 'retry-after': CANARY } }],
    ['500', { status: 500, body: `Error: ${CANARY}\n    at handler (/srv/app.js:1:1)` }],
    ['redirect', { status: 302, headers: { location: `/login?token=${CANARY}` } }],
    ['HTML', { body: `<html>${CANARY}`, headers: html }],
    [
      'malformed items',
      { body: JSON.stringify({ data: { groups: [CANARY, { _id: CANARY }], count: 2 } }) },
    ],
    [
      'malformed field',
      { body: JSON.stringify({ data: { groups: [rawGroup(1, { weight: CANARY })] } }) },
    ],
    [
      'odd link type',
      {
        body: JSON.stringify({
          data: { groups: [rawGroup(1, { link: { url: 'x', linkType: CANARY } })] },
        }),
      },
    ],
    ['dropped', { destroy: true }],
    ['timeout', { delayMs: 60_000, status: 200 }],
  ];

  test.each(faults)('%s', async (name, fault) => {
    if (name !== 'refused') stage.sandbox.fail(fault);
    const requestDeadlineMs = name === 'timeout' ? 300 : 60_000;
    const { ask, logs, close } = await startGateway(stage.sandbox.url, { requestDeadlineMs });
    const linkType = '... on LinkGroup { linkType }';
    const answers = [
      await ask(QUERY, { token: CANARY, variables }),
      await ask(QUERY, { token: CANARY, variables, headers: { admin: 'true' } }),
      await ask(`{ groups { nodes { ${linkType} } } }`, { token: CANARY }),
      await ask(`{ nope(token: 1) }`, { token: CANARY }),
    ];
    expect(stage.sandbox.calls.length).toBeGreaterThan(0);
    for (const { path, query, headers } of stage.sandbox.calls) {
      expect(headers.authorization).toBe(`Bearer ${CANARY}`);
      expect(path + JSON.stringify(query)).not.toContain(CANARY);
    }
    for (const { body, headers } of answers) {
      expect(JSON.stringify([body, ...headers])).not.toContain(CANARY);
    }
    expect(logs.length).toBeGreaterThan(0);
    expect(JSON.stringify(logs)).not.toContain(CANARY);
    await close();
  });

  test.each([
    ['Basic', `Basic ${CANARY}`, JSON.stringify({ query: QUERY, variables })],
    ['two words', `Bearer ${CANARY} x`, JSON.stringify({ query: QUERY, variables })],
    ['broken JSON', `Bearer ${CANARY}`, '{'],
  ])('%s', async (_, authorization, body) => {
    const answer = await fetch(`${stage.gateway.url}/graphql`, {
      ...{ method: 'POST', headers: { ...HEADERS, authorization }, body },
    });
    expect(await answer.text()).not.toContain(CANARY);
    expect(JSON.stringify(stage.gateway.logs)).not.toContain(CANARY);
  });
});

test('the caller going away ends the upstream calls', async () => {
  stage.sandbox.latencyMs = 1000;
  const left = new AbortController();
  const answer = stage.gateway.ask(QUERY, { variables, signal: left.signal });
  while (stage.sandbox.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  left.abort();
  await expect(answer).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 1200));
  // Status 0: the sandbox saw its caller leave before it could answer.
  expect(stage.sandbox.calls.map(({ status }) => status)).not.toContain(200);
});
