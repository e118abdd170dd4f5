import { describe, expect, test } from '@jest/globals';
import {
  FIRST_READINGS,
  objectId,
  planted,
  type RawRecord,
  type Readings,
  SANDBOX_USER_ID,
} from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { endpoints, useStage } from '../support/stage.ts';

const stage = useStage();

const SEND = `mutation Send($input: SendMessageInput!) {
  sendMessage(input: $input) {
    clientMutationId
    message { __typename id sentAt editedAt isRemoved sender { id } channel { id } ... on TextMessage { text } }
    errors { __typename message ... on Refused { status } }
  }
}`;
const CHANNEL = planted.messages.channel;
const writes = () => stage.sandbox.calls.filter(({ method }) => method !== 'GET');
const POST = ({ method }: { readonly method: string }): boolean => method === 'POST';
const channel = (id: string): RawRecord => {
  const found = stage.sandbox.data.channels.find(({ _id }) => _id === id);
  if (!found) throw new Error(`no channel ${id}`);
  return found;
};

type Options = Parameters<typeof stage.gateway.ask>[1];
async function send(input: Readonly<Record<string, unknown>> = {}, options: Options = {}) {
  const { status, body } = await stage.gateway.ask(SEND, {
    variables: { input: { channelId: CHANNEL, text: 'Ya voy.', ...input } },
    ...options,
  });
  return { status, payload: body.data?.sendMessage, errors: body.errors };
}

describe('a message is sent', () => {
  test.each<[string, Partial<Readings>]>([
    ['as the sample has it', {}],
    ['in an envelope', { messagesEnvelope: 'data' }],
    ['with its date in ISO 8601', { messagesCreatedAt: 'iso' }],
    ['with all dates in milliseconds', { dates: 'epoch' }],
  ])('and comes as Cotalker has it, %s', async (_, readings) => {
    stage.sandbox.readings = { ...FIRST_READINGS, ...readings };
    const { payload, errors } = await send({ clientMutationId: 'c-1' });
    expect(errors).toBeUndefined();
    expect(payload).toEqual({
      clientMutationId: 'c-1',
      message: {
        __typename: 'TextMessage',
        id: stage.sandbox.data.messages.at(-1)?.['_id'],
        sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
        editedAt: null,
        isRemoved: false,
        sender: { id: SANDBOX_USER_ID },
        channel: { id: CHANNEL },
        text: 'Ya voy.',
      },
      errors: [],
    });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/users/me', '/v1/messages']);
  });

  test('and is looked for where the answer tells nothing but its id', async () => {
    stage.sandbox.readings = { ...FIRST_READINGS, written: 'id' };
    const { payload, errors } = await send();
    expect(errors).toBeUndefined();
    expect(payload.message).toMatchObject({
      id: stage.sandbox.data.messages.at(-1)?.['_id'],
      ...{ sentAt: expect.any(String), text: 'Ya voy.', sender: { id: SANDBOX_USER_ID } },
    });
    const history = '/v1/messages/channel/{id}/modified/{moment}';
    expect(endpoints(stage.sandbox)).toEqual(['/v2/users/me', '/v1/messages', history]);
  });

  test('where it cannot be looked for, what is not known fails alone: it is sent', async () => {
    stage.sandbox.readings = { ...FIRST_READINGS, written: 'id' };
    stage.sandbox.fail({ matches: ({ path }) => path.includes('/modified/'), status: 403 });
    const { payload, errors } = await send();
    expect(payload).toMatchObject({
      message: { text: 'Ya voy.', isRemoved: false, sentAt: null, sender: { id: SANDBOX_USER_ID } },
      errors: [],
    });
    expect(errors?.map(({ path, extensions }) => [path.at(-1), extensions.code])).toEqual([
      ['sentAt', 'FORBIDDEN'],
      ['editedAt', 'FORBIDDEN'],
    ]);
    expect(writes()).toHaveLength(1);
  });

  test('as the sheet says, in the name of whose token it is, and the text as it was', async () => {
    const text = '  *Ya* voy 🚚\n"<b>"\u0000';
    const { payload } = await send({ text });
    expect(writes().map(({ method, template, body }) => [method, template, body])).toEqual([
      [
        'POST',
        '/v1/messages',
        {
          ...{ channel: CHANNEL, content: text, contentType: 'text/plain' },
          ...{ isSaved: 2, sentBy: SANDBOX_USER_ID },
        },
      ],
    ]);
    expect(payload.message.text).toBe(text);
  });

  test('by one call, where the viewer is remembered', async () => {
    const gateway = await startGateway(stage.sandbox.url, { caching: { referenceMs: 60_000 } });
    const query = `mutation { sendMessage(input: { channelId: "${CHANNEL}", text: "a" }) { errors { message } } }`;
    await gateway.ask(query);
    stage.sandbox.calls.length = 0;
    await gateway.ask(query);
    await gateway.close();
    expect(stage.sandbox.calls.map(({ method }) => method)).toEqual(['POST']);
  });

  test('twice by a double click: nothing is shared, and nothing replayed', async () => {
    const [one, other] = await Promise.all([
      send({ clientMutationId: 'same' }),
      send({ clientMutationId: 'same' }),
    ]);
    expect(one.payload.message.id).not.toBe(other.payload.message.id);
    expect(writes()).toHaveLength(2);
  });

  test.each([
    ['nothing is remembered', {}],
    ['answers are remembered', { caching: { ttlMs: 60_000 } }],
  ])(
    'and its channel tells it as its last one, though a mutation before it has read that, where %s',
    async (_, options) => {
      const gateway = await startGateway(stage.sandbox.url, options);
      const one = (alias: string, text: string): string =>
        `${alias}: sendMessage(input: { channelId: "${CHANNEL}", text: "${text}" }) {
        message { channel { lastMessage { text } messages(first: 1) { nodes { ... on TextMessage { text } } } } } }`;
      const { body } = await gateway.ask(`mutation { ${one('a', 'one')} ${one('b', 'two')} }`);
      await gateway.close();
      expect(body.errors).toBeUndefined();
      for (const [alias, text] of [
        ['a', 'one'],
        ['b', 'two'],
      ] as const)
        expect(body.data[alias].message.channel).toEqual({
          lastMessage: { text },
          messages: { nodes: [{ text }] },
        });
    },
  );
});

