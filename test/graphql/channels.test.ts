import { describe, expect, test } from '@jest/globals';
import { objectId, planted, type RawRecord } from '../../sandbox/index.ts';
import type { AskOptions } from '../support/gateway.ts';
import {
  endpoints,
  idOf,
  momentOf,
  plant,
  queryOf,
  range,
  rawGroup,
  useStage,
} from '../support/stage.ts';

const stage = useStage();
const ADMIN: AskOptions = { token: 'sandbox-admin', headers: { admin: 'true' } };

const ask = async (query: string, options?: AskOptions) =>
  (await stage.gateway.ask(query, options)).body;

const rawChannel = (n: number, more: RawRecord = {}): RawRecord => ({
  _id: idOf(0x10000 + n),
  group: idOf(1),
  nameDisplay: `Channel ${n}`,
  nameCode: `channel_${n}`,
  modifiedAt: momentOf(n),
  ...more,
});

/** One group with these channels. */
function plantChannels(channels: readonly unknown[]): void {
  plant(stage, [rawGroup(1)]);
  stage.sandbox.data.channels = channels as RawRecord[];
}

/** The group's `channels`, with whatever they came to. */
async function channels(args: string, fields: string) {
  const list = `channels${args && `(${args})`} { ${fields} }`;
  const { data, errors } = await ask(
    `{ groups(filter: { type: STANDARD }) { nodes { ... on StandardGroup { ${list} } } } }`,
  );
  return { page: data.groups.nodes[0].channels, errors };
}

const one = async (record: RawRecord, fields: string) => {
  plantChannels([{ ...rawChannel(1), ...record }]);
  const { data, errors } = await ask(`{ channel(id: "${idOf(0x10001)}") { ${fields} } }`);
  return { channel: data.channel, errors };
};

describe('a channel', () => {
  const PLAIN = `id name code createdAt modifiedAt isActive isDirect isPrivate
    image { small square original } lastMessage { content contentType sentAt sender { name } }`;
  const EMPTY = {
    id: idOf(0x10001),
    code: null,
    createdAt: null,
    modifiedAt: null,
    isActive: true,
    isDirect: false,
    isPrivate: false,
    image: null,
    lastMessage: null,
  };

  test.each<[string, RawRecord, Record<string, unknown>]>([
    [
      'the full payload',
      {
        nameDisplay: 'General',
        nameCode: 'general',
        createdAt: '2020-01-02T03:04:05.678Z',
        modifiedAt: '2021-01-02T03:04:05.678Z',
        isActive: false,
        isDirect: true,
        isPrivate: true,
        image: { small: 's', square: 'q', original: 'o' },
        lastMessage: {
          content: 'Hola',
          contentType: 'text/plain',
          date: momentOf(1),
          sender: null,
        },
      },
      {
        name: 'General',
        code: 'general',
        createdAt: '2020-01-02T03:04:05.678Z',
        modifiedAt: '2021-01-02T03:04:05.678Z',
        isActive: false,
        isDirect: true,
        isPrivate: true,
        image: { small: 's', square: 'q', original: 'o' },
        lastMessage: {
          content: 'Hola',
          contentType: 'text/plain',
          sentAt: momentOf(1),
          sender: null,
        },
      },
    ],
    [
      'the short payload',
      { name: 'General', code: 'general' },
      { name: 'General', code: 'general' },
    ],
    ['a code alone', { nameCode: 'general' }, { name: 'general', code: 'general' }],
    ['nothing but an id', {}, { name: idOf(0x10001) }],
    ['nulls', { name: null, isActive: null, image: null, userIds: null }, { name: idOf(0x10001) }],
    ['an image without a picture', { image: {} }, { name: idOf(0x10001) }],
    ['unknown fields', { bots: [], videoCall: { isActive: false } }, { name: idOf(0x10001) }],
  ])('from %s', async (_, record, expected) => {
    plantChannels([{ _id: idOf(0x10001), ...record }]);
    const { data, errors } = await ask(`{ channel(id: "${idOf(0x10001)}") { ${PLAIN} } }`);
    expect(errors).toBeUndefined();
    expect(data.channel).toEqual({ ...EMPTY, ...expected });
  });

  test('its people stand in the order of their ids; who is unknown is null, without an error', async () => {
    const [camila, diego] = ['camila_rojas', 'diego_salazar'].map((key) => objectId('user', key));
    const { channel, errors } = await one(
      {
        userIds: [diego, planted.unknownUser, camila, diego],
        groupOwnerIds: [planted.unknownUser],
        lastMessage: { sender: camila },
      },
      'users { id name } admins { name } lastMessage { sender { name } }',
    );
    expect(errors).toBeUndefined();
    expect(channel).toEqual({
      users: [
        { id: diego, name: 'Diego Salazar' },
        null,
        { id: camila, name: 'Camila Rojas' },
        { id: diego, name: 'Diego Salazar' },
      ],
      admins: [null],
      lastMessage: { sender: { name: 'Camila Rojas' } },
    });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/channels/{id}', '/v2/users']);
    expect(queryOf(stage.sandbox.calls[1])).toMatchObject({
      id: [diego, planted.unknownUser, camila],
      isActive: 'all',
    });
  });

  test('nobody takes no call', async () => {
    const { channel } = await one({ userIds: [] }, 'users { name } admins { name }');
    expect(channel).toEqual({ users: [], admins: [] });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/channels/{id}']);
  });

  test('its group takes no call where the query has met it', async () => {
    plantChannels([rawChannel(1)]);
    const { page } = await channels('', 'nodes { group { __typename ... on MenuEntry { name } } }');
    expect(page.nodes).toEqual([{ group: { __typename: 'StandardGroup', name: 'Group 1' } }]);
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups', '/v2/channels']);
  });

  test.each([
    ['of the whole listing', undefined, ['/v2/groups']],
    ['of the one record, in admin mode', ADMIN, ['/v2/groups/{id}']],
  ])('its group takes a call %s where it has not', async (_, options, calls) => {
    plantChannels([rawChannel(1)]);
    const query = `{ channel(id: "${idOf(0x10001)}") { group { ... on MenuEntry { name } } } }`;
    expect((await ask(query, options)).data.channel.group).toEqual({ name: 'Group 1' });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/channels/{id}', ...calls]);
  });

  test.each([
    ['it has none', { group: null }],
    ['it is not on the listing of those that the caller sees', { group: planted.unknownGroup }],
  ])('its group is null where %s', async (_, record) => {
    const { channel, errors } = await one(record, 'name group { __typename }');
    expect({ channel, errors }).toEqual({ channel: { name: 'Channel 1', group: null } });
  });
});

