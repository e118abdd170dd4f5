import { describe, expect, test } from '@jest/globals';
import { objectId } from '../../sandbox/index.ts';
import type { AskOptions } from '../support/gateway.ts';
import { endpoints, idOf, plant, range, rawGroup, useStage } from '../support/stage.ts';

const stage = useStage();
const EXPLAIN = { 'x-explain': 'true' };

async function ask(query: string, options: AskOptions = {}) {
  const headers = { ...EXPLAIN, ...options.headers };
  const { body, status } = await stage.gateway.ask(query, { ...options, headers });
  return { ...body, status, upstream: body.extensions?.upstream };
}

const FIELD_WORKS = objectId('group', 'field_works');
const SCREEN = `{ group(id: "${FIELD_WORKS}") { ... on TaskGroup {
  channels { nodes { name users { name } } }
  tasks(first: 23) { nodes { name state { name } assignee { name } } } } } }`;

const call = (path: string, parameters: object, more: object = {}) => ({
  method: 'GET',
  path,
  parameters,
  status: 200,
  ms: expect.any(Number),
  attempts: 1,
  source: 'made',
  ...more,
});
/** The summary in one line. */
const told = (calls: string, cost: number) =>
  expect.stringMatching(
    new RegExp(`^${RegExp.escape(calls)}, \\d+ ms, cost ${cost} of 50000$`),
  ) as unknown;
const listed = { page: 1, count: true };
const byChange = { ...listed, sortBy: 'modifiedAt', orderBy: 'asc' };

test('all that was asked of Cotalker, in order, to the letter', async () => {
  const { errors, upstream } = await ask(SCREEN);
  expect(errors).toBeUndefined();
  const ids = expect.stringMatching(/^\d+ ids$/);
  expect(upstream).toEqual({
    summary: told('6 calls to Cotalker (6 made)', 290),
    cost: 290,
    limit: 50_000,
    estimated: 6,
    calls: 6,
    requests: [
      call('/v2/groups', { ...byChange, isActive: 'all', limit: 1000 }),
      call('/v2/task-groups', {
        ...listed,
        groupIds: '1 id',
        isActive: 'all',
        sortBy: 'createdAt',
        orderBy: 'asc',
        limit: 100,
      }),
      call('/v2/task-groups/{id}/tasks', {
        ...listed,
        isActive: 'true',
        sortBy: 'name',
        orderBy: 'asc',
        limit: 23,
      }),
      call('/v2/channels', {
        ...byChange,
        group: '1 id',
        isActive: 'true',
        directChannels: 'all',
        limit: 21,
      }),
      call('/v2/properties', { ids, isActive: 'all', limit: 100, count: true }),
      call('/v2/users', { id: ids, isActive: 'all', limit: 30, count: true }),
    ],
  });
  expect(upstream.requests.map(({ path }: any) => path)).toEqual(endpoints(stage.sandbox));
  expect(Object.keys(upstream).slice(0, 3)).toEqual(['summary', 'cost', 'limit']);
});

describe('tells nothing of what passes through', () => {
  const secrets = /[0-9a-f]{24}|sandbox-user|bearer|127\.0\.0\.1|camila/i;
  const long = idOf(0xabc);

  test.each([
    ['a screen', SCREEN],
    ['a record by its id', `{ channel(id: "${objectId('channel', 'x')}") { name } }`],
    [
      'a search for an id',
      `{ groups(filter: { search: "${long} ${long.toUpperCase()}" }) { totalCount } }`,
    ],
    ['a tree', '{ groups(first: 3) { nodes { ... on MenuEntry { children { __typename } } } } }'],
  ])('of %s', async (_, query) => {
    const { extensions } = await ask(query);
    expect(extensions.upstream.calls).toBeGreaterThan(0);
    expect(JSON.stringify(extensions)).not.toMatch(secrets);
  });
});

describe('sources', () => {
  test('what the request has asked before is reused', async () => {
    const { upstream } = await ask('{ a: groups { totalCount } b: groups { totalCount } }');
    expect(upstream).toEqual({
      summary: told('2 calls to Cotalker (1 made, 1 reused)', 100),
      cost: 100,
      limit: 50_000,
      estimated: 1,
      calls: 1,
      requests: [
        call('/v2/groups', { ...byChange, isActive: 'true', limit: 1 }),
        call(
          '/v2/groups',
          { ...byChange, isActive: 'true', limit: 1 },
          { source: 'reused', attempts: 0 },
        ),
      ],
    });
    expect(stage.sandbox.calls).toHaveLength(1);
  });

  test('what another request of the caller has under way is shared', async () => {
    stage.sandbox.latencyMs = 700;
    const both = await Promise.all([
      ask('{ groups { totalCount } }'),
      ask('{ groups { totalCount } }'),
    ]);
    const sources = both.map(({ upstream }) => [upstream.calls, upstream.requests[0].source]);
    expect(sources.sort()).toEqual([
      [0, 'shared'],
      [1, 'made'],
    ]);
  });
});

