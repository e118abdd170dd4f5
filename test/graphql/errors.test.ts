import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { endpoints, idOf, momentOf, plant, rawGroup, useStage } from '../support/stage.ts';
import { startUpstream } from '../support/upstream.ts';

const stage = useStage();

const QUERY = '{ groups { totalCount nodes { __typename } } }';
/** Planted in all that the upstream says, and found in nothing that the gateway says. */
const CANARY = 'canary-5d0b9a';
const canaryHeaders = { 'x-canary': CANARY, 'set-cookie': `session=${CANARY}`, server: CANARY };

describe('what is wrong with variables', () => {
  const FILTERED = 'query($f: GroupFilter) { groups(filter: $f) { totalCount } }';
  test.each<[object, string]>([
    [{ serach: CANARY }, 'has an unknown field; expected "GroupFilter". Did you mean "search"?'],
    [{ [CANARY]: 1 }, 'has an unknown field; expected "GroupFilter".'],
    [
      { type: 'TAKS' },
      'has an invalid value at "type"; expected "GroupType". Did you mean the enum value "TASK"?',
    ],
    [
      { type: ` Did you mean "${CANARY}"?` },
      'has an invalid value at "type"; expected "GroupType".',
    ],
    [
      { modifiedSince: ` Did you mean "${CANARY}"?` },
      'has an invalid value at "modifiedSince"; expected "DateTime".',
    ],
  ])('%j: told with near matches, and without what the caller wrote', async (f, message) => {
    const { body } = await stage.gateway.ask(FILTERED, { variables: { f } });
    expect(body.errors).toMatchObject([{ message: `Variable "$f" ${message}` }]);
  });

  test.each([
    'query ($a: ID = "x") { group(id: $a) { __typename } }',
    'query ($a: Boolean = true) { groups @include(if: $a) { totalCount } }',
  ])(
    '%s: null, which only the values tell, is told with the place of its variable',
    async (query) => {
      for (const headers of [{}, { 'x-explain': 'true' }]) {
        const { body } = await stage.gateway.ask(query, { variables: { a: null }, headers });
        const [error] = body.errors ?? [];
        expect(error).toMatchObject({
          message: 'The variable here must not be null.',
          locations: [{ line: 1, column: query.lastIndexOf('$a') + 1 }],
          extensions: { code: 'BAD_USER_INPUT' },
        });
      }
      expect(stage.sandbox.calls).toEqual([]);
    },
  );

  test.each([
    ['query($v: Int) { groups(first: $v) { totalCount } }', 'first: Int'],
    ['query($v: ID = "x") { group(id: $v) { __typename } }', 'id: ID'],
    ['query($v: Boolean = true) { groups { totalCount @include(if: $v) } }', 'if: Boolean'],
    ['query($v: String) { groups(filter: { search: $v }) { totalCount } }', 'search: String'],
    ['query($v: GroupFilter) { groups(filter: $v) { totalCount } }', 'filter: GroupFilter'],
  ])(
    '%s: a number beyond all is refused, also after a null, which JSON would write alike',
    async (query) => {
      const headers = { 'content-type': 'application/json' };
      const ask = async (value: string) => {
        const body = `{"query":${JSON.stringify(query)},"variables":{"v":${value}}}`;
        const response = await fetch(`${stage.gateway.url}/graphql`, {
          method: 'POST',
          headers,
          body,
        });
        const { errors } = await response.json();
        return [response.status, errors?.[0].extensions.code];
      };
      for (const value of ['1e999', '-1e999', '[1e999]']) {
        await ask('null');
        expect([value, ...(await ask(value))]).toEqual([value, 200, 'BAD_USER_INPUT']);
      }
    },
  );

  test('names nothing of the schema where introspection is off', async () => {
    const gateway = await startGateway(stage.sandbox.url, { introspection: false });
    const { body } = await gateway.ask(FILTERED, { variables: { f: { serach: 'x' } } });
    await gateway.close();
    expect(body.errors).toMatchObject([{ message: 'The variable has an unknown field.' }]);
  });
});

