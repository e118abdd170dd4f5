import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { logRefusedOrigin } from '../../src/observe/log/operator.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { openRaw, rawPost } from '../support/raw.ts';
import { useStage } from '../support/stage.ts';

/*
 * What every answer says about itself, whoever wrote it: GraphQL, the pages around it, or Node.
 */

const APP = 'https://app.example.com';
const stage = useStage({ graphiql: { token: undefined } });
let open: TestGateway;
beforeAll(async () => {
  open = await startGateway('http://127.0.0.1:9/api', { corsOrigins: [APP, 'http://x.test'] });
});
afterAll(() => open.close());

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Sends the bytes, which ask for the end of the connection, and reads to its end. */
async function send(text: string, { url }: TestGateway = stage.gateway): Promise<RawAnswer> {
  const connection = await openRaw(url);
  connection.write(text);
  await connection.closed;
  const [head = '', body = ''] = connection.received.split(/\r\n\r\n(.*)/s);
  const [status = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => line.split(/: ?(.*)/s, 2) as [string, string]);
  return { status: Number(status.split(' ')[1]), headers: new Headers(headers), body };
}

const request = (
  start: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): string => {
  const lines = Object.entries({ host: 'x', connection: 'close', ...headers });
  return `${start} HTTP/1.1\r\n${lines.map((line) => `${line.join(': ')}\r\n`).join('')}\r\n${body}`;
};
const CLOSE = { connection: 'close' };
const IN_PARTS = '{ groups(first: 1) { totalCount ... @defer { nodes { __typename } } } }';
const NOBODY = { accept: 'text/event-stream', authorization: 'Bearer nobody' };
const post = (query: string, headers: Readonly<Record<string, string>> = {}): string =>
  rawPost(query, { ...CLOSE, ...headers });

const ANSWERS: readonly (readonly [string, number, string])[] = [
  ['an answer', 200, post('{ groups(first: 1) { totalCount } }')],
  ['errors', 200, post('{ groups(first: 1) { totalCount } }', { authorization: 'Bearer nobody' })],
  ['a query that does not parse', 200, post('{')],
  ['an answer in parts', 200, post(IN_PARTS, { accept: 'multipart/mixed' })],
  ['events', 200, post('subscription { groupChanged { cursor } }', NOBODY)],
  ['an answer to GET', 200, request('GET /graphql?query=%7B__typename%7D')],
  ['/health', 200, request('GET /health')],
  ['/ready', 200, request('GET /ready')],
  ['405 on /health', 405, request('POST /health')],
  ['405', 405, request('PUT /graphql')],
  [
    '405 to a preflight',
    405,
    request('OPTIONS /graphql', { 'access-control-request-method': 'POST' }),
  ],
  ['404', 404, request('GET /nothing')],
  ['415', 415, post('{ __typename }', { 'content-type': 'text/plain' })],
  ['413', 413, post('{ __typename }', { 'content-length': '2000000' })],
  [
    'a body that is no JSON',
    400,
    request('POST /graphql', { 'content-type': 'application/json', 'content-length': '1' }, '{'),
  ],
  ['a Host that is none', 400, request('GET /health', { host: 'a b' })],
  ['an address that is none', 400, request('GET http://[/health')],
  ['no Host', 400, 'GET /health HTTP/1.1\r\n\r\n'],
  ['what is no HTTP', 400, 'nonsense\r\n\r\n'],
  ['headers that are too large', 431, request('GET /health', { 'x-large': 'x'.repeat(20_000) })],
  ['an expectation that nobody knows', 417, request('GET /health', { expect: 'miracles' })],
];

