import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { answerWith, startUpstream, type StubUpstream } from '../support/upstream.ts';
import { openRaw } from '../support/raw.ts';

let upstream: StubUpstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream(answerWith({}));
  gateway = await startGateway(upstream.url);
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

/** Sends a request as it is; the status line and what follows, until the connection falls silent. */
async function send(...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (data: string) => (heard += data));
  socket.on('error', () => undefined);
  for (const part of parts) socket.write(part);
  // It is silent for longer before the answer than within it, on a machine that is busy.
  socket.setTimeout(10_000, () => socket.destroy());
  socket.once('data', () => socket.setTimeout(1000));
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const QUERY = '/graphql?query={__typename}';
const GET = (target: string, host = 'a') =>
  send(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
const BAD_TARGET =
  '{"errors":[{"message":"The address or the \\"Host\\" header is malformed.","extensions":{"code":"BAD_REQUEST"}}]}';

describe('the Host header', () => {
  test.each(['a', 'a:80', 'A.example', '127.0.0.1:4000', '[::1]:4000', 'a_b-c.~d', ''])(
    '%j is taken',
    async (host) => {
      expect(await GET(QUERY, host)).toContain('{"data":{"__typename":"Query"}}');
    },
  );

  test.each([
    ...['a b', 'a/b', 'a/graphql?query={__typename}&x=', 'a?', 'a#', 'user@a', 'user:pw@a', 'a:b'],
    ...['a:99999', 'a:123456', '[::1', '[g::1]', ']', 'a\\b', 'a,b', '<script>', '%', '%zz', 'é'],
    ...['999.999.999.999', 'http://a', '//a', '{}', '"a"', "a'b", 'a\tb'],
  ])('%j is refused', async (host) => {
    for (const target of [QUERY, '/health', '/ready', '/graphiql/start.js', '/x']) {
      const answer = await GET(target, host);
      expect(statusOf(answer)).toBe(400);
      expect(answer).toContain(BAD_TARGET);
    }
  });

  test('is refused where there are several', async () => {
    for (const more of ['b', 'a']) {
      const answer = await send(
        `GET ${QUERY} HTTP/1.1\r\nHost: a\r\nHost: ${more}\r\nConnection: close\r\n\r\n`,
      );
      expect(statusOf(answer)).toBe(400);
    }
  });

  test('is refused where it is missing, but with HTTP/1.0, which has none', async () => {
    expect(statusOf(await send(`GET ${QUERY} HTTP/1.1\r\n\r\n`))).toBe(400);
    expect(statusOf(await send(`GET ${QUERY} HTTP/1.0\r\n\r\n`))).toBe(200);
  });
});

describe('GraphQL is at one address', () => {
  test.each([
    ...['/graphql', '/graphql?', '/graphql?query={__typename}&z=/health', '/graphql?z=/ready'],
    ...['/graphql?z=/graphiql/start.js', '/graphql?query={__typename}#/health'],
  ])('%s', async (target) => {
    expect(await GET(target)).toMatch(/"__typename":"Query"|\\"query\\" is missing/);
  });

  test.each([
    ...['/x?query={__typename}&z=/graphql', '/x?query={__typename}&z=/graphql/'],
    ...[
      '/x/graphql?query={__typename}',
      '/graphql;x?query={__typename}',
      '/%67raphql',
      '/graphql%20',
    ],
    ...[
      '//graphql?query={__typename}',
      '//a/graphql?query={__typename}',
      '/graphql/../x',
      '/x#/graphql',
    ],
    ...['/./graphql', '/health/graphql', '/graphql\\', '/?query={__typename}&/graphql'],
  ])('not at %s', async (target) => {
    expect(statusOf(await GET(target))).toBe(404);
  });

  test.each(['ftp://a/graphql', 'http:/a/graphql', 'graphql', '*', '?query={__typename}'])(
    'nor at %s, which is no path',
    async (target) => {
      expect(statusOf(await GET(target, 'a:80'))).toBe(400);
      expect(statusOf(await GET(target, 'a'))).toBe(400);
    },
  );
});

describe('a path that a proxy may read in another way leads nowhere', () => {
  const detours = (to: string): string[] => [
    ...[`/graphql/..\\${to}`, `/graphql\\..\\${to}`, `\\${to}`, `/graphql/../${to}`, `/./${to}`],
    ...[`/graphql/%2e%2e/${to}`, `/graphql/.%2E/${to}`, `/graphql/..%2f${to}`, `/%2e/${to}`],
    ...[`/graphql/..%5c${to}`, `/graphql/..;/${to}`, `/graphql/;/../${to}`, `/${to};x`],
    ...[`//${to}`, `/graphql//../${to}`, `/graphql/..//${to}`, `/x/../${to}?y`, `/${to}/..`],
  ];

  test.each(detours('ready'))('%s', async (target) => {
    expect(statusOf(await GET('/ready'))).toBe(200);
    expect([400, 404]).toContain(statusOf(await GET(target)));
  });

  test.each([...detours('metrics'), '/metrics'])('%s', async (target) => {
    expect([400, 404]).toContain(statusOf(await GET(target)));
  });
});

describe('a header that can be read in two ways', () => {
  const ask = (...lines: string[]) =>
    send(
      [
        'GET /graphql?query={__typename} HTTP/1.1',
        'Host: a',
        'Connection: close',
        ...lines,
        '',
        '',
      ].join('\r\n'),
    );
  const postBy = (coding: string, body: string | Uint8Array) =>
    send(
      'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n',
      `Transfer-Encoding: ${coding}\r\n\r\n${body.length.toString(16)}\r\n`,
      body,
      '\r\n0\r\n\r\n',
    );
  const BODY = '{"query":"{ __typename }"}';

  test('two Authorization headers are refused, also where they are the same', async () => {
    expect(await ask('Authorization: Bearer a')).toContain('{"data":{"__typename":"Query"}}');
    for (const second of ['Authorization: Bearer b', 'authorization: Bearer a', 'Authorization:']) {
      const answer = await ask('Authorization: Bearer a', second);
      expect(statusOf(answer)).toBe(400);
      expect(answer).toContain('"code":"BAD_REQUEST"');
      expect(answer).not.toContain('Bearer a');
    }
  });

  test.each([
    ['transfer-encoding: gzip, chunked', 501],
    ['content-length: 9\r\nauthorization: Bearer a\r\nauthorization: Bearer b', 400],
  ])('what the head alone refuses waits for no body: %j', async (fields, status) => {
    const { write, until, closed } = await openRaw(gateway.url);
    write(`POST /graphql HTTP/1.1\r\nhost: x\r\n${fields}\r\n\r\n`);
    expect(statusOf(await until(/\r\n\r\n.*\}$/s))).toBe(status);
    await closed;
  });

  test('a body in another coding than chunks is 501, and ends the connection', async () => {
    expect(await postBy('chunked', BODY)).toContain('{"data":{"__typename":"Query"}}');
    expect(await postBy('Chunked', BODY)).toContain('{"data":{"__typename":"Query"}}');
    for (const coding of ['gzip, chunked', 'gzip,chunked', 'x, chunked', 'identity, chunked']) {
      const answer = await postBy(coding, gzipSync(BODY));
      expect([coding, statusOf(answer)]).toEqual([coding, 501]);
      expect(answer).toMatch(/connection: close/i);
    }
    // Of these nobody knows where the body ends.
    for (const coding of ['gzip', 'chunked, gzip', 'identity', 'xchunked', 'x, ychunked'])
      expect([coding, statusOf(await postBy(coding, BODY))]).toEqual([coding, 400]);
  });
});

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const ones = (count: number): string => Array(count).fill('1').join(',');
const keys = (count: number): string =>
  Array.from({ length: count }, (_, n) => `"k${n}":1`).join(',');