const MESSAGES = {
  UNAUTHENTICATED: 'Cotalker needs a valid token: send it as "Authorization: Bearer <token>".',
  FORBIDDEN: 'The token may not read this.',
  RATE_LIMITED: 'Cotalker takes no more calls at the moment.',
  UPSTREAM_UNAVAILABLE: 'Cotalker cannot be reached at the moment.',
  UPSTREAM_TIMEOUT: 'Cotalker did not answer in time.',
  UPSTREAM_INVALID_RESPONSE: 'Cotalker answered with something unexpected.',
};
type Code = keyof typeof MESSAGES;

/** Asks, and expects one failed field: its code, message and path, and nothing of the upstream's. */
async function expectFailure(gateway: typeof stage.gateway, code: Code, more: object = {}) {
  const { body, headers, status } = await gateway.ask(QUERY);
  expect(body).toEqual({
    data: { groups: null },
    errors: [
      {
        ...{ message: MESSAGES[code], path: ['groups'], locations: [{ line: 1, column: 3 }] },
        extensions: { code, ...more },
      },
    ],
  });
  expect(status).toBe(200);
  const said = JSON.stringify([body, ...headers]);
  expect(said).not.toMatch(
    new RegExp(`${CANARY}|/v2/|stack|127\\.0\\.0\\.1|localhost|\\.ts|\\.js`),
  );
}

