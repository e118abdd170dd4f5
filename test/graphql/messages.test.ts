import { describe, expect, test } from '@jest/globals';
import { planted, type RawRecord, SANDBOX_USER_ID } from '../../sandbox/index.ts';
import { endpoints, idOf, queryOf, useStage } from '../support/stage.ts';

const stage = useStage();
const CHANNEL = planted.messages.channel;
const MESSAGES = '/v1/messages/channel/{id}/modified/{moment}';

const QUERY = `query ($id: ID!, $first: Int, $after: String, $before: String) {
  channel(id: $id) { messages(first: $first, after: $after, before: $before) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor }
    nodes { __typename id sentAt modifiedAt editedAt isRemoved contentType
      ... on TextMessage { text }
      ... on SystemMessage { markdown }
      ... on EnrichedMessage { text parts { kind text url hint taskId } }
      ... on ImageMessage { image { small square original } }
      ... on FileMessage { url fileName }
      ... on FormMessage { content }
      ... on OtherMessage { content }
    } } } }`;

const ask = async (variables: object, id = CHANNEL) => {
  const { body } = await stage.gateway.ask(QUERY, { variables: { id, ...variables } });
  const errors = body.errors?.map(({ path, extensions }) => [
    path.slice(2).join('.'),
    extensions.code,
  ]);
  return { page: body.data?.channel?.messages, errors, body };
};

/** Asks for one message as the upstream has it. */
async function one(message: RawRecord) {
  const { sandbox } = stage;
  sandbox.data.messages = [
    {
      ...{ _id: idOf(1), channel: CHANNEL, sentBy: SANDBOX_USER_ID },
      ...{ createdAt: Date.UTC(2024, 0, 1), modifiedAt: '2024-01-01T00:00:00.004Z' },
      ...message,
    },
  ];
  const { page, errors } = await ask({ first: 1 });
  const [{ id, sentAt, modifiedAt, ...node }] = page.nodes;
  expect({ id, sentAt }).toEqual({ id: idOf(1), sentAt: '2024-01-01T00:00:00.000Z' });
  return { node, errors, modifiedAt };
}

describe('each kind, by its content type alone', () => {
  const at = (path: string) => `https://files.example/${path}`;
  const picture = { original: at('o'), square: at('q'), small: at('s') };
  const file = JSON.stringify({ url: at('f'), name: 'f.pdf' });

  test.each<[string, string | null, object]>([
    ['text/plain', 'Hi', { __typename: 'TextMessage', text: 'Hi' }],
    ['TEXT/PLAIN; charset=utf-8', file, { __typename: 'TextMessage', text: file }],
    ['text/system', '**Hi**', { __typename: 'SystemMessage', markdown: '**Hi**' }],
    ['text/enriched', 'Hi', { __typename: 'EnrichedMessage', text: 'Hi', parts: [] }],
    ['image/png', JSON.stringify(picture), { __typename: 'ImageMessage', image: picture }],
    ['image/png', 'no picture', { __typename: 'ImageMessage', image: null }],
    ['video/mp4', file, { __typename: 'FileMessage', url: at('f'), fileName: 'f.pdf' }],
    ['application/pdf', file, { __typename: 'FileMessage', url: at('f'), fileName: 'f.pdf' }],
    ['application/vnd.cotalker.survey', '5', { __typename: 'FormMessage', content: '5' }],
    ['application/vnd.cotalker.contact', '{}', { __typename: 'OtherMessage', content: '{}' }],
    ['model/stl', null, { __typename: 'OtherMessage', content: null }],
    ['', 'Hi', { __typename: 'OtherMessage', content: 'Hi' }],
  ])('%s: %s', async (contentType, content, expected) => {
    const { node, errors } = await one({ contentType, content });
    expect([node, errors]).toEqual([
      { editedAt: null, isRemoved: false, contentType, ...expected },
      undefined,
    ]);
    const removed = await one({ contentType, content, isHidden: true });
    expect(Object.values(removed.node).toSorted()).toEqual(
      [
        removed.node.__typename,
        contentType,
        true,
        ...Object.keys(expected).map(() => null),
      ].toSorted(),
    );
  });

  test('an enriched text in its parts', async () => {
    const contentParts = [
      { type: 'text', content: 'Read ' },
      { type: 'link', content: 'the plan', payload: { url: at('p') } },
      { type: 'hover', content: 'it', payload: 'A plan' },
      { type: 'task', content: 'Poda', payload: idOf(7) },
      { type: 'poll', content: 'Yes or no?', payload: 'x' },
      { type: 'link', content: 'bad', payload: 'javascript:alert(1)' },
      { type: 'task', content: 'odd', payload: 'soon' },
      'no part',
    ];
    const { node, errors } = await one({ contentType: 'text/enriched', content: '', contentParts });
    const part = { url: null, hint: null, taskId: null };
    expect(node.parts).toEqual([
      { ...part, kind: 'TEXT', text: 'Read ' },
      { ...part, kind: 'LINK', text: 'the plan', url: at('p') },
      { ...part, kind: 'HOVER', text: 'it', hint: 'A plan' },
      { ...part, kind: 'TASK', text: 'Poda', taskId: idOf(7) },
      { ...part, kind: 'OTHER', text: 'Yes or no?' },
      { ...part, kind: 'LINK', text: 'bad' },
      { ...part, kind: 'TASK', text: 'odd' },
      null,
    ]);
    expect(errors?.toSorted()).toEqual([
      ['nodes.0.parts.5.url', 'UNSAFE_URL'],
      ['nodes.0.parts.6.taskId', 'UPSTREAM_INVALID_RESPONSE'],
      ['nodes.0.parts.7', 'UPSTREAM_INVALID_RESPONSE'],
    ]);
  });

  test.each([
    ['image/png', JSON.stringify({ ...picture, square: 'javascript:alert(1)' }), 'image'],
    ['application/pdf', JSON.stringify({ url: 'javascript:alert(1)' }), 'url'],
  ])('a link of %s that could run script is held back', async (contentType, content, field) => {
    const { node, errors } = await one({ contentType, content });
    expect([node[field], errors]).toEqual([null, [[`nodes.0.${field}`, 'UNSAFE_URL']]]);
  });
});