describe('a body', () => {
  const TYPENAME = '{"query":"{ __typename }"}';
  const paddedTo = (bytes: number) => TYPENAME.padEnd(bytes);

  test('of 1,000,000 bytes is taken, one byte more is not, whether its length is told or not', async () => {
    for (const [bytes, status] of [
      [1_000_000, 200],
      [1_000_001, 413],
    ] as const) {
      expect((await post(paddedTo(bytes))).status).toBe(status);
      const chunk = `${bytes.toString(16)}\r\n${paddedTo(bytes)}\r\n0\r\n\r\n`;
      const answer = await send(
        'POST /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n',
        `Transfer-Encoding: chunked\r\n\r\n${chunk}`,
      );
      expect(statusOf(answer)).toBe(status);
      if (status === 413) expect(answer).toContain('"code":"REQUEST_ENTITY_TOO_LARGE"');
    }
  });

  test('without an end is cut off at 1 MB', async () => {
    const chunk = `${(100_000).toString(16)}\r\n${'x'.repeat(100_000)}\r\n`;
    const answer = await send(
      'POST /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n',
      'Transfer-Encoding: chunked\r\n\r\n',
      ...Array.from({ length: 200 }, () => chunk),
    );
    expect(statusOf(answer)).toBe(413);
  });

  test('that its caller breaks off is no defect', async () => {
    const head = 'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.write(`${head}Content-Length: 100\r\n\r\n{"query":`);
    await sleep(50);
    socket.destroy();
    await sleep(50);
    expect(gateway.logs).toEqual(gateway.logs.filter(({ msg }) => msg === 'operation'));
  });

  test('is not unpacked: a bomb is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    const response = await post(new Uint8Array(bomb), { 'content-encoding': 'gzip' });
    expect(response.status).toBe(415);
  });

  test.each([
    ['a list of requests', '[{"query":"{ __typename }"}]', 400],
    ['an empty list', '[]', 400],
    ['nothing', '', 400],
    ['null', 'null', 400],
    ['a string', '"{ __typename }"', 400],
    ['no query', '{"variables":{}}', 400],
    ['an empty query', '{"query":""}', 400],
    ['a query of another type', '{"query":1}', 400],
    ['a query within a list', '{"query":["{ __typename }"]}', 400],
    ['variables in a list', '{"query":"{ __typename }","variables":[]}', 400],
    ['variables as text', '{"query":"{ __typename }","variables":"{}"}', 400],
    ['a name of another type', '{"query":"{ __typename }","operationName":1}', 400],
    ['4,900 lists in one another', nested(4900), 400],
    ['the same as a variable', `{"query":"{ __typename }","variables":{"a":${nested(4900)}}}`, 200],
    ['490,000 lists in one another', nested(490_000), 413],
    ['nearly 5,000 values', `{"query":"{ __typename }","variables":{"a":[${ones(4990)}]}}`, 200],
    ['more values', `{"query":"{ __typename }","variables":{"a":[${ones(5001)}]}}`, 413],
    ['75,000 keys', `{"query":"{ __typename }",${keys(75_000)}}`, 413],
    [
      'a text of punctuation',
      `{"query":"{ __typename }","variables":{"a":"${',[{'.repeat(300_000)}"}}`,
      200,
    ],
    ['a cut number', '{"query":"{ __typename }","variables":{"a":1e', 400],
    ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), 400],
    [
      'null for what can be left out',
      '{"query":"{ __typename }","variables":null,"operationName":null,"extensions":null}',
      200,
    ],
    ['an empty name, as some clients send', '{"query":"{ __typename }","operationName":""}', 200],
    [
      'parameters that are not known',
      '{"query":"{ __typename }","id":"1","__proto__":{"a":1}}',
      200,
    ],
    [
      'names of the prototype',
      '{"query":"query($constructor: Int, $__proto__: Int) { groups(first: $constructor, after: null) { __typename } a: groups(first: $__proto__) { __typename } }","variables":{"__proto__":501,"constructor":501}}',
      200,
    ],
  ])('of %s', async (_, body, status) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty(status === 200 ? 'data' : 'errors');
  });

  test('that nests deep where an input is expected is the caller’s error', async () => {
    const deep = nested(4900);
    for (const type of ['Int', 'GroupFilter', 'String', 'GroupType', 'DateTime']) {
      const query = `query($a: ${type}) { __typename @include(if: true) groups(${
        { Int: 'first: $a', GroupFilter: 'filter: $a', String: 'after: $a' }[type] ??
        `filter: { ${type === 'DateTime' ? 'createdSince' : 'type'}: $a }`
      }) { __typename } }`;
      const response = await post(`{"query":${JSON.stringify(query)},"variables":{"a":${deep}}}`);
      const { errors } = (await response.json()) as { errors: any[] };
      expect([response.status, errors[0].extensions.code]).toEqual([200, 'BAD_USER_INPUT']);
    }
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/jsonx',
    'text/plain; application/json',
    '',
  ])('of type %j is not taken', async (type) => {
    const response = await post(TYPENAME, { 'content-type': type });
    expect(response.status).toBe(415);
  });
});

test('nothing of this is a defect, or asks Cotalker for anything', () => {
  expect(gateway.logs.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  expect(upstream.calls).toEqual([]);
});

test('a body in chunks of a byte is refused once they are more framing than content', async () => {
  const connection = await openRaw(gateway.url);
  connection.write(
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  connection.write('1\r\n \r\n'.repeat(100_000));
  expect(await connection.until(/^HTTP\/1\.1 413/)).toContain('413');
  connection.socket.destroy();
});