test('how long each call took', async () => {
  stage.sandbox.latencyMs = 40;
  const { upstream } = await ask('{ groups { totalCount } }');
  expect(upstream.requests[0].ms).toBeGreaterThanOrEqual(38);
});

describe('where calls fail', () => {
  test.each<[string, object, object]>([
    ['with a status', { status: 403 }, { status: 403 }],
    ['with a status and a body', { status: 500, body: 'secret' }, { status: 500 }],
    ['without an answer', { destroy: true }, { status: null }],
    ['with an answer that is none', { body: 'secret' }, { status: 200 }],
  ])('%s', async (_, fault, expected) => {
    stage.sandbox.fail({ template: '/v2/groups', ...fault });
    const { data, errors, upstream } = await ask('{ groups { totalCount } }');
    expect(data).toEqual({ groups: null });
    expect(errors).toHaveLength(1);
    expect(upstream).toMatchObject({ calls: 1, requests: [expected] });
    expect(JSON.stringify({ errors, upstream })).not.toContain('secret');
  });

  test('some of them: the others stand beside', async () => {
    plant(
      stage,
      range(2).map((n) => rawGroup(n)),
    );
    stage.sandbox.fail({ template: '/v2/task-groups', status: 502 });
    const { errors, upstream } = await ask('{ groups { nodes { __typename } } }');
    expect(errors).toHaveLength(2);
    expect(upstream.requests.map(({ status }: any) => status)).toEqual([200, 502]);
  });

  test.each<[string, AskOptions, number]>([
    ['without a token: none was made', { token: null }, 0],
    ['with a token that is not accepted: one was', { token: 'stranger' }, 1],
  ])('%s', async (_, options, calls) => {
    const { errors, upstream } = await ask('{ groups { totalCount } }', options);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(upstream.calls).toBe(calls);
    expect(upstream.requests.map(({ status }: any) => status)).toEqual(calls === 0 ? [] : [401]);
  });

  test('before any call', async () => {
    const { errors, upstream } = await ask('{ groups(first: -1) { totalCount } }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const summary = told('0 calls to Cotalker', 0);
    expect(upstream).toEqual({
      ...{ summary, cost: 0, limit: 50_000 },
      ...{ estimated: 1, calls: 0, requests: [] },
    });
  });
});

test('the estimate is that of the variables and the operation of the request', async () => {
  const query = `query A($first: Int!) { groups(first: $first) { nodes { __typename } } }
    query B { groups(first: 2) { totalCount } }`;
  const estimate = async (operationName: string, first?: unknown) => {
    const response = await fetch(`${stage.gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        ...EXPLAIN,
        'content-type': 'application/json',
        authorization: 'Bearer sandbox-user',
      },
      body: JSON.stringify({ query, operationName, variables: { first } }),
    });
    const { errors, extensions } = await response.json();
    return extensions?.upstream.cost ?? errors[0].extensions.code;
  };
  const asked = [await estimate('A', 7), await estimate('A', 7), await estimate('A', 9)];
  expect([...asked, await estimate('A', 7)]).toEqual([7, 7, 9, 7]);
  expect([await estimate('B'), await estimate('A', 7)]).toEqual([2, 7]);
  expect([await estimate('A'), await estimate('A')]).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
});

describe('is told to those who ask for it', () => {
  test.each(['true', 'TRUE', ' true '])('with "X-Explain: %s"', async (value) => {
    const { upstream } = await ask('{ groups { totalCount } }', {
      headers: { 'x-explain': value },
    });
    expect(upstream.calls).toBe(1);
  });

  test.each(['false', '1', 'yes', ''])('and not with "X-Explain: %s"', async (value) => {
    const { extensions } = await ask('{ groups { totalCount } }', {
      headers: { 'x-explain': value },
    });
    expect(extensions).toBeUndefined();
  });

  test('nor without the header', async () => {
    const { body } = await stage.gateway.ask('{ groups { totalCount } }');
    expect(Object.keys(body)).toEqual(['data']);
  });
});

describe('over the budget', () => {
  const poor = useStage({ limits: { callsPerRequest: 2, perOwner: 10, total: 100 } });
  test('what was not made is not told', async () => {
    const { body } = await poor.gateway.ask(SCREEN, { headers: EXPLAIN });
    expect(body.errors).toHaveLength(2);
    expect(body.extensions.upstream.calls).toBe(2);
    expect(body.extensions.upstream.requests).toHaveLength(2);
  });
});

describe('EXPLAIN=off', () => {
  const off = useStage({ explain: false });
  test('tells nobody', async () => {
    const { body } = await off.gateway.ask(SCREEN, { headers: EXPLAIN });
    expect(Object.keys(body)).toEqual(['data']);
    expect(off.sandbox.calls).toHaveLength(6);
  });
});

test('a private field of a person is told nowhere', async () => {
  const { data, extensions } = await ask(
    `{ channel(id: "${objectId('channel', 'control_room_s_e_quilicura')}") { users { name } } }`,
  );
  expect(data.channel.users).toHaveLength(3);
  expect(JSON.stringify({ data, extensions })).not.toMatch(/private-|\+56/);
});