describe('what the upstream answers', () => {
  const json = (value: unknown): Fault => ({ body: JSON.stringify(value) });
  const page = `<!DOCTYPE html><title>${CANARY}</title>`;
  const stack = `Error: ${CANARY}\n    at read (/srv/app/groups.js:10:5)`;

  test.each<[string, Code, Fault]>([
    ['401', 'UNAUTHENTICATED', { status: 401, body: page }],
    ['403', 'FORBIDDEN', { status: 403, body: page }],
    ['429', 'RATE_LIMITED', { status: 429, headers: { 'retry-after': '7' }, body: page }],
    ['500', 'UPSTREAM_UNAVAILABLE', { status: 500, body: stack }],
    ['501', 'UPSTREAM_UNAVAILABLE', { status: 501 }],
    ['502', 'UPSTREAM_UNAVAILABLE', { status: 502, body: page }],
    ['503', 'UPSTREAM_UNAVAILABLE', { status: 503 }],
    ['504', 'UPSTREAM_UNAVAILABLE', { status: 504 }],
    ['599', 'UPSTREAM_UNAVAILABLE', { status: 599 }],
    ['a dropped connection', 'UPSTREAM_UNAVAILABLE', { destroy: true }],
    ['400', 'UPSTREAM_INVALID_RESPONSE', { status: 400, body: `{"message":"${CANARY}"}` }],
    // A list is always there: whoever does not know it is not Cotalker.
    ['404', 'UPSTREAM_INVALID_RESPONSE', { status: 404, body: page }],
    ['405', 'UPSTREAM_INVALID_RESPONSE', { status: 405 }],
    ['201', 'UPSTREAM_INVALID_RESPONSE', { status: 201, ...json({ data: { groups: [] } }) }],
    ['204', 'UPSTREAM_INVALID_RESPONSE', { status: 204 }],
    ['304', 'UPSTREAM_INVALID_RESPONSE', { status: 304 }],
    ['HTML', 'UPSTREAM_INVALID_RESPONSE', { body: page, headers: { 'content-type': 'text/html' } }],
    ['HTML called JSON', 'UPSTREAM_INVALID_RESPONSE', { body: page }],
    ['an empty body', 'UPSTREAM_INVALID_RESPONSE', { status: 200 }],
    ['truncated JSON', 'UPSTREAM_INVALID_RESPONSE', { body: `{"data":{"groups":["${CANARY}` }],
    ['null', 'UPSTREAM_INVALID_RESPONSE', json(null)],
    ['a string', 'UPSTREAM_INVALID_RESPONSE', json(CANARY)],
    ['a bare list', 'UPSTREAM_INVALID_RESPONSE', json([rawGroup(1)])],
    ['no data', 'UPSTREAM_INVALID_RESPONSE', json({ list: [rawGroup(1)] })],
    ['data of null', 'UPSTREAM_INVALID_RESPONSE', json({ data: null })],
    ['data of a list', 'UPSTREAM_INVALID_RESPONSE', json({ data: [rawGroup(1)] })],
    ['another collection', 'UPSTREAM_INVALID_RESPONSE', json({ data: { channels: [] } })],
    ['a collection of an object', 'UPSTREAM_INVALID_RESPONSE', json({ data: { groups: {} } })],
  ])('%s: %s', async (name, code, fault) => {
    stage.sandbox.fail({ ...fault, headers: { ...canaryHeaders, ...fault.headers } });
    await expectFailure(stage.gateway, code, name === '429' ? { retryAfter: 7 } : {});
    // A call on a kept connection goes again, uncounted, where that dies: it may have died before.
    const times = fault.destroy ? 2 : 1;
    expect(endpoints(stage.sandbox)).toEqual(Array(times).fill('/v2/groups'));
    // What is told of the quota comes a second after a 429, so beside a later case.
    const isOwn = (line: Record<string, unknown>) => !('endpoint' in line || 'refused' in line);
    const lines = stage.gateway.logs.filter(isOwn);
    expect(lines).toMatchObject([{ msg: 'operation', codes: { [code]: 1 } }]);
    expect(JSON.stringify(stage.gateway.logs)).not.toContain(CANARY);
  });

  test.each<[string, string | undefined, number]>([
    ['seconds', '30', 30],
    ['none', undefined, 1],
    ['zero', '0', 1],
    ['negative', '-5', 1],
    ['a fraction', '1.5', 1],
    ['garbage', CANARY, 1],
    ['empty', '', 1],
    ['a date that is past', 'Wed, 21 Oct 2015 07:28:00 GMT', 1],
    ['a date', 'in an hour', 3600],
  ])('429 with a Retry-After of %s', async (_, value, seconds) => {
    const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
    const told = value === 'in an hour' ? inAnHour : value;
    stage.sandbox.fail({ status: 429, headers: told === undefined ? {} : { 'retry-after': told } });
    const { body } = await stage.gateway.ask(QUERY);
    const { code, retryAfter } = body.errors?.[0].extensions ?? {};
    expect(code).toBe('RATE_LIMITED');
    expect(Number.isInteger(retryAfter)).toBe(true);
    expect(Math.abs(retryAfter - seconds)).toBeLessThanOrEqual(seconds > 60 ? 10 : 0);
  });

  test.each([301, 302, 303, 307, 308])('a redirect (%d) is not followed', async (status) => {
    const elsewhere = await startUpstream((_, response) => response.end('{"data":{"groups":[]}}'));
    for (const location of [elsewhere.url, '/api/v2/users', '//user@x.test/', CANARY]) {
      stage.sandbox.fail({ status, headers: { ...canaryHeaders, location }, times: 1 });
      await expectFailure(stage.gateway, 'UPSTREAM_INVALID_RESPONSE');
    }
    await elsewhere.close();
    expect(elsewhere.calls).toEqual([]);
    expect(endpoints(stage.sandbox)).toEqual(Array(4).fill('/v2/groups'));
  });

  test('a failure is not kept: the next request is served', async () => {
    for (const fault of [{ status: 500 }, { status: 502 }, { body: '<html>' }]) {
      stage.sandbox.fail({ ...fault, times: 1 });
      expect((await stage.gateway.ask(QUERY)).body.errors).toHaveLength(1);
      expect((await stage.gateway.ask(QUERY)).body.errors).toBeUndefined();
    }
  });

  test('one field fails, its siblings do not', async () => {
    stage.sandbox.fail({ template: '/v2/groups', status: 500, times: 1 });
    const query =
      '{ __typename groups { totalCount } links: groups(filter: {type: LINK}) { totalCount } }';
    const { data, errors } = (await stage.gateway.ask(query)).body;
    expect([data.groups, data.links].filter((part) => part === null)).toHaveLength(1);
    expect(errors).toHaveLength(1);
    expect(data.__typename).toBe('Query');
  });
});