describe.each(ANSWERS)('%s', (_, status, text) => {
  test('carries the security headers, and tells no more than it must', async () => {
    const answer = await send(text);
    expect(answer.status).toBe(status);
    const { headers } = answer;
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': expect.stringMatching(/^no-store\b/),
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    for (const name of ['server', 'x-powered-by', 'x-yoga-id', 'via', 'set-cookie'])
      expect(headers.has(name)).toBe(false);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

test.each([
  ['an answer in parts', post(IN_PARTS, { accept: 'multipart/mixed' }), 'multipart/mixed'],
  ['events', post('subscription { groupChanged { cursor } }', NOBODY), 'text/event-stream'],
])('%s are to be passed on at once, and say nothing false of the connection', async (...row) => {
  const [, text, type] = row;
  const { headers } = await send(text);
  expect(headers.get('content-type')).toContain(type);
  expect(headers.get('x-accel-buffering')).toBe('no');
  expect([headers.get('connection'), headers.get('transfer-encoding')]).toEqual([
    ...['close', 'chunked'],
  ]);
  // As a proxy asks, which does not know chunks.
  const old = await send(text.replace('HTTP/1.1', 'HTTP/1.0'));
  expect([old.headers.get('connection'), old.headers.get('transfer-encoding')]).toEqual([
    ...['close', null],
  ]);
});

test('GraphiQL has a policy of its own, once, and the rest of the headers', async () => {
  const { status, headers } = await send(request('GET /graphql', { accept: 'text/html' }));
  expect(status).toBe(200);
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(headers.get('content-security-policy')).not.toContain(',');
  expect(headers.get('cache-control')).toBe('no-cache');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
});

describe('CORS', () => {
  const PREFLIGHT = { 'access-control-request-method': 'POST' };
  const corsOf = ({ headers }: RawAnswer): Record<string, string> =>
    Object.fromEntries([...headers].filter(([name]) => /^access-control-|^vary$/.test(name)));

  test('a page of a listed origin may read every answer, and the headers it needs', async () => {
    for (const text of [
      post('{ __typename }', { origin: APP }),
      post('{', { origin: APP, 'content-type': 'text/plain' }),
      request('GET /nothing', { origin: APP }),
      request('GET /health', { origin: APP, host: 'a b' }),
    ]) {
      expect(corsOf(await send(text, open))).toEqual({
        ...{ vary: 'Origin', 'access-control-allow-origin': APP },
        'access-control-expose-headers': 'retry-after, x-request-id',
      });
    }
  });

  const SENTRY = 'authorization,content-type,baggage,sentry-trace,traceparent';

  test('its preflight allows what it asks for, and is kept', async () => {
    const asked = { ...PREFLIGHT, 'access-control-request-headers': SENTRY };
    const answer = await send(request('OPTIONS /graphql', { origin: APP, ...asked }), open);
    expect(answer.status).toBe(204);
    expect(corsOf(answer)).toEqual({
      ...{ vary: 'Origin', 'access-control-allow-origin': APP },
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': SENTRY.replaceAll(',', ', '),
      'access-control-expose-headers': 'retry-after, x-request-id',
      'access-control-max-age': '7200',
    });
  });

  const allowedOf = async (asked: string, gateway: TestGateway): Promise<string | null> => {
    const headers = { origin: APP, ...PREFLIGHT, 'access-control-request-headers': asked };
    const answer = await send(request('OPTIONS /graphql', headers), gateway);
    return answer.headers.get('access-control-allow-headers');
  };

  test('what is no name of a header is not said back, nor more than 50 names', async () => {
    expect(await allowedOf('x-a,,x b,<x>,X-C', open)).toBe('x-a, x-c');
    const many = Array.from({ length: 200 }, (_, n) => `x-${n}`);
    expect((await allowedOf(many.join(','), open))?.split(', ')).toEqual(many.slice(0, 50));
  });

  test('CORS_HEADERS narrows it to these and what the gateway reads', async () => {
    const gateway = await startGateway(stage.sandbox.url, {
      ...{ corsOrigins: [APP], corsHeaders: ['baggage'] },
    });
    const asked = `${SENTRY},Apollographql-Client-Name,graphql-client-version,x-apollo-cache`;
    expect(await allowedOf(asked, gateway)).toBe(
      'authorization, content-type, baggage, traceparent, apollographql-client-name, graphql-client-version',
    );
    await gateway.close();
  });

  test('in front of the sandbox a page of this machine may read answers, and no other', async () => {
    const gateway = await startGateway(stage.sandbox.url, { corsLoopback: true });
    const allows = async (origin: string) => {
      const { headers } = await send(post('{ __typename }', { origin }), gateway);
      return headers.get('access-control-allow-origin') === origin;
    };
    for (const host of ['localhost:5173', '127.0.0.1', '127.1.2.3:80', '[::1]:3000'])
      expect([host, await allows(`http://${host}`)]).toEqual([host, true]);
    for (const host of [
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'x@localhost',
      '10.0.0.1',
    ])
      expect([host, await allows(`http://${host}`)]).toEqual([host, false]);
    await gateway.close();
  });

  test('a page that may not is told to the operator: its origin, and what allows it', async () => {
    const refused: string[] = [];
    const onRefusedOrigin = (origin: string) => void refused.push(origin);
    const gateway = await startGateway(stage.sandbox.url, { corsOrigins: [APP], onRefusedOrigin });
    const own = new URL(gateway.url).host;
    for (const headers of [
      { origin: APP },
      { origin: `http://${own}`, host: own },
      { origin: 'https://proxied.example', 'sec-fetch-site': 'same-origin' },
      { origin: 'https://other.example' },
    ])
      await send(post('{ __typename }', headers), gateway);
    expect(refused).toEqual(['https://other.example']);
    await gateway.close();

    const logs: unknown[] = [];
    const log = logRefusedOrigin(pino({}, { write: (line) => void logs.push(JSON.parse(line)) }));
    for (let n = 0; n < 3; n += 1) log(`https://${n}.example`);
    expect(logs).toMatchObject([
      { origin: 'https://0.example', msg: expect.stringContaining('CORS_ORIGINS') },
    ]);
  });

  test.each(['https://evil.example', 'null', `${APP}.evil.example`, 'http://app.example.com'])(
    'a page of %s learns nothing, and no cache gives it what was for another',
    async (origin) => {
      for (const text of [
        post('{ __typename }', { origin }),
        request('OPTIONS /graphql', { origin, ...PREFLIGHT }),
      ]) {
        expect(corsOf(await send(text, open))).toEqual({ vary: 'Origin' });
      }
    },
  );
});

/*
 * A page of any origin may send these without asking first (Fetch, "CORS-safelisted method" and
 * "request-header"). A GET is among them, and is served: it cannot carry `Authorization`, which is on no
 * such list, and no cookie says who asks. So it is the request of somebody whom Cotalker does not know;
 * no mutation is made by GET, and the page cannot read the answer.
 */
describe('what a page elsewhere can send in a user’s name', () => {
  const ELSEWHERE = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const QUERY = '{ groups(first: 1) { totalCount } }';
  const BODY = JSON.stringify({ query: QUERY });

  test.each([
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(QUERY)}`],
    [
      'multipart/form-data; boundary=b',
      `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${BODY}\r\n--b--`,
    ],
    ['text/plain', BODY],
    ['text/plain; application/json', BODY],
    ['', BODY],
  ])('a form of %j is not executed', async (type, body) => {
    const answer = await send(
      request(
        'POST /graphql',
        {
          ...{ ...ELSEWHERE, cookie: 'token=sandbox-user', 'content-length': String(body.length) },
          ...(type !== '' && { 'content-type': type }),
        },
        body,
      ),
    );
    expect([answer.status, answer.body]).toEqual([415, expect.stringContaining('BAD_REQUEST')]);
    expect(stage.sandbox.calls).toEqual([]);
  });

  test('a GET asks Cotalker for nothing: a cookie, and an identity that browsers keep, are no token', async () => {
    for (const identity of [
      { cookie: 'authorization=Bearer sandbox-user' },
      { authorization: 'Basic c2FuZGJveC11c2VyOg==' },
      { 'proxy-authorization': 'Bearer sandbox-user' },
    ]) {
      const path = `/graphql?query=${encodeURIComponent(QUERY)}&authorization=Bearer%20sandbox-user`;
      const { body } = await send(request(`GET ${path}`, { ...ELSEWHERE, ...identity }));
      expect(JSON.parse(body)).toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
    }
    expect(stage.sandbox.calls).toEqual([]);
  });
});
