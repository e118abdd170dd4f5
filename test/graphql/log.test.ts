import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { REFUSED_URL } from '../support/fault-server.ts';
import { startGateway } from '../support/gateway.ts';
import { openRaw, rawPost } from '../support/raw.ts';
import { rawGroup, useStage } from '../support/stage.ts';

/*
 * One line for each GraphQL request, however it ends and whichever way it takes: with `X-Explain` it is not compiled.
 */

const stage = useStage({ graphiql: { token: undefined } });
const QUERY = 'query Screen { groups(first: 2) { totalCount } }';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const WAYS: [string, Record<string, string>][] = [
  ['plain', {}],
  ['explained', { 'x-explain': 'true' }],
];

const JSON_OF_USER = {
  'content-type': 'application/json',
  authorization: 'Bearer sandbox-user',
};

const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);

/** The lines for the requests so far, as soon as there are so many. */
async function lines(count: number, { logs } = stage.gateway): Promise<any[]> {
  const told = () => logs.filter(({ msg }) => msg === 'operation');
  while (told().length < count) await new Promise((resolve) => setTimeout(resolve, 2));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(told()).toHaveLength(count);
  return told();
}

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${stage.gateway.url}/graphql`, {
    method: 'POST',
    headers: { ...JSON_OF_USER, ...headers },
    body,
  });
}
const ask = (query: string, headers?: Record<string, string>, more: object = {}) =>
  post(JSON.stringify({ query, ...more }), headers);

describe.each(WAYS)('%s', (_, headers) => {
  test('what was asked, how it ended, and what it took', async () => {
    const tracing = { traceparent: `00-${TRACE}-b7ad6b7169203331-01`, 'x-request-id': 'req-1/a' };
    await ask(QUERY, { ...headers, ...tracing });
    await ask(QUERY, headers);
    const [first, second] = await lines(2);
    const line = {
      ...{ level: 30, time: expect.any(Number), pid: expect.any(Number) },
      ...{ hostname: expect.any(String), msg: 'operation' },
      ...{ operation: 'Screen', hash: hashOf(QUERY), kind: 'query', status: 200, codes: {} },
      ...{ ms: expect.any(Number), calls: { made: 1, shared: 0, reused: 0, remembered: 0 } },
    };
    expect(first).toEqual({ ...line, requestId: 'req-1/a', traceId: TRACE });
    expect(second).toEqual({ ...line, requestId: expect.stringMatching(UUID), traceId: null });
    expect(first.ms).toBeGreaterThan(0);
  });

  test.each([
    ['apollographql', 'web', '2.1.0+7', { name: 'web', version: '2.1.0+7' }],
    ['graphql', 'Bodega (iOS)', undefined, { name: 'Bodega (iOS)' }],
    ['graphql', 'x'.repeat(1000), '<script>', { name: 'x'.repeat(100) }],
    ['apollographql', '', '{"a":1}', undefined],
  ])('the client, by %s-client-name: %.20s', async (kind, name, version, client) => {
    const own = {
      [`${kind}-client-name`]: name,
      ...(version !== undefined && { [`${kind}-client-version`]: version }),
    };
    await ask(QUERY, { ...headers, ...own });
    const [line] = await lines(1);
    expect(line.client).toEqual(client);
  });

  test('the codes of its errors, counted', async () => {
    stage.sandbox.fail({ status: 403 });
    await ask(
      '{ a: groups(first: 1) { totalCount } b: groups(first: -1) { totalCount } }',
      headers,
    );
    stage.sandbox.fail({ status: 403 });
    await ask('{ mainMenu { __typename } a: groups { totalCount } }', headers);
    const told = (await lines(2)).map(({ codes, status }) => [codes, status]);
    expect(told[0]).toEqual([{ FORBIDDEN: 1, BAD_USER_INPUT: 1 }, 200]);
    expect(told[1]?.[0]).toMatchObject({ FORBIDDEN: expect.any(Number) });
  });

  test.each<[string, number, string, string | null, string | null]>([
    ['{ groups {', 400, 'GRAPHQL_PARSE_FAILED', null, null],
    ['query Wrong { nope }', 400, 'GRAPHQL_VALIDATION_FAILED', 'Wrong', 'query'],
    ['mutation Change { a }', 400, 'GRAPHQL_VALIDATION_FAILED', 'Change', 'mutation'],
    [
      'query Much { groups(first: 500) { nodes { ... on TaskGroup { tasks(first: 500) { nodes { id } } } } } }',
      ...([400, 'QUERY_TOO_COMPLEX', 'Much', 'query'] as const),
    ],
    [
      'query Input($n: Int!) { groups(first: $n) { totalCount } }',
      ...([400, 'BAD_USER_INPUT', 'Input', 'query'] as const),
    ],
    [
      'query A { __typename } query B { __typename }',
      ...([400, 'OPERATION_RESOLUTION_FAILURE', null, null] as const),
    ],
    [
      `query Long { __typename } #${'x'.repeat(50_000)}`,
      ...([400, 'QUERY_TOO_COMPLEX', null, null] as const),
    ],
  ])('refused before it is executed: %.60s', async (query, status, code, operation, kind) => {
    const accept = 'application/graphql-response+json';
    expect((await ask(query, { ...headers, accept })).status).toBe(status);
    const hash = query.length > 50_000 ? null : hashOf(query);
    const calls = { made: 0, shared: 0, reused: 0, remembered: 0 };
    expect(await lines(1)).toMatchObject([
      { operation, kind, hash, status, calls, codes: { [code]: 1 } },
    ]);
  });

  test.each(['{', '[]', '', '{"query":""}'])('a body that is none: %s', async (body) => {
    expect((await post(body, headers)).status).toBe(400);
    expect(await lines(1)).toMatchObject([
      { operation: null, kind: null, hash: null, status: 400, codes: { BAD_REQUEST: 1 } },
    ]);
  });

  test('why no answer came to a call, by Node’s name for that', async () => {
    const gateway = await startGateway(REFUSED_URL);
    const body = JSON.stringify({ query: QUERY });
    const answer = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_OF_USER, ...headers },
      body,
    });
    expect(await answer.text()).not.toContain('ECONNREFUSED');
    const [line] = await lines(1, gateway);
    await gateway.close();
    expect(line).toMatchObject({
      codes: { UPSTREAM_UNAVAILABLE: 1 },
      causes: { ECONNREFUSED: 1 },
    });
  });

  test('a token that is not accepted, and none', async () => {
    const accept = 'application/graphql-response+json';
    await ask(QUERY, { ...headers, accept, authorization: 'Bearer nobody' });
    await ask(QUERY, { ...headers, accept, authorization: '' });
    expect(await lines(2)).toMatchObject([
      { status: 200, codes: { UNAUTHENTICATED: 1 }, calls: { made: 1 } },
      { status: 200, codes: { UNAUTHENTICATED: 1 }, calls: { made: 0 } },
    ]);
  });

  test('a name of any length is cut', async () => {
    const name = `N${'a'.repeat(3000)}`;
    await ask(`query ${name} { __typename }`, headers);
    expect((await lines(1))[0].operation).toBe(name.slice(0, 100));
  });

  test('the operation that is chosen of several', async () => {
    const query = 'query A { __typename } query B { groups { totalCount } }';
    await ask(query, headers, { operationName: 'B' });
    await ask(query, headers, { operationName: 'A' });
    const told = (await lines(2)).map(({ operation, hash }) => [operation, hash]);
    expect(told).toEqual(['B', 'A'].map((name) => [name, hashOf(query)]));
  });

  test('calls that are shared with another request, or used again', async () => {
    // Long enough for the second to come meanwhile, on a machine that is busy, too.
    stage.sandbox.latencyMs = 500;
    await Promise.all([ask(QUERY, headers), ask(QUERY, headers)]);
    await ask('{ a: groups(first: 2) { totalCount } b: groups(first: 2) { totalCount } }', headers);
    const counts = (await lines(3)).map(({ calls }) => calls as Record<string, number>);
    const [a, b, c] = counts;
    expect([a?.['made'], b?.['made']].toSorted()).toEqual([0, 1]);
    expect([a?.['shared'], b?.['shared']].toSorted()).toEqual([0, 1]);
    expect(c).toEqual({ made: 1, shared: 0, reused: 1, remembered: 0 });
  });

  test('nothing of the token, the text, the variables or the answer', async () => {
    const canary = 'canary-8e2b';
    stage.sandbox.data.groups = [rawGroup(1, { nameDisplay: canary })];
    const query = `query($s: String) { ${canary.replace('-', '_')}: __typename
      groups(filter: { search: $s }) { nodes { ... on MenuEntry { name } } } }`;
    await ask(query, headers, { variables: { s: canary }, extensions: { canary } });
    await ask(query, { ...headers, authorization: `Bearer ${canary}`, cookie: canary });
    await lines(2);
    expect(JSON.stringify(stage.gateway.logs)).not.toMatch(/canary|sandbox-user|totalCount/);
  });
});