describe('what the sandbox would never do', () => {
  const blanks = Buffer.alloc(11 * 1024 * 1024, ' ');
  const whole = Buffer.concat([blanks, Buffer.from('{"data":{"groups":[],"count":0}}')]);
  const bomb = gzipSync(whole);
  const send =
    (headers: Record<string, string | number>, ...parts: (string | Buffer)[]): RequestListener =>
    (_, response) => {
      response.writeHead(200, { ...canaryHeaders, ...headers });
      for (const part of parts) response.write(part);
      response.end();
    };

  test.each<[string, Code, RequestListener]>([
    ['too large', 'UPSTREAM_INVALID_RESPONSE', send({ 'content-length': whole.length }, whole)],
    ['too large, in chunks', 'UPSTREAM_INVALID_RESPONSE', send({}, blanks, blanks)],
    [
      'too large once it is unpacked',
      'UPSTREAM_INVALID_RESPONSE',
      send({ 'content-encoding': 'gzip', 'content-length': bomb.length }, bomb),
    ],
    ['no HTTP', 'UPSTREAM_INVALID_RESPONSE', ({ socket }) => socket.end(`${CANARY}\r\n\r\n`)],
    [
      'a body that breaks off',
      'UPSTREAM_INVALID_RESPONSE',
      (_, response) => {
        response.writeHead(200, { 'content-length': 100 }).write(`{"${CANARY}`);
        setTimeout(() => response.destroy(), 20);
      },
    ],
    [
      'gzip that is none',
      'UPSTREAM_INVALID_RESPONSE',
      send({ 'content-encoding': 'gzip' }, CANARY),
    ],
    [
      'a body that never ends',
      'UPSTREAM_TIMEOUT',
      (_, response) => void response.writeHead(200).write('{"data":'),
    ],
    ['no answer', 'UPSTREAM_TIMEOUT', () => undefined],
  ])('%s: %s', async (_, code, answer) => {
    const upstream = await startUpstream(answer);
    const requestDeadlineMs = code === 'UPSTREAM_TIMEOUT' ? 200 : 10_000;
    const gateway = await startGateway(upstream.url, { requestDeadlineMs });
    await expectFailure(gateway, code);
    await gateway.close();
    await upstream.close();
  });

  test('a connection refused: UPSTREAM_UNAVAILABLE', async () => {
    const upstream = await startUpstream(() => undefined);
    await upstream.close();
    const gateway = await startGateway(upstream.url);
    await expectFailure(gateway, 'UPSTREAM_UNAVAILABLE');
    await gateway.close();
  });

  test('a name that nobody knows: UPSTREAM_UNAVAILABLE', async () => {
    // A resolver may take long to say so.
    const gateway = await startGateway('http://nowhere.invalid/api', { requestDeadlineMs: 60_000 });
    await expectFailure(gateway, 'UPSTREAM_UNAVAILABLE');
    await gateway.close();
  });
});

describe('the deadline', () => {
  test('ends a call that hangs', async () => {
    const gateway = await startGateway(stage.sandbox.url, { requestDeadlineMs: 200 });
    stage.sandbox.fail({ delayMs: 3_600_000 });
    await expectFailure(gateway, 'UPSTREAM_TIMEOUT');
    await gateway.close();
  });

  test('is the request’s, not one for each call', async () => {
    const gateway = await startGateway(stage.sandbox.url, { requestDeadlineMs: 2000 });
    // Each in time by itself, both of them are not.
    stage.sandbox.fail({ template: '/v2/groups', delayMs: 500 });
    stage.sandbox.fail({ template: '/v2/task-groups', delayMs: 1800 });
    const { data, errors } = (await gateway.ask(QUERY)).body;
    // The listing made it, the look-up did not.
    expect(data.groups.totalCount).toBe(38);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['UPSTREAM_TIMEOUT']),
    );
    await gateway.close();
  });
});

