import { describe, expect, test } from '@jest/globals';
import { openRaw } from '../support/raw.ts';
import { useStage } from '../support/stage.ts';

/*
 * What RFC 9110 and 9112 let a client write in more than one way. All of it, to the byte: test/golden.
 */

const stage = useStage();
const QUERY = '/graphql?query={__typename}';

const post = async (headers: Record<string, string>, path = '/graphql'): Promise<Response> =>
  fetch(stage.gateway.url + path, { method: 'POST', headers, body: '{"query":"{ __typename }"}' });

describe('the type of a body', () => {
  test.each([
    ['Application/JSON', 200],
    ['application/json ;charset=utf-8', 200],
    ['application/json; charset="UTF-8"', 200],
    ['application/json; charset=iso-8859-1', 415],
    ['application/json; charset=utf-16', 415],
    ['application/json;charset=utf8;profile="a;b"', 200],
    ['application/json; Charset="ISO-8859-1"', 415],
    ['application/jsonp', 415],
  ])('%s: %d', async (type, status) => {
    expect((await post({ 'content-type': type })).status).toBe(status);
  });

  test('one that is compressed is refused, with the coding that is not', async () => {
    const json = { 'content-type': 'application/json' };
    const { status, headers } = await post({ ...json, 'content-encoding': 'gzip' });
    expect([status, headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect((await post({ ...json, 'content-encoding': 'identity' })).status).toBe(200);
    for (const coding of ['GZIP', 'br', 'zstd', 'gzip, identity'])
      expect((await post({ ...json, 'content-encoding': coding })).status).toBe(415);
  });

  test.each(['latin1', 'utf16le'] as const)(
    'one in %s that does not say so is not misread',
    async (charset) => {
      const { status } = await fetch(`${stage.gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(
          '{"query":"{ groups(filter: { search: \\"Año\\" }) { totalCount } }"}',
          charset,
        ),
      });
      expect(status).toBe(400);
      expect(stage.sandbox.calls).toEqual([]);
    },
  );
});

describe('the target', () => {
  const send = async (start: string, headers = ''): Promise<string> => {
    const connection = await openRaw(stage.gateway.url);
    connection.write(`${start} HTTP/1.1\r\nhost: x\r\n${headers}connection: close\r\n\r\n`);
    await connection.closed;
    return connection.received;
  };

  test('a whole address is served as its path is, with its host', async () => {
    expect(await send(`GET http://gateway.test${QUERY}`)).toContain('{"data":{"__typename"');
    expect(await send(`GET http://user@gateway.test${QUERY}`)).toMatch(/^HTTP\/1.1 400 /);
    expect(await send('GET http://gateway.test')).toMatch(/^HTTP\/1.1 404 /);
    expect(await send('GET http://gateway.test/graphql/../health')).toMatch(/^HTTP\/1.1 404 /);
    expect(await send(`GET HTTPS://GATEWAY.test:443${QUERY}`)).toContain('{"data":{"__typename"');
    expect(await send(`GET http://${QUERY}`)).toMatch(/^HTTP\/1.1 400 /);
  });

  test('HEAD is the head of GET', async () => {
    const [head = '', body] = (await send(`HEAD ${QUERY}`)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 200 .*content-length: 31/is);
    expect(body).toBe('');
  });

  test.each([
    ['text/event-stream', 'text/event-stream'],
    [
      'multipart/mixed;subscriptionSpec=1.0',
      'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0',
    ],
  ])(
    'HEAD of a subscription, as %s, ends with its head and polls nothing',
    async (accept, type) => {
      const follow = '/graphql?query=subscription{groupChanged{cursor}}';
      const [head, body] = (await send(`HEAD ${follow}`, `accept: ${accept}\r\n`)).split(
        '\r\n\r\n',
      );
      expect(head).toMatch(/^HTTP\/1.1 200 /);
      expect(head).toContain(`content-type: ${type}`);
      expect(body).toBe('');
      expect(stage.sandbox.calls).toEqual([]);
    },
  );

  test('a slash at the end is none', async () => {
    expect(await (await post({ 'content-type': 'application/json' }, '/graphql/')).json()).toEqual({
      data: { __typename: 'Query' },
    });
    expect(stage.gateway.logs.at(-1)).toMatchObject({ msg: 'operation', status: 200 });
  });

  test('where there is nothing, the answer says where GraphQL is', async () => {
    // The second is what a base URL with a slash at its end makes.
    for (const target of [
      '/nothing',
      '//graphql',
      '/api/graphql',
      '/graphql/v1',
      '/%67raphql',
      '/',
    ])
      expect(await send(`GET ${target}`)).toMatch(/^HTTP\/1.1 404 [^]*GraphQL is at \/graphql\./);
  });

  test.each([
    ['/graphql', 'GET, HEAD, POST'],
    ['/graphql/', 'GET, HEAD, POST'],
    ['/health', 'GET, HEAD'],
    ['/ready', 'GET, HEAD'],
    ['/schema.graphql', 'GET, HEAD'],
  ])('%s serves %s, and says so to any other method', async (target, allow) => {
    const head = await send(
      `HEAD ${target}${target.startsWith('/graphql') ? '?query={__typename}' : ''}`,
    );
    expect(head).toMatch(/^HTTP\/1.1 200 .*\r\n\r\n$/s);
    for (const method of ['OPTIONS', 'PUT', 'TRACE'])
      expect(await send(`${method} ${target}`)).toMatch(
        new RegExp(`^HTTP/1.1 405 [^]*\r\nallow: ${allow}\r\n`, 'i'),
      );
  });
});

describe('what goes to Cotalker', () => {
  const authorizationFor = async (authorization: string) => {
    await stage.gateway.ask('{ groups { totalCount } }', { headers: { authorization } });
    return stage.sandbox.calls.at(-1)?.headers['authorization'];
  };

  test.each(['bearer', 'BEARER ', 'Bearer'])('the scheme %s is Bearer', async (scheme) => {
    expect(await authorizationFor(`${scheme} sandbox-user`)).toBe('Bearer sandbox-user');
  });

  const IDS = '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331';
  test.each([
    [`01-${IDS}-01`, `00-${IDS}-01`],
    [`cc-${IDS}-03-what-the-future-has`, `00-${IDS}-01`],
    [`00-${IDS}-01`, `00-${IDS}-01`],
    [`00-${IDS}-01-more`, undefined],
    [`ff-${IDS}-01`, undefined],
    [`01-${IDS}-01.more`, undefined],
  ])('traceparent %s as %s', async (traceparent, told) => {
    await stage.gateway.ask('{ groups { totalCount } }', { headers: { traceparent } });
    expect(stage.sandbox.calls.at(-1)?.headers['traceparent']).toBe(told);
  });

  test('tracing headers, and none of those that a page of Sentry or Apollo sends besides', async () => {
    const headers = {
      ...{ baggage: 'sentry-release=canary', 'sentry-trace': 'canary', tracestate: 'a=canary' },
      ...{ 'apollographql-client-name': 'canary', 'x-request-id': 'request-1' },
    };
    await stage.gateway.ask('{ groups { totalCount } }', { headers });
    const sent = stage.sandbox.calls.at(-1)?.headers;
    expect(sent?.['x-request-id']).toBe('request-1');
    expect(JSON.stringify(sent)).not.toContain('canary');
  });
});
