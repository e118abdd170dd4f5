import { describe, expect, test } from '@jest/globals';
import { planted, SANDBOX_ADMIN_TOKEN } from '../../sandbox/index.ts';
import {
  endpoints,
  idOf,
  plant,
  queryOf,
  range,
  rawGroup,
  rawTaskGroup,
  useStage,
} from '../support/stage.ts';

const stage = useStage();
const QUERY = 'query ($id: ID!) { group(id: $id) { __typename ... on MenuEntry { id name } } }';
const admin = { token: SANDBOX_ADMIN_TOKEN, headers: { admin: 'true' } };
const ask = async (id: unknown, options = {}) =>
  (await stage.gateway.ask(QUERY, { variables: { id }, ...options })).body;

const { documented, adminOnly, inactive } = planted.groups;
const [southPacific = ''] = documented;
const unknown = planted.unknownGroup;

describe('with Admin: true, one GET', () => {
  test.each([
    ['a standard group', southPacific, 'StandardGroup', 2],
    ['a link', planted.links.cmd, 'LinkGroup', 1],
    ['an admin-only task group', adminOnly.task, 'TaskGroup', 2],
    ['an admin-only link', adminOnly.link, 'LinkGroup', 1],
    ['an inactive group', inactive[0], 'StandardGroup', 2],
  ])('%s', async (_, id, type, calls) => {
    expect(await ask(id, admin)).toMatchObject({ data: { group: { __typename: type, id } } });
    expect(endpoints(stage.sandbox)).toEqual(
      ['/v2/groups/{id}', '/v2/task-groups'].slice(0, calls),
    );
    expect(stage.sandbox.calls[0]).toMatchObject({ path: `/v2/groups/${id}`, query: [] });
  });

  test('an unknown one is null', async () => {
    expect(await ask(unknown, admin)).toEqual({ data: { group: null } });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups/{id}']);
  });

  test('sandbox-user may not', async () => {
    const { data, errors } = await ask(southPacific, { headers: { admin: 'true' } });
    expect(data).toEqual({ group: null });
    expect(errors).toMatchObject([{ path: ['group'], extensions: { code: 'FORBIDDEN' } }]);
  });

  test('several groups: each is fetched once, and looked up once', async () => {
    plant(
      stage,
      range(3).map((n) => rawGroup(n)),
      [rawTaskGroup(2)],
    );
    const fields = range(3).map((n) => `g${n}: group(id: "${idOf(n)}") { __typename }`);
    const { body } = await stage.gateway.ask(`{ ${fields.join(' ')} }`, admin);
    expect(body.data).toEqual({
      g1: { __typename: 'StandardGroup' },
      g2: { __typename: 'TaskGroup' },
      g3: { __typename: 'StandardGroup' },
    });
    const paths = stage.sandbox.calls.map(({ path }) => path).filter((path) => /\d$/.test(path));
    expect(paths.sort()).toEqual(range(3).map((n) => `/v2/groups/${idOf(n)}`));
    const lookUps = endpoints(stage.sandbox).filter((endpoint) => endpoint === '/v2/task-groups');
    expect(lookUps).toHaveLength(1);
  });

  test.each([
    ['another group', { data: rawGroup(2) }],
    ['no envelope', rawGroup(1)],
    ['a list', { data: [rawGroup(1)] }],
    ['a malformed group', { data: rawGroup(1, { _id: 7 }) }],
    ['null', { data: null }],
  ])('an answer of %s is no group', async (_, body) => {
    stage.sandbox.fail({ template: '/v2/groups/{id}', body: JSON.stringify(body) });
    const { data, errors } = await ask(idOf(1), admin);
    expect(data).toEqual({ group: null });
    expect(errors).toMatchObject([
      { path: ['group'], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ]);
  });
});

describe('without it, from what the caller can list', () => {
  test.each([
    ['a standard group', southPacific, 'StandardGroup', 2],
    ['a task group', planted.groups.withActions, 'TaskGroup', 2],
    ['a link', planted.links.external, 'LinkGroup', 1],
    ['an inactive group', inactive[0], 'StandardGroup', 2],
  ])('%s', async (_, id, type, calls) => {
    expect(await ask(id)).toMatchObject({ data: { group: { __typename: type, id } } });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups', '/v2/task-groups'].slice(0, calls));
    expect(queryOf(stage.sandbox.calls[0])).toMatchObject({ isActive: 'all', limit: '1000' });
  });

  test.each([
    ['an unknown one', unknown],
    ['an admin-only one', adminOnly.standard],
    ['an admin-only one, with the admin’s token', adminOnly.link],
  ])('%s is null, without a look-up', async (what, id) => {
    const options = what.includes('token') ? { token: SANDBOX_ADMIN_TOKEN } : {};
    expect(await ask(id, options)).toEqual({ data: { group: null } });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups']);
  });

  test('one listing serves all', async () => {
    const ids = [southPacific, unknown, adminOnly.task, planted.links.apk, southPacific];
    const fields = ids.map((id, n) => `g${n}: group(id: "${id}") { __typename }`);
    const { body } = await stage.gateway.ask(`{ ${fields.join(' ')} }`);
    expect(body.data).toEqual({
      ...{ g0: { __typename: 'StandardGroup' }, g1: null, g2: null },
      ...{ g3: { __typename: 'LinkGroup' }, g4: { __typename: 'StandardGroup' } },
    });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups', '/v2/task-groups']);
  });

  test.each([1, 3, 10])('a server that returns %d at the most', async (cap) => {
    plant(
      stage,
      range(12).map((n) => rawGroup(n, { link: { cmd: 'x' } })),
    );
    stage.sandbox.maxLimit = cap;
    expect(await ask(idOf(12))).toMatchObject({ data: { group: { name: 'Group 12' } } });
    expect(await ask(idOf(13))).toEqual({ data: { group: null } });
  });

  test('a listing that fails is no absence', async () => {
    stage.sandbox.fail({ template: '/v2/groups', status: 500 });
    const { errors } = await ask(southPacific);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
  });

  test('a group that hides its id is an error for who asks for it alone', async () => {
    plant(stage, [rawGroup(1, { _id: 'none' }), rawGroup(2, { link: { cmd: 'x' } })]);
    expect((await ask(idOf(2))).errors).toBeUndefined();
    expect((await ask(idOf(1))).errors).toMatchObject([
      { path: ['group'], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ]);
  });
});

describe('ids', () => {
  test.each([true, false])('upper case is read as lower case (admin: %j)', async (isAdmin) => {
    const answer = await ask(southPacific.toUpperCase(), isAdmin ? admin : {});
    expect(answer.data.group).toMatchObject({ id: southPacific });
  });

  const invalid = [
    ...['', ' ', '.', '..', '../users', '..%2fusers', '%2e%2e', '/', '?isActive=all', '0'],
    ...[southPacific.slice(1), `${southPacific}0`, `${southPacific} `, ` ${southPacific}`],
    ...[`${southPacific}\n`, `${southPacific}/`, `${southPacific.slice(1)}g`, 'z'.repeat(24)],
    ...['５'.repeat(24), 'а'.repeat(24), '\u{1F600}'.repeat(12), `${southPacific.slice(1)}\u0000`],
    ...['0x'.padEnd(24, '0'), '-'.padEnd(24, '1'), '1e'.padEnd(24, '.')],
    ...[5, 123456789012345680000000],
  ];
  test.each(invalid.flatMap((id) => [true, false].map((isAdmin) => [id, isAdmin])))(
    '%j is refused without a call (admin: %j)',
    async (id, isAdmin) => {
      const { data, errors } = await ask(id, isAdmin === true ? admin : {});
      expect(data?.group ?? null).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(endpoints(stage.sandbox)).toEqual([]);
    },
  );
});