describe('a message that changed', () => {
  test.each([
    ['within a second', '2024-01-01T00:00:01.000Z', null],
    ['later', '2024-01-01T00:00:01.001Z', '2024-01-01T00:00:01.001Z'],
  ])('%s', async (_, modifiedAt, editedAt) => {
    expect(await one({ content: 'Hi', contentType: 'text/plain', modifiedAt })).toMatchObject({
      node: { editedAt },
      modifiedAt,
    });
  });

  test('is removed if it is hidden or not active; where that cannot be told, it shows no content', async () => {
    const text = { content: 'Hi', contentType: 'text/plain' };
    for (const removed of [{ isHidden: true }, { isActive: false }])
      expect((await one({ ...text, ...removed })).node).toMatchObject({
        isRemoved: true,
        text: null,
      });
    const { node, errors } = await one({ ...text, isHidden: { no: [] } });
    expect(node).toMatchObject({ isRemoved: null, text: null });
    expect(errors?.map(([path]) => path)).toEqual(['nodes.0.isRemoved', 'nodes.0.text']);
  });
});

describe('pages', () => {
  test('the latest change first, on from a cursor, and what changed since one', async () => {
    const { sandbox } = stage;
    const first = await ask({ first: 20 });
    expect(first.page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const moments = first.page.nodes.map(({ modifiedAt }: any) => modifiedAt);
    expect(moments).toEqual(moments.toSorted().toReversed());
    const second = await ask({ first: 20, after: first.page.pageInfo.endCursor });
    expect(second.page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect(second.page.nodes[0].modifiedAt <= moments.at(-1)).toBe(true);

    const edited = sandbox.data.messages.find(({ _id }) => _id === second.page.nodes[3].id);
    Object.assign(edited ?? {}, { content: 'New', modifiedAt: '2024-01-01T00:00:00.000Z' });
    const since = await ask({ first: 20, before: first.page.pageInfo.startCursor });
    expect(since.page.nodes.map(({ id }: any) => id)).toEqual([edited?.['_id']]);
    expect(since.page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(sandbox.calls.filter(({ template }) => template === MESSAGES)).toHaveLength(3);
  });

  test('all that changed since a cursor, by the rule of the schema, where that is more than a page', async () => {
    const { messages } = stage.sandbox.data;
    const [known] = (await ask({ first: 1 })).page.nodes;
    const cursor = (await ask({ first: 1 })).page.pageInfo.startCursor;
    const own = messages.filter(({ channel, _id }) => channel === CHANNEL && _id !== known.id);
    const changed = own.slice(0, 7);
    for (const [n, message] of changed.entries())
      message['modifiedAt'] = new Date(Date.parse(known.modifiedAt) + n).toISOString();

    let { page } = await ask({ first: 2, before: cursor });
    const read = [...page.nodes];
    while (page.nodes.length === 2 && read.at(-1).modifiedAt >= known.modifiedAt) {
      ({ page } = await ask({ first: 2, after: page.pageInfo.endCursor }));
      read.push(...page.nodes);
    }
    const ids = read.map(({ id }: any) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids).toEqual(expect.arrayContaining(changed.map(({ _id }) => _id)));
  });

  test('the calls: a page that is one longer, and no path that changes with the clock', async () => {
    await ask({ first: 20 });
    const { calls } = stage.sandbox;
    const [call] = calls.filter(({ template }) => template === MESSAGES);
    expect(call?.path).toBe(`/v1/messages/channel/${CHANNEL}/modified/4102444800001`);
    expect(queryOf(call)).toEqual({ until: 'false', mpp: '21' });
  });

  test('a page of none tells whether there are any', async () => {
    const { page } = await ask({ first: 0 });
    expect(page).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, endCursor: null } });
    stage.sandbox.data.messages = [];
    const { page: none } = await ask({ first: 0 });
    expect(none).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false } });
  });

  test('what is wrong is refused before any call for messages', async () => {
    const { page } = await ask({ first: 2 });
    const { endCursor: cursor } = page.pageInfo;
    stage.sandbox.reset();
    const other = planted.channels.picture;
    for (const [variables, id, message] of [
      [{ first: 501 }, CHANNEL, /^"first" must be 0 to 500/],
      [{ after: 'x' }, CHANNEL, /^"after" is not a cursor/],
      [{ before: 'x' }, CHANNEL, /^"before" is not a cursor/],
      [{ before: cursor }, other, /^"before" is not a cursor/],
      [{ before: cursor, after: cursor }, CHANNEL, /^Give "after" or "before"/],
    ] as const) {
      const { body } = await ask(variables, id);
      expect(body.errors).toMatchObject([{ message: expect.stringMatching(message) }]);
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect(endpoints(stage.sandbox)).not.toContain(MESSAGES);
  });

  test.each([
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [500, 'UPSTREAM_UNAVAILABLE'],
  ])('%i for messages is an error of theirs, not an empty list', async (status, code) => {
    stage.sandbox.fail({ template: MESSAGES, status });
    const { page, errors } = await ask({});
    expect([page, errors]).toEqual([null, [['', code]]]);
  });

  test('a message without an id is null with an error, the others are there', async () => {
    const { sandbox } = stage;
    sandbox.data.messages = [1, 2, 3].map((n) => ({
      ...{ channel: CHANNEL, createdAt: Date.UTC(2024, 0, n), contentType: 'text/plain' },
      ...{
        _id: n === 2 ? 'soon' : idOf(n),
        modifiedAt: new Date(Date.UTC(2024, 0, n)).toISOString(),
      },
    }));
    const { page, errors } = await ask({ first: 5 });
    expect(page.nodes.map((node: any) => node?.id)).toEqual([idOf(3), undefined, idOf(1)]);
    expect(errors).toEqual([['nodes.1', 'UPSTREAM_INVALID_RESPONSE']]);
  });
});

test('whoever wrote them comes by one call for all, and the channel by none for its id', async () => {
  const query = `{ channel(id: "${CHANNEL}") { messages { nodes { sender { name } channel { id } } } } }`;
  const { body } = await stage.gateway.ask(query);
  expect(body.data.channel.messages.nodes).toHaveLength(50);
  expect(endpoints(stage.sandbox)).toEqual(['/v2/channels/{id}', MESSAGES, '/v2/users']);
});