describe('one malformed group', () => {
  const broken: [string, unknown][] = [
    ['null', null],
    ['a string', CANARY],
    ['a list', []],
    ['no id', { nameDisplay: CANARY }],
    ['an id that is none', rawGroup(2, { _id: '../users' })],
    ['an id of a number', rawGroup(2, { _id: 2 })],
  ];

  test.each(broken)('%s: one null, one error, and the rest complete', async (_, item) => {
    plant(stage, []);
    const groups = [rawGroup(1), item, rawGroup(3)];
    stage.sandbox.fail({
      ...{ template: '/v2/groups', body: JSON.stringify({ data: { groups, count: 3 } }) },
    });
    const { body } = await stage.gateway.ask(
      '{ groups { totalCount nodes { ...id } edges { cursor node { ...id } } pageInfo { hasNextPage } } } fragment id on MenuEntry { id }',
    );
    const { data, errors } = body;
    expect(data.groups.nodes).toEqual([{ id: idOf(1) }, null, { id: idOf(3) }]);
    expect(data.groups.edges.map(({ node }: any) => node)).toEqual(data.groups.nodes);
    expect(new Set(data.groups.edges.map(({ cursor }: any) => cursor)).size).toBe(3);
    expect(data.groups).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: false } });
    // In whatever order: GraphQL promises none.
    expect(
      new Set(errors?.map(({ path, extensions }) => [path.join('.'), extensions.code])),
    ).toEqual(
      new Set([
        ['groups.nodes.1', 'UPSTREAM_INVALID_RESPONSE'],
        ['groups.edges.1.node', 'UPSTREAM_INVALID_RESPONSE'],
      ]),
    );
    expect(JSON.stringify(body)).not.toContain(CANARY);
  });

  test('is no reason to stop a traversal', async () => {
    plant(stage, [rawGroup(1), rawGroup(2, { _id: 'x' }), rawGroup(3), rawGroup(4, { _id: 1 })]);
    let after: string | null = null;
    const seen: unknown[] = [];
    do {
      const { body } = await stage.gateway.ask(
        'query ($after: String) { groups(first: 1, after: $after) { nodes { ... on MenuEntry { id } } pageInfo { hasNextPage endCursor } } }',
        { variables: { after } },
      );
      seen.push(...body.data.groups.nodes);
      after = body.data.groups.pageInfo.hasNextPage ? body.data.groups.pageInfo.endCursor : null;
    } while (after !== null && seen.length < 10);
    expect(seen).toEqual([{ id: idOf(1) }, null, { id: idOf(3) }, null]);
  });

  test('unknown fields pass, missing ones are null', async () => {
    const odd = {
      unknown: { deep: [CANARY] },
      __v: 7,
      help: 5,
      viewSettings: 'x',
      link: { odd: 1 },
    };
    plant(stage, [rawGroup(1, { ...odd, modifiedAt: momentOf(1) }), { _id: idOf(2) }]);
    const { body } = await stage.gateway.ask(
      '{ groups { nodes { ... on MenuEntry { id name code weight modifiedAt icon { path } } } } }',
    );
    const missing = { code: null, weight: null, icon: null };
    expect(body).toEqual({
      data: {
        groups: {
          nodes: [
            { id: idOf(2), name: idOf(2), modifiedAt: null, ...missing },
            { id: idOf(1), name: 'Group 1', modifiedAt: momentOf(1), ...missing },
          ],
        },
      },
    });
  });
});