describe('what hinders it', () => {
  const OTHERS = objectId('channel', 'company_announcements_general');
  const admin = { token: 'sandbox-admin', headers: { admin: 'true' } };

  test.each<[string, Record<string, unknown>, Options, string]>([
    ['a channel that the person is not in', { channelId: OTHERS }, {}, 'NotAllowed'],
    ['a channel of another company', {}, { token: 'sandbox-user-b' }, 'Gone'],
    ['a channel that is not there', { channelId: planted.unknownGroup }, {}, 'Gone'],
    [
      'a channel that is no longer in use',
      { channelId: objectId('channel', 'legacy_dispatch_turno_noche') },
      {},
      'Gone',
    ],
  ])('%s', async (_, input, options, type) => {
    const before = stage.sandbox.data.messages.length;
    const { payload, errors } = await send(input, options);
    expect(errors).toBeUndefined();
    expect(payload).toMatchObject({ message: null, errors: [{ __typename: type }] });
    expect(stage.sandbox.data.messages).toHaveLength(before);
    expect(writes()).toHaveLength(1);
  });

  test('a channel in which only its admins write, since the person saw it', async () => {
    channel(CHANNEL)['settings'] = { write: 'none' };
    expect((await send()).payload.errors).toMatchObject([
      { __typename: 'NotAllowed', message: expect.stringContaining('"Admin: true"') },
    ]);
    channel(CHANNEL)['groupOwnerIds'] = [SANDBOX_USER_ID];
    expect((await send()).payload.errors).toEqual([]);
  });

  test('nothing, with more rights', async () => {
    const { payload } = await send({ channelId: OTHERS }, admin);
    expect(payload.errors).toEqual([]);
    expect(writes().map(({ headers }) => headers['admin'])).toEqual(['true']);
  });

  test.each([
    [{ text: ' \n ' }, '"text" must not be blank.'],
    [{ channelId: 'general' }, '"channelId" must be 24 hexadecimal characters.'],
  ])('%j, before any call', async (input, message) => {
    const { errors } = await send(input);
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(stage.sandbox.calls).toEqual([]);
  });

  test.each([
    [403, 'FORBIDDEN'],
    [404, 'UPSTREAM_INVALID_RESPONSE'],
    [500, 'UPSTREAM_UNAVAILABLE'],
    [401, 'UNAUTHENTICATED'],
  ])(
    'a viewer who cannot be known, by %d: that is no hindrance, nothing is sent',
    async (status, code) => {
      stage.sandbox.fail({ template: '/v2/users/me', status });
      const { payload, errors } = await send();
      expect([payload, errors?.[0].extensions.code]).toEqual([null, code]);
      expect(writes()).toEqual([]);
    },
  );
});

describe('what its write comes to', () => {
  test.each([
    ['a lost answer', { destroy: true, isDone: true }, 1],
    ['a lost connection', { destroy: true }, 0],
    ['500', { status: 500 }, 0],
    ['504 after the deed', { status: 504, isDone: true }, 1],
    ['an answer without a message', { status: 200, body: '{}', isDone: true }, 1],
    ['an empty answer', { status: 204, isDone: true }, 1],
  ])('OUTCOME_UNKNOWN for %s, and it is not sent again', async (_, fault, count) => {
    const before = stage.sandbox.data.messages.length;
    stage.sandbox.fail({ matches: POST, ...fault });
    const { payload, errors } = await send();
    expect(payload).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN' } }]);
    expect([writes().length, stage.sandbox.data.messages.length - before]).toEqual([1, count]);
  });

  test.each([
    [400, 'Refused'],
    [403, 'NotAllowed'],
    [404, 'Gone'],
    [422, 'Refused'],
  ])('%d is %s', async (status, type) => {
    stage.sandbox.fail({ matches: POST, status });
    expect((await send()).payload).toMatchObject({ message: null, errors: [{ __typename: type }] });
    expect(writes()).toHaveLength(1);
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [429, 'RATE_LIMITED'],
  ])('%d is %s', async (status, code) => {
    stage.sandbox.fail({ matches: POST, status });
    expect((await send()).errors).toMatchObject([{ extensions: { code } }]);
    expect(writes()).toHaveLength(1);
  });
});
