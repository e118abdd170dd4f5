import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { answerWith, startUpstream, type StubUpstream } from '../../support/upstream.ts';

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

const get = (path = '/schema.graphql', init: RequestInit = {}) => fetch(gateway.url + path, init);

describe('GET /schema.graphql', () => {
  test('is the committed file, to the byte, without a token', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe(readFileSync('schema.graphql', 'utf8'));
  });

  test('says what introspection says, descriptions included', async () => {
    const { body } = await gateway.ask(
      getIntrospectionQuery({ schemaDescription: true, specifiedByUrl: true }),
    );
    const introspected = printSchema(lexicographicSortSchema(buildClientSchema(body.data)));
    const served = printSchema(lexicographicSortSchema(buildSchema(await (await get()).text())));
    expect(served).toBe(introspected);
    expect(served).toContain('A date and time in the format of RFC 3339');
  });

  test('costs no body where the caller has it, also by the weak tag that a compressing proxy makes', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await get('/schema.graphql', { headers: { 'if-none-match': held } });
      expect([held, response.status, await response.text()]).toEqual([held, 304, '']);
      expect(response.headers.get('etag')).toBe(etag);
    }
    for (const other of ['"other"', etag.slice(1, -1), '']) {
      const response = await get('/schema.graphql', { headers: { 'if-none-match': other } });
      expect([other, response.status]).toEqual([other, 200]);
    }
  });

  test('HEAD: the same head without the body', async () => {
    const response = await get('/schema.graphql', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('etag')).toBe((await get()).headers.get('etag'));
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s: 405', async (method) => {
    const response = await get('/schema.graphql', { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test.each(['/schema.graphql/', '/x/schema.graphql', '/Schema.graphql', '/?/schema.graphql'])(
    '%s is another path',
    async (path) => expect((await get(path)).status).toBe(404),
  );

  test('/graphql?x=/schema.graphql is a query', async () => {
    const response = await get('/graphql?query={__typename}&x=/schema.graphql');
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });
});

test('with INTROSPECTION=off there is no such path, by any method', async () => {
  const closed = await startGateway(upstream.url, { introspection: false });
  for (const method of ['GET', 'HEAD', 'POST']) {
    const response = await fetch(`${closed.url}/schema.graphql`, { method });
    expect([method, response.status]).toEqual([method, 404]);
    expect(await response.text()).not.toContain('type ');
  }
  await closed.close();
});
