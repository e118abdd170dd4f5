import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createSandbox,
  planted,
  type RawRecord,
  type Sandbox,
  SANDBOX_USER_ID,
} from '../../sandbox/index.ts';
import { admin, ask, data, idsOf, records } from './ask.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox.close());

describe('pages', () => {
  test('ten records unless a limit is given, from page 1', async () => {
    const first = await records(sandbox, '/v2/groups');
    expect(first).toHaveLength(10);
    expect(await records(sandbox, '/v2/groups?page=1&limit=10')).toEqual(first);
    expect(await records(sandbox, '/v2/groups?page=4&limit=10')).toHaveLength(8);
    expect(await records(sandbox, '/v2/groups?page=5&limit=10')).toEqual([]);
  });

  test('a limit above the cap is cut in silence, and the offset with it', async () => {
    sandbox.maxLimit = 7;
    const pages: RawRecord[] = [];
    for (let page = 1; page <= 6; page += 1)
      pages.push(...(await records(sandbox, `/v2/groups?limit=200&page=${page}`)));
    sandbox.maxLimit = 1000;
    expect(idsOf(pages)).toEqual(idsOf(await records(sandbox, '/v2/groups?limit=200')));
  });

  test('the total is that of the filter, under the name of the collection', async () => {
    const inactive = '/v2/groups?isActive=false&limit=1';
    expect(await data(sandbox, `${inactive}&count=true`)).toMatchObject({ count: 4 });
    expect(Object.keys(await data(sandbox, inactive))).toEqual(['groups']);
    const channels = await data(sandbox, '/v2/channels?isActive=all&count=true');
    expect(Object.keys(channels)).toEqual(['channels', 'counter']);
    expect(channels['counter']).toBe(67);
    const names = ['/v2/task-groups', '/v2/users', '/v2/properties'].map((path) =>
      data(sandbox, `${path}?count=true`).then(Object.keys),
    );
    expect(await Promise.all(names)).toEqual([
      ['taskgroups', 'count'],
      ['users', 'count'],
      ['properties', 'count'],
    ]);
  });
});

describe('channels', () => {
  const { groupWith25, groupWithNone } = planted.channels;
  const all = '/v2/channels?limit=100&isActive=all';

  test('of one group', async () => {
    expect(await records(sandbox, `${all}&group=${groupWith25}`)).toHaveLength(25);
    expect(await records(sandbox, `${all}&group=${groupWithNone}`)).toEqual([]);
  });

  test('of a hidden group show in admin mode alone, one by one too', async () => {
    const group = planted.groups.adminOnly.standard;
    const [channel] = await records(sandbox, `${all}&group=${group}`, admin);
    expect(channel).toBeDefined();
    expect(await records(sandbox, `${all}&group=${group}`)).toEqual([]);

    const path = `/v2/channels/${String(channel?.['_id'])}`;
    expect(await data(sandbox, path, admin)).toEqual(channel);
    expect((await ask(sandbox, path)).status).toBe(404);
  });

  test('direct, of a user, active, searched', async () => {
    const direct = await records(sandbox, `${all}&directChannels=true`);
    expect(direct).toHaveLength(5);
    expect(await records(sandbox, `${all}&directChannels=false`)).toHaveLength(62);
    expect(await records(sandbox, `${all}&directChannels=all`)).toHaveLength(67);

    const mine = await records(sandbox, `${all}&user=${SANDBOX_USER_ID}`);
    expect(mine.length).toBeGreaterThan(5);
    expect(mine.every(({ userIds }) => (userIds as unknown[]).includes(SANDBOX_USER_ID))).toBe(
      true,
    );

    expect(await records(sandbox, '/v2/channels?limit=100&isActive=false')).toHaveLength(5);
    expect(await records(sandbox, '/v2/channels?limit=100')).toHaveLength(62);
    expect(await records(sandbox, `${all}&search=CUADRILLA`)).toHaveLength(3);
  });

  test('by code, of either generation of the payload', async () => {
    const codes = (await records(sandbox, `${all}&sortBy=nameCode&orderBy=desc`)).map(
      ({ nameCode, code }) => nameCode ?? code,
    );
    expect(codes).toEqual(codes.toSorted().toReversed());
  });
});

describe('users and properties', () => {
  test('by id, the inactive ones only where asked for', async () => {
    const query = [...planted.users.inactive, SANDBOX_USER_ID].map((id) => `id=${id}`).join('&');
    expect(idsOf(await records(sandbox, `/v2/users?${query}`))).toEqual([SANDBOX_USER_ID]);
    expect(await records(sandbox, `/v2/users?${query}&isActive=all`)).toHaveLength(3);
    expect(await records(sandbox, '/v2/users?limit=100&isActive=all')).toHaveLength(20);
    expect(await records(sandbox, '/v2/users?limit=100&isActive=false')).toHaveLength(2);
  });

  test('properties of both generations', async () => {
    const list = await records(sandbox, '/v2/properties?limit=100');
    expect(new Set(list.map(({ name }) => typeof name))).toEqual(new Set(['object', 'undefined']));
    const [one] = list;
    expect(await records(sandbox, `/v2/properties?ids=${String(one?.['_id'])}`)).toEqual([one]);
  });
});