test.each([
  ['a media type', 415, { 'content-type': 'text/plain' }],
  ['an answer', 406, { accept: 'image/png' }],
])('%s that is not known', async (_, status, headers) => {
  expect((await ask(QUERY, headers)).status).toBe(status);
  expect(await lines(1)).toMatchObject([{ status }]);
});

test('a body that is too large, and a Host that is none', async () => {
  expect((await post(' '.repeat(1_000_001))).status).toBe(413);
  const raw = await openRaw(stage.gateway.url);
  raw.write(rawPost(QUERY, { host: 'a b', connection: 'close' }));
  await raw.closed;
  expect(await lines(2)).toMatchObject([
    { status: 413, codes: { REQUEST_ENTITY_TOO_LARGE: 1 } },
    { status: 400, codes: { BAD_REQUEST: 1 } },
  ]);
  expect(raw.received).toMatch(/x-request-id: [0-9a-f-]{36}\r\n/);
});

test('a GET, and one of a path that a proxy may read in another way', async () => {
  const search = `?query=${encodeURIComponent(QUERY)}`;
  await fetch(`${stage.gateway.url}/graphql${search}`);
  const raw = await openRaw(stage.gateway.url);
  raw.write(`GET /./graphql${search} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
  await raw.closed;
  expect(raw.received).toMatch(/^HTTP\/1\.1 404 /);
  const line = { operation: 'Screen', status: 200, codes: { UNAUTHENTICATED: 1 } };
  expect(await lines(2)).toMatchObject([line, { operation: null, status: 404, codes: {} }]);
});

test('a caller who goes away gets a line without a status', async () => {
  stage.sandbox.latencyMs = 60_000;
  for (const [nth, [, headers]] of WAYS.entries()) {
    const gone = new AbortController();
    const answer = stage.gateway.ask(QUERY, { signal: gone.signal, headers });
    const before = stage.sandbox.calls.length;
    while (stage.sandbox.calls.length === before) await new Promise((next) => setTimeout(next, 2));
    gone.abort();
    await expect(answer).rejects.toThrow();
    // Until the gateway has noticed, the next one would share the call, and make none of its own.
    await lines(nth + 1);
  }
  expect(await lines(2)).toMatchObject([{ status: null }, { status: null }]);
});

test('what is no GraphQL request has no line', async () => {
  for (const path of ['/health', '/ready', '/schema.graphql', '/graphiql/graphiql.js', '/nothing'])
    await fetch(`${stage.gateway.url}${path}`);
  const page = await fetch(`${stage.gateway.url}/graphql`, { headers: { accept: 'text/html' } });
  const etag = page.headers.get('etag') ?? '';
  const again = await fetch(page.url, { headers: { accept: 'text/html', 'if-none-match': etag } });
  expect([page.status, again.status]).toEqual([200, 304]);
  await lines(0);
});

describe('the id of a request', () => {
  const idOf = ({ headers }: Response): string => headers.get('x-request-id') ?? '';
  const sent = () => stage.sandbox.calls.map(({ headers }) => headers['x-request-id']);

  test.each(WAYS)('%s: the caller’s is returned, logged, and goes upstream', async (_, headers) => {
    for (const id of ['a', '!~/:=-_.', 'x'.repeat(128)]) {
      expect(idOf(await ask(QUERY, { ...headers, 'x-request-id': id }))).toBe(id);
      expect([sent().at(-1), stage.gateway.logs.at(-1)?.['requestId']]).toEqual([id, id]);
    }
  });

  test.each(WAYS)('%s: one that is not well-formed is replaced', async (_, headers) => {
    for (const id of ['', 'a b', 'x'.repeat(129), 'ñ', 'a\tb']) {
      const made = idOf(await ask(QUERY, { ...headers, 'x-request-id': id }));
      expect(made).toMatch(UUID);
      expect([sent().at(-1), stage.gateway.logs.at(-1)?.['requestId']]).toEqual([made, made]);
    }
    expect(new Set(sent()).size).toBe(5);
  });

  test('is on answers that refuse, too, and on none that is no GraphQL', async () => {
    for (const answer of [
      await post('{'),
      await ask('{'),
      await ask(QUERY, { 'content-type': 'text/plain' }),
      await ask(QUERY, { accept: 'image/png' }),
      await fetch(`${stage.gateway.url}/graphql`, { method: 'PUT' }),
    ]) {
      expect(idOf(answer)).toMatch(UUID);
    }
    expect(idOf(await fetch(`${stage.gateway.url}/health`))).toBe('');
  });

  test('is on the answer of a gateway that has too much to do', async () => {
    const full = await startGateway(stage.sandbox.url, { maxInFlight: 0 });
    const { headers, body } = await full.ask(QUERY, { headers: { 'x-request-id': 'mine' } });
    const made = await full.ask(QUERY);
    await full.close();
    expect(body.errors?.[0].extensions.code).toBe('OVERLOADED');
    expect(headers.get('x-request-id')).toBe('mine');
    expect(made.headers.get('x-request-id')).toMatch(UUID);
  });
});
