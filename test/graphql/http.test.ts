import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { endpoints, useStage } from '../support/stage.ts';

const stage = useStage();

const JSON_TYPE = { 'content-type': 'application/json' };
const TOKEN = { authorization: 'Bearer sandbox-user' };
const QUERY = '{ groups(first: 1) { totalCount } }';
const ANSWER = { data: { groups: { totalCount: 38 } } };
const URL_OF_QUERY = `/graphql?query=${encodeURIComponent(QUERY)}`;

const call = (path: string, init: RequestInit = {}) =>
  fetch(stage.gateway.url + path, { redirect: 'manual', ...init });
const post = (body: BodyInit, headers: Record<string, string> = JSON_TYPE) =>
  call('/graphql', { method: 'POST', headers: { ...TOKEN, ...headers }, body });
/** The code of a refused request, and its status. */
const refusal = async (response: Response) => {
  const { errors } = await response.json();
  return [response.status, errors[0].extensions.code];
};

describe('GraphQL over HTTP', () => {
  test('POST and GET run a query', async () => {
    expect(await (await post(JSON.stringify({ query: QUERY }))).json()).toEqual(ANSWER);
    expect(await (await call(URL_OF_QUERY, { headers: TOKEN })).json()).toEqual(ANSWER);
  });

  test('variables and operationName, by POST and by GET', async () => {
    const query = `query A { __typename } query B($first: Int) { groups(first: $first) { edges { cursor } } }`;
    const parameters = { query, operationName: 'B', variables: { first: 3 } };
    const search = new URLSearchParams({
      ...{ query, operationName: 'B', variables: JSON.stringify({ first: 3 }) },
    });
    for (const response of [
      await post(JSON.stringify(parameters)),
      await call(`/graphql?${search}`, { headers: TOKEN }),
    ]) {
      expect((await response.json()).data.groups.edges).toHaveLength(3);
    }
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
  ])('a POST of %j is taken', async (type) => {
    const response = await post(JSON.stringify({ query: QUERY }), { 'content-type': type });
    expect(await response.json()).toEqual(ANSWER);
  });

  const form = new URLSearchParams({ query: QUERY }).toString();
  const multipart = `--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: QUERY })}\r\n--b\r\nContent-Disposition: form-data; name="map"\r\n\r\n{}\r\n--b--\r\n`;
  test.each([
    ['application/x-www-form-urlencoded', form],
    ['multipart/form-data; boundary=b', multipart],
    ['text/plain', JSON.stringify({ query: QUERY })],
    ['text/plain; x=application/json', JSON.stringify({ query: QUERY })],
    ['text/plain, application/json', JSON.stringify({ query: QUERY })],
    ['application/graphql', QUERY],
    ['application/jsonp', JSON.stringify({ query: QUERY })],
    ['', JSON.stringify({ query: QUERY })],
  ])('a POST of %j never runs', async (type, body) => {
    // A page of any origin can send the first three without being asked.
    const response = await post(Buffer.from(body), type === '' ? {} : { 'content-type': type });
    expect(await refusal(response)).toEqual([415, 'BAD_REQUEST']);
    expect(endpoints(stage.sandbox)).toEqual([]);
  });

  test.each([
    '',
    '{',
    '{"query":',
    'null',
    '"text"',
    '[]',
    '5',
    '{"query":5}',
    '{"query":"{a}","variables":5}',
  ])('the body %j is a bad request', async (body) => {
    expect(await refusal(await post(body))).toEqual([400, 'BAD_REQUEST']);
  });

  test.each(['variables', 'extensions'])('a GET with broken %s is a bad request', async (name) => {
    for (const value of ['{', 'canary-9d', '"canary-9d"', '5']) {
      const response = await call(`${URL_OF_QUERY}&${name}=${encodeURIComponent(value)}`, {
        headers: TOKEN,
      });
      expect([value, ...(await refusal(response))]).toEqual([value, 400, 'BAD_REQUEST']);
    }
    expect(endpoints(stage.sandbox)).toEqual([]);
    const refused = { codes: { BAD_REQUEST: 1 }, status: 400 };
    expect(stage.gateway.logs).toMatchObject([refused, refused, refused, refused]);
    expect(JSON.stringify(stage.gateway.logs)).not.toContain('canary');
  });

  test.each([
    ['{ groups { ', 'GRAPHQL_PARSE_FAILED'],
    ['{ nope }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ groups(first: "1") { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['mutation { a }', 'GRAPHQL_VALIDATION_FAILED'],
    ['', 'BAD_REQUEST'],
  ])('%j has the code %s', async (query, code) => {
    const [, got] = await refusal(await post(JSON.stringify({ query })));
    expect(got).toBe(code);
    expect(endpoints(stage.sandbox)).toEqual([]);
  });

  test('a list of queries is refused', async () => {
    const body = JSON.stringify(Array(3).fill({ query: QUERY }));
    expect(await refusal(await post(body))).toEqual([400, 'BAD_REQUEST']);
    expect(endpoints(stage.sandbox)).toEqual([]);
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s /graphql: 405', async (method) => {
    const response = await call(URL_OF_QUERY, { method, headers: TOKEN });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect(endpoints(stage.sandbox)).toEqual([]);
  });

  test.each(['/', '/x', '/graphql/x', '/graphqlx', '/GraphQL', '/x/graphql', '/favicon.ico'])(
    '%s: 404',
    async (path) => {
      for (const method of ['GET', 'POST']) {
        expect((await call(path + URL_OF_QUERY.slice(8), { method, headers: TOKEN })).status).toBe(
          404,
        );
      }
      expect(endpoints(stage.sandbox)).toEqual([]);
    },
  );
});

describe('health', () => {
  let gateway: TestGateway;
  let isReady = true;
  beforeAll(async () => {
    gateway = await startGateway('http://127.0.0.1:9/api', { isReady: () => isReady });
  });
  afterAll(() => gateway.close());

  test.each(['/health', '/ready', '/health?x=1', '/ready?x=/health'])(
    '%s answers',
    async (path) => {
      const response = await fetch(gateway.url + path);
      expect([response.status, await response.text()]).toEqual([200, '{"status":"ok"}']);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect((await fetch(gateway.url + path, { method: 'HEAD' })).status).toBe(200);
    },
  );

  test('/ready is 503 where the gateway is not, /health is not', async () => {
    isReady = false;
    const ready = await fetch(`${gateway.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'unavailable' }]);
    expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
    isReady = true;
  });

  test.each(['/x/health', '/health/', '/health/x', '/Health', '/healthz', '/readyx', '//health'])(
    '%s is another path',
    async (path) => {
      expect((await fetch(gateway.url + path)).status).toBe(404);
    },
  );

  test('/graphql?x=/health is a query', async () => {
    const response = await fetch(`${gateway.url}/graphql?query={__typename}&x=/health`);
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
    expect(await refusal(await fetch(`${gateway.url}/graphql?x=/health`))).toContain('BAD_REQUEST');
  });

  test.each(['POST', 'PUT', 'DELETE'])('%s: 405', async (method) => {
    for (const path of ['/health', '/ready']) {
      const response = await fetch(gateway.url + path, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });
});

describe('CORS', () => {
  const LISTED = ['https://app.example.com', 'http://localhost:3000', 'capacitor://localhost'];
  const allowOf = async (url: string, origin: string, method = 'POST'): Promise<string | null> => {
    const response = await fetch(`${url}/graphql`, {
      method,
      headers: { ...JSON_TYPE, origin, 'access-control-request-method': 'POST' },
      ...(method === 'POST' && { body: '{"query":"{ __typename }"}' }),
    });
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    return response.headers.get('access-control-allow-origin');
  };
  const STRANGERS = [
    ...['https://evil.example', 'null', 'https://app.example.com.evil.example', '*'],
    ...['http://app.example.com', 'https://app.example.com:8443', 'HTTPS://APP.EXAMPLE.COM'],
  ];

  test.each([...LISTED, ...STRANGERS])('by default, not for %s', async (origin) => {
    expect(await allowOf(stage.gateway.url, origin)).toBeNull();
    expect(await allowOf(stage.gateway.url, origin, 'OPTIONS')).toBeNull();
  });

  describe.each([[LISTED], [LISTED.slice(0, 1)]])('for %j', (origins) => {
    let gateway: TestGateway;
    beforeAll(async () => {
      gateway = await startGateway('http://127.0.0.1:9/api', { corsOrigins: origins });
    });
    afterAll(() => gateway.close());

    test.each(origins)('%s may read answers', async (origin) => {
      expect(await allowOf(gateway.url, origin)).toBe(origin);
      expect(await allowOf(gateway.url, origin, 'OPTIONS')).toBe(origin);
    });

    test('a preflight allows the headers that a caller sends', async () => {
      const [origin = ''] = origins;
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          ...{ origin, 'access-control-request-method': 'POST' },
          'access-control-request-headers': 'authorization,content-type,admin',
        },
      });
      expect(response.ok).toBe(true);
      const allowed = response.headers.get('access-control-allow-headers')?.toLowerCase() ?? '';
      for (const name of ['authorization', 'content-type', 'admin'])
        expect(allowed).toContain(name);
    });

    test.each(STRANGERS)('%s may not', async (origin) => {
      // A sandboxed frame of any page has the origin "null": that must not be allowed either.
      for (const method of ['POST', 'OPTIONS']) {
        expect(await allowOf(gateway.url, origin, method)).toBeNull();
      }
    });
  });
});

describe('large bodies', () => {
  const body = (bytes: number): string => {
    const query = '{ __typename } #';
    return JSON.stringify({ query: query.padEnd(bytes - 12, 'x') });
  };

  /** Sends a body in parts, which takes chunked encoding where no length is given. */
  const send = (parts: readonly string[], headers: Record<string, string | number> = {}) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const request = httpRequest(`${stage.gateway.url}/graphql`, {
        ...{ method: 'POST', headers: { ...JSON_TYPE, connection: 'close', ...headers } },
      });
      request.on('error', reject).on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      for (const part of parts) request.write(part);
      request.end();
    });
  const inParts = (text: string): string[] => text.match(/[^]{1,50000}/g) ?? [];

  test('1 MB is taken, with a length and in chunks', async () => {
    const text = body(1_000_000);
    expect(text).toHaveLength(1_000_000);
    expect(await send([text], { 'content-length': text.length })).toMatchObject({ status: 200 });
    expect(await send(inParts(text))).toMatchObject({ status: 200 });
  });

  test('more is refused, with a length and in chunks', async () => {
    const text = body(1_000_001);
    const refused = { status: 413, text: expect.stringContaining('REQUEST_ENTITY_TOO_LARGE') };
    expect(await send([text], { 'content-length': text.length })).toMatchObject(refused);
    expect(await send(inParts(text))).toMatchObject(refused);
  });

  test('a length that is too large is refused before the body comes', async () => {
    const answer = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(`${stage.gateway.url}/graphql`, {
        ...{ method: 'POST', headers: { ...JSON_TYPE, 'content-length': 5_000_000 } },
      });
      request.on('error', reject).on('response', (response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      request.write('{"query":"');
    });
    expect(answer).toBe(413);
  });
});
