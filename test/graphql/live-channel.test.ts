import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { objectId, planted, type RawRecord, SANDBOX_USER_ID } from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { POLL_MS, useLiveStage } from '../support/live-stage.ts';
import { endpoints, idOf, momentOf, range } from '../support/stage.ts';

const live = useLiveStage();
const { stage, follow } = live;
const CHANNEL = planted.messages.channel;
const MESSAGES = '/v1/messages/channel/{id}/modified/{moment}';

const FOLLOW = `subscription ($id: ID!, $after: String) { channelChanged(channelId: $id, after: $after) {
  cursor node { id isRemoved ... on TextMessage { text } } } }`;
const PAGE = `{ channel(id: "${CHANNEL}") { messages(first: 3) { pageInfo { startCursor } } } }`;

/** The nth message, as it is at the nth moment or at another. */
const message = (n: number, more: RawRecord = {}): RawRecord => ({
  ...{ _id: idOf(n), channel: CHANNEL, sentBy: SANDBOX_USER_ID },
  ...{ content: `Message ${n}`, contentType: 'text/plain' },
  ...{ createdAt: Date.parse(momentOf(n)), modifiedAt: momentOf(n), isHidden: false },
  ...more,
});
const plantMessages = (count: number): void => {
  stage.sandbox.data.messages = range(count).map((n) => message(n));
};
const write = (n: number, more: RawRecord = {}): void => {
  const { messages } = stage.sandbox.data;
  const known = messages.find(({ _id }) => _id === idOf(n));
  if (known) Object.assign(known, message(n, more));
  else messages.push(message(n, more));
};
const followChannel = (variables: object = {}, token?: string) =>
  follow(
    { variables: { id: CHANNEL, ...variables }, ...(token !== undefined && { token }) },
    FOLLOW,
  );
const polls = (): number =>
  endpoints(stage.sandbox).filter((template) => template === MESSAGES).length;
const idsOf = (event: any) => event.data.channelChanged.node.id;

describe('the messages of a channel', () => {
  test('that are new, edited and removed come in the order of their changes', async () => {
    plantMessages(5);
    const events = await followChannel();
    write(6);
    expect(await events.next()).toMatchObject({
      data: { channelChanged: { node: { id: idOf(6), isRemoved: false, text: 'Message 6' } } },
    });
    write(2, { content: 'Edited', modifiedAt: momentOf(7) });
    write(3, { isHidden: true, modifiedAt: momentOf(8) });
    expect((await events.next()).data.channelChanged.node).toEqual({
      ...{ id: idOf(2), isRemoved: false, text: 'Edited' },
    });
    expect((await events.next()).data.channelChanged.node).toEqual({
      ...{ id: idOf(3), isRemoved: true, text: null },
    });
  });

  test('go on from a cursor, of an event or of a page, and lose nothing', async () => {
    plantMessages(5);
    const { body } = await stage.gateway.ask(PAGE);
    write(6);
    write(7);
    const after = body.data.channel.messages.pageInfo.startCursor;
    const events = await followChannel({ after });
    const first = await events.next();
    expect([idsOf(first), idsOf(await events.next())]).toEqual([idOf(6), idOf(7)]);
    events.leave();
    // One that comes to the very moment of the last, with a smaller id.
    write(1, { modifiedAt: momentOf(7) });
    write(9);
    const again = await followChannel({ after: first.data.channelChanged.cursor });
    const rest = [await again.next(), await again.next(), await again.next()].map(idsOf);
    expect(rest.toSorted()).toEqual([idOf(1), idOf(7), idOf(9)].toSorted());
  });

  test.each(['exclusive', 'inclusive'] as const)('of an empty channel, %s', async (boundary) => {
    plantMessages(0);
    stage.sandbox.readings = { ...stage.sandbox.readings, messagesBoundary: boundary };
    const events = await followChannel();
    write(1);
    write(2);
    expect([idsOf(await events.next()), idsOf(await events.next())]).toEqual([idOf(1), idOf(2)]);
  });
});

test('a message that is sent comes to all who follow its channel', async () => {
  const followers = [await followChannel(), await followChannel({}, 'sandbox-admin')];
  const { body } = await stage.gateway.ask(
    `mutation { sendMessage(input: { channelId: "${CHANNEL}", text: "Ya voy." }) { message { id } } }`,
  );
  const { id } = body.data.sendMessage.message;
  for (const events of followers)
    expect((await events.next()).data.channelChanged.node).toEqual({
      ...{ id, isRemoved: false, text: 'Ya voy.' },
    });
});

test('a message that is sent comes with the next poll, however slow they have become', async () => {
  plantMessages(5);
  const pollMs = 200;
  const gateway = await startGateway(stage.sandbox.url, {
    live: { pollMs, maxSubscriptions: 3 },
  });
  const quiet = objectId('channel', 'control_room_s_e_quilicura');
  const pollsOf = (id: string): number =>
    stage.sandbox.calls.filter(({ template, path }) => template === MESSAGES && path.includes(id))
      .length;
  await follow({ variables: { id: quiet } }, FOLLOW, gateway.url);
  const events = await follow({ variables: { id: CHANNEL } }, FOLLOW, gateway.url);
  // From the fifth on, they wait for six times as long.
  while (Math.min(pollsOf(quiet), pollsOf(CHANNEL)) < 5) await sleep(5);
  const before = pollsOf(quiet);
  await gateway.ask(
    `mutation { sendMessage(input: { channelId: "${CHANNEL}", text: "Ya voy." }) { message { id } } }`,
  );
  expect((await events.next()).data.channelChanged.node).toMatchObject({ text: 'Ya voy.' });
  // Its turn was before that of the channel.
  expect(pollsOf(quiet)).toBe(before);
  live.leaveAll();
  await gateway.close();
});

describe('what it costs', () => {
  test('one poll for all who follow a channel with the same token, one call each', async () => {
    plantMessages(5);
    const followers = [await followChannel(), await followChannel()];
    await followChannel({}, 'sandbox-admin');
    const { calls } = stage.sandbox;
    const opened = polls();
    await sleep(3.5 * POLL_MS);
    // Of two tokens, at 100 and 300 ms.
    expect(polls() - opened).toBeLessThanOrEqual(4);
    for (const { template, path } of calls.slice(-2)) {
      expect(template).toBe(MESSAGES);
      expect(path).toContain(new Date(Date.parse(momentOf(5)) - 1).toISOString());
    }
    write(6);
    for (const events of followers) expect(idsOf(await events.next())).toBe(idOf(6));
  });

  test('it opens with one call, or none where somebody follows already', async () => {
    plantMessages(60);
    await followChannel();
    expect(polls()).toBe(1);
    await followChannel();
    expect(polls()).toBe(1);
  });
});

test.each([
  [{ id: 'general' }, /^"channelId" must be 24/],
  [{ after: 'x' }, /^"after" is not a cursor/],
])('%j is refused before any call', async (variables, message) => {
  const events = await followChannel(variables);
  const { errors } = await events.next();
  expect(errors).toMatchObject([{ message: expect.stringMatching(message) }]);
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  expect(polls()).toBe(0);
});

test('a channel that is gone ends it, and is not polled any more', async () => {
  const events = await followChannel();
  const { data } = stage.sandbox;
  data.channels = data.channels.filter(({ _id }) => _id !== CHANNEL);
  const { errors } = await events.next();
  expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  const before = polls();
  await sleep(8 * POLL_MS);
  expect(polls()).toBe(before);
});

test('a channel that the caller may not read is an error', async () => {
  stage.sandbox.fail({ template: MESSAGES, status: 403 });
  const { errors } = await (await followChannel()).next();
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});
