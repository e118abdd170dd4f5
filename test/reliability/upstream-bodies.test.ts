import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type Fault, startFaultServer } from '../support/fault-server.ts';
import { figure, GROUPS, LISTING, useSharedFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

const { stage } = useSharedFaultStage();
const TYPED = '{ groups { totalCount nodes { __typename ... on MenuEntry { id name } } } }';
const INVALID = ['UPSTREAM_INVALID_RESPONSE'];
const listing = JSON.stringify(GROUPS);
const encoded = (coding: string, body: Buffer | string): Fault =>
  faults.text(body, { 'content-encoding': coding });
const withWrongChecksum = (bytes: Buffer): Buffer => {
  const at = bytes.length - 8;
  return Buffer.from(bytes).fill((bytes[at] ?? 0) + 1, at, at + 1);
};
/** The body in chunks of that many bytes. */
const inChunks = (body: string, size: number): string => {
  const chunks = body.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
  const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
  return `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${framed}0\r\n\r\n`;
};
const id = (n: number): string => String(n).padStart(24, '0');

describe('refused as UPSTREAM_INVALID_RESPONSE, at once and with its connection closed or sound', () => {
  test.each<[string, Fault]>([
    ['an empty body', faults.text('')],
    ['null', faults.json(null)],
    ['a string', faults.json('data')],
    ['a list', faults.json([])],
    ['HTML', faults.text('<!doctype html><h1>Maintenance</h1>', { 'content-type': 'text/html' })],
    ['no data', faults.json({})],
    ['data of null', faults.json({ data: null })],
    ['data of a list', faults.json({ data: [] })],
    ['a collection of null', faults.json({ data: { groups: null } })],
    ['a collection that is an object', faults.json({ data: { groups: { length: 1 } } })],
    ['two JSON texts', faults.text(listing + listing)],
    ['less than its length', faults.truncated(listing)],
    ['chunks cut off', faults.cutOffChunks(listing)],
    [
      'a chunk cut off',
      faults.rawAndEnd('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{'),
    ],
    [
      'a chunk of no size',
      faults.rawAndEnd('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}'),
    ],
    ['a reset behind the headers', faults.resetAfterHead],
    ['a reset in the body', faults.resetInBody],
    ['gzip that is none', encoded('gzip', listing)],
    ['gzip that is cut off', encoded('gzip', gzipSync(listing).subarray(0, -9))],
    ['gzip with a wrong checksum', encoded('gzip', withWrongChecksum(gzipSync(listing)))],
    ['gzip of nothing', encoded('gzip', '')],
    ['brotli that is none', encoded('br', listing)],
    ['brotli that is cut off', encoded('br', brotliCompressSync(listing).subarray(0, -3))],
    ['raw deflate that is cut off', encoded('deflate', deflateRawSync(listing).subarray(0, -4))],
    ['deflate that is none', encoded('deflate', listing)],
    ['deflate that is cut off', encoded('deflate', deflateSync(listing).subarray(0, -4))],
    ['a coding that nobody knows', encoded('rot13', listing)],
    ['two codings', encoded('gzip, gzip', gzipSync(gzipSync(listing)))],
    ['no HTTP', faults.rawAndEnd('SSH-2.0-OpenSSH_9.6\r\n')],
    ['no HTTP, and no end', faults.raw('\u0000\u0001\u0002\r\n\r\n')],
    [
      'two lengths',
      faults.raw('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}'),
    ],
    ['a length of garbage', faults.raw('HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}')],
    [
      'another protocol',
      faults.raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
    [
      'packed in two ways, by two headers',
      faults.rawAndEnd(
        `${faults.openHead({ 'content-encoding': 'gzip\r\ncontent-encoding: gzip' })}${listing}`,
      ),
    ],
    ['no content', faults.raw('HTTP/1.1 204 No Content\r\n\r\n')],
    ['a status beyond all', faults.raw('HTTP/1.1 299 Odd\r\ncontent-length: 0\r\n\r\n')],
    ['a header beyond 16 KB', faults.text(listing, { 'x-long': 'a'.repeat(20_000) })],
    [
      'more levels than anybody nests',
      faults.text(`{"data":{"groups":${'['.repeat(5000)}${']'.repeat(5000)}}}`),
    ],
    [
      'more records than anybody asked for',
      faults.text(`{"data":{"groups":[${Array(30_000).fill('{}').join(',')}]}}`),
    ],
  ])('%s', async (_, fault) => {
    const { upstream, ask } = stage(() => fault);
    const { body, codes } = await ask();
    expect([body.data, codes]).toEqual([{ groups: null }, INVALID]);
    expect(upstream.calls).toHaveLength(1);
    upstream.answer = () => faults.json(GROUPS);
    expect((await ask()).body).toEqual({ data: { groups: { totalCount: 0 } } });
  });
});

describe('served', () => {
  test.each<[string, Fault]>([
    ['gzip', encoded('gzip', gzipSync(listing))],
    ['GZIP', encoded('GZIP', gzipSync(listing))],
    ['x-gzip', encoded('x-gzip', gzipSync(listing))],
    ['deflate', encoded('deflate', deflateSync(listing))],
    ['brotli', encoded('br', brotliCompressSync(listing))],
    ['identity', encoded('identity', listing)],
    ['raw deflate', encoded('deflate', deflateRawSync(listing))],
    ['DEFLATE', encoded('DEFLATE', deflateSync(listing))],
    ['an empty coding', encoded('', listing)],
    ['an empty list of codings', encoded(', ,', listing)],
    ['gzip, and identity', encoded('gzip, identity', gzipSync(listing))],
    ['identity, and brotli', encoded('identity ,BR', brotliCompressSync(listing))],
    ['identity twice', encoded('identity, identity', listing)],
    ['a byte order mark', faults.text(`\ufeff${listing}`)],
    ['chunks of a byte each', faults.rawAndEnd(inChunks(listing, 1))],
    ['a megabyte in chunks of 16 bytes', faults.rawAndEnd(inChunks(listing + ' '.repeat(1e6), 16))],
    ['a text/plain', faults.text(listing, { 'content-type': 'text/plain' })],
    ['a body that ends with the connection', faults.rawAndEnd(faults.openHead() + listing)],
    [
      'interim answers before it',
      faults.raw(
        `HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: ${listing.length}\r\n\r\n${listing}`,
      ),
    ],
    [
      '2,500 headers',
      faults.text(
        listing,
        Object.fromEntries(Array.from({ length: 1500 }, (_, n) => [`x${n}`, 'y'])),
      ),
    ],
    [
      'one byte each 2 ms',
      faults.drip(faults.openHead({ 'content-length': String(listing.length) }), listing, 2),
    ],
  ])('%s', async (_, fault) => {
    const { upstream, ask } = stage(() => fault);
    expect((await ask()).body).toEqual({ data: { groups: { totalCount: 0 } } });
    expect(upstream.calls[0]?.headers['accept-encoding']).toBe('gzip, deflate, br');
  });
});

test('one item at a time where the envelope is sound', async () => {
  const groups = [
    { _id: id(1), nameDisplay: 'One' },
    null,
    { _id: 5 },
    'x',
    { _id: '', name: 'x' },
  ];
  const { ask } = stage(({ path }) =>
    faults.json({
      data: {
        [path === '/v2/groups' ? 'groups' : 'taskgroups']: path === '/v2/groups' ? groups : [],
        count: path === '/v2/groups' ? 5 : 0,
      },
    }),
  );
  const { body, codes } = await ask(TYPED);
  expect(codes).toEqual(INVALID);
  expect(body.errors).toHaveLength(4);
  expect(body.data.groups).toEqual({
    totalCount: 5,
    nodes: expect.arrayContaining([{ __typename: 'StandardGroup', id: id(1), name: 'One' }, null]),
  });
});

describe('what would pollute prototypes is harmless', () => {
  const evil = '{"polluted":"yes","isAdmin":true,"toString":null,"data":{"groups":[]}}';
  const group = `"_id":"${id(1)}","nameDisplay":"One"`;
  const wrap = (item: string, more = ''): string =>
    `{"data":{"groups":[${item}],"count":1${more}}}`;

  test.each([
    [
      'in the envelope',
      `{"__proto__":${evil},"constructor":{"prototype":${evil}},${wrap(`{${group}}`).slice(1)}`,
    ],
    ['in the data', wrap(`{${group}}`, `,"__proto__":${evil},"constructor":{"prototype":${evil}}`)],
    [
      'in a record',
      wrap(`{${group},"__proto__":${evil},"constructor":{"prototype":${evil}},"hasOwnProperty":1}`),
    ],
    [
      'in a field',
      wrap(`{${group},"link":{"__proto__":{"url":"https://x.test"}},"help":{"__proto__":${evil}}}`),
    ],
  ])('%s', async (_, body) => {
    const { ask } = stage(({ path }) =>
      path === '/v2/groups'
        ? faults.text(body)
        : faults.text(`{"data":{"taskgroups":[],"count":0,"__proto__":${evil}}}`),
    );
    const answer = (await ask(TYPED)).body;
    expect(answer).toEqual({
      data: {
        groups: { totalCount: 1, nodes: [{ __typename: 'StandardGroup', id: id(1), name: 'One' }] },
      },
    });
    expect(JSON.stringify(answer)).not.toContain('polluted');
    const plain: Record<string, unknown> = {};
    expect([plain['polluted'], plain['isAdmin'], typeof plain.toString]).toEqual([
      undefined,
      undefined,
      'function',
    ]);
  });

  test('an envelope that is only inherited is none', async () => {
    const { ask } = stage(() => faults.text(`{"__proto__":${wrap(`{${group}}`)}}`));
    expect((await ask()).codes).toEqual(INVALID);
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%d: the token goes nowhere else', async (code) => {
    const elsewhere = await startFaultServer(() => faults.json(GROUPS));
    const { upstream, ask } = stage(() => faults.status(code, { location: elsewhere.url }));
    expect((await ask()).codes).toEqual(INVALID);
    for (const location of [
      `${upstream.url}/v2/groups`,
      '//evil.test/',
      'http://user@x/',
      'javascript:1',
      '',
    ]) {
      upstream.answer = () => faults.status(code, { location });
      expect((await ask()).codes).toEqual(INVALID);
    }
    expect(upstream.calls).toHaveLength(6);
    expect(elsewhere.accepted).toBe(0);
    await elsewhere.close();
    figure('redirects followed', `0 of ${upstream.calls.length}`);
  });
});

test('after all of these no connection is left behind but one for the next call', async () => {
  const { upstream, ask } = stage(() => faults.json(GROUPS));
  await ask();
  await upstream.untilOpen(1);
  figure('connections open after 100 broken answers', String(upstream.open));
});

test('401 for one token affects no other caller, though they ask the same at once', async () => {
  const { ask } = stage(
    ({ headers }) =>
      (socket) =>
        setTimeout(
          () =>
            (headers['authorization'] === 'Bearer bad' ? faults.status(401) : faults.json(GROUPS))(
              socket,
            ),
          50,
        ),
  );
  const tokens = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? 'bad' : `good-${n % 6}`));
  const answers = await Promise.all(tokens.map((token) => ask(LISTING, { token })));
  for (const [n, { codes }] of answers.entries()) {
    expect(codes).toEqual(tokens[n] === 'bad' ? ['UNAUTHENTICATED'] : []);
  }
  figure('60 callers at once, 30 of them with a token answered 401', '30 refused, 30 served');
});

test('an error keeps its connection: ten 404s and a success take one', async () => {
  const { upstream, ask } = stage(() => faults.status(404, {}, '{"message":"no"}'));
  await ask();
  const before = upstream.accepted;
  for (let n = 0; n < 10; n += 1)
    expect((await ask()).codes).toEqual(['UPSTREAM_INVALID_RESPONSE']);
  upstream.answer = () => faults.json(GROUPS);
  await ask();
  expect(upstream.accepted).toBe(before);
});