describe('Query.channel', () => {
  const query = (id: string): string => `{ channel(id: "${id}") { id name } }`;
  const known = { id: idOf(0xabcdef), name: 'Channel 1' };

  test.each([
    ['by its id', idOf(0xabcdef)],
    ['by its id in capitals', idOf(0xabcdef).toUpperCase()],
  ])('found %s, in one call', async (_, id) => {
    plantChannels([rawChannel(1, { _id: idOf(0xabcdef) })]);
    expect(await ask(query(id))).toEqual({ data: { channel: known } });
    expect(stage.sandbox.calls.map(({ path }) => path)).toEqual([`/v2/channels/${idOf(0xabcdef)}`]);
  });

  test.each<[string, string, string | undefined, number]>([
    ['unknown', idOf(7), undefined, 1],
    ['no id', 'general', 'BAD_USER_INPUT', 0],
    ['an empty id', '', 'BAD_USER_INPUT', 0],
    ['a path', '../groups', 'BAD_USER_INPUT', 0],
    ['25 characters', `${idOf(1)}0`, 'BAD_USER_INPUT', 0],
  ])('%s is null', async (_, id, code, calls) => {
    const { data, errors } = await ask(query(id));
    expect(data).toEqual({ channel: null });
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(
      code && [[['channel'], code]],
    );
    expect(stage.sandbox.calls).toHaveLength(calls);
  });

  test.each([
    [{ status: 403 }, 'FORBIDDEN'],
    [{ status: 500 }, 'UPSTREAM_UNAVAILABLE'],
    [{ body: `{"data":{"_id":"${idOf(8)}"}}` }, 'UPSTREAM_INVALID_RESPONSE'],
    [{ body: `{"data":{"_id":"7","isActive":true}}` }, 'UPSTREAM_INVALID_RESPONSE'],
  ])('%j fails with %s', async (fault, code) => {
    stage.sandbox.fail({ template: '/v2/channels/{id}', ...fault });
    const { data, errors } = await ask(query(idOf(7)));
    expect(data).toEqual({ channel: null });
    expect(errors).toMatchObject([{ path: ['channel'], extensions: { code } }]);
  });

  test('several come from one listing, those not on it one by one', async () => {
    plantChannels(range(9).map((n) => rawChannel(n)));
    const ids = [...range(9).map((n) => idOf(0x10000 + n)), idOf(7)];
    const { data, errors } = await ask(
      `{ ${ids.map((id, index) => `c${index}: channel(id: "${id}") { name }`).join(' ')} }`,
    );
    expect(errors).toBeUndefined();
    expect(Object.values(data)).toEqual([...range(9).map((n) => ({ name: `Channel ${n}` })), null]);
    expect(endpoints(stage.sandbox)).toEqual(['/v2/channels', '/v2/channels/{id}']);
  });

  test('several, where the listing is barred', async () => {
    plantChannels(range(3).map((n) => rawChannel(n)));
    stage.sandbox.fail({ template: '/v2/channels', status: 403 });
    const ids = range(3).map((n) => idOf(0x10000 + n));
    const { data } = await ask(
      `{ ${ids.map((id, index) => `c${index}: channel(id: "${id}") { name }`).join(' ')} }`,
    );
    expect(Object.values(data)).toEqual(range(3).map((n) => ({ name: `Channel ${n}` })));
    expect(stage.sandbox.calls).toHaveLength(4);
  });
});
