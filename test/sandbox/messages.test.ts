import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createSandbox,
  FIRST_READINGS,
  planted,
  type RawRecord,
  type Readings,
  type Sandbox,
} from '../../sandbox/index.ts';
import { admin, ask, idsOf, user } from './ask.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => {
  sandbox.readings = FIRST_READINGS;
  sandbox.maxLimit = 1000;
});
afterAll(() => sandbox.close());

const { channel } = planted.messages;
const pathOf = (moment: string | number, id = channel): string =>
  `/v1/messages/channel/${id}/modified/${moment}`;
const read = (readings: Partial<Readings>): void => {
  sandbox.readings = { ...FIRST_READINGS, ...readings };
};
const list = async (moment: string | number, query = ''): Promise<RawRecord[]> =>
  JSON.parse((await ask(sandbox, pathOf(moment) + query)).text) as RawRecord[];
const history = (): RawRecord[] =>
  sandbox.data.messages
    .filter((one) => one['channel'] === channel)
    .toSorted((a, b) => Date.parse(String(a['modifiedAt'])) - Date.parse(String(b['modifiedAt'])));
const BACK = '?until=false&mpp=30';
const LATE = Date.UTC(2100);
const EARLY = '1970-01-01T00:00:00.000Z';

test('all that changed since, the earliest first', async () => {
  expect(idsOf(await list(EARLY))).toEqual(idsOf(history()));
  const [since = {}] = history().slice(-10);
  expect(idsOf(await list(String(since['modifiedAt'])))).toEqual(idsOf(history().slice(-10)));
  // A moment in milliseconds is one as well.
  expect(await list(Date.parse(String(since['modifiedAt'])))).toHaveLength(10);
});

test('backwards, the latest of those until then', async () => {
  expect(idsOf(await list(LATE, BACK))).toEqual(idsOf(history().slice(-30)));
  const [first = {}] = history().slice(-30);
  const before = Date.parse(String(first['modifiedAt'])) - 1;
  expect(idsOf(await list(before, BACK))).toEqual(idsOf(history().slice(-60, -30)));
});

test('only as the last one of its channel, a message begins with the name of its sender', async () => {
  const id = planted.channels.namedMessage;
  const named = sandbox.data.channels.find(({ _id }) => _id === id);
  const lastMessage = named?.['lastMessage'] as RawRecord;
  const content = String(lastMessage['content']);
  expect(content).toMatch(/^\p{Lu}[\p{L} ]+: ./u);
  const messages = JSON.parse((await ask(sandbox, pathOf(EARLY, id))).text) as RawRecord[];
  const [, ...said] = content.split(': ');
  expect(messages.at(-1)).toMatchObject({
    sentBy: lastMessage['sender'] ?? lastMessage['sentBy'],
    content: said.join(': '),
  });
});

describe('readings', () => {
  const at = (): string => String(history()[10]?.['modifiedAt']);

  test('the boundary', async () => {
    read({ messagesBoundary: 'exclusive' });
    expect(await list(at())).toHaveLength(history().length - 11);
    expect(await list(Date.parse(at()), BACK)).toHaveLength(10);
    read({ messagesBoundary: 'inclusive' });
    expect(await list(at())).toHaveLength(history().length - 10);
    expect(await list(Date.parse(at()), BACK)).toHaveLength(11);
  });

  test('backwards is not known', async () => {
    read({ messagesBack: 'ignored' });
    expect(await list(LATE, BACK)).toEqual([]);
    expect(idsOf(await list(Date.parse(at()), BACK))).toEqual(idsOf(history().slice(10)));
    read({ messagesBack: 'refused' });
    expect((await ask(sandbox, pathOf(LATE) + BACK)).status).toBe(400);
  });

  test('the length of a page, the order, the envelope, and dates', async () => {
    read({ mpp: 'ignored' });
    expect(await list(LATE, BACK)).toHaveLength(20);
    sandbox.maxLimit = 7;
    read({ messagesOrder: 'newestFirst', messagesCreatedAt: 'iso', dates: 'epoch' });
    const page = await list(LATE, BACK);
    expect(idsOf(page)).toEqual(idsOf(history().slice(-7).toReversed()));
    expect(Number.isNaN(Number(page[0]?.['createdAt']))).toBe(false);
    read({ messagesEnvelope: 'data', messagesCreatedAt: 'iso' });
    const { data }: any = await list(LATE, BACK);
    expect(data[0].createdAt).toBe(
      new Date(history().at(-7)?.['createdAt'] as number).toISOString(),
    );
  });
});

test.each([
  ['an unknown channel', pathOf(EARLY, planted.unknownGroup), 404],
  ['no id', pathOf(EARLY, 'general'), 400],
  ['no moment', pathOf('yesterday'), 400],
  ['another parameter', `${pathOf(EARLY)}?limit=3`, 400],
  ['no moment at all', `/v1/messages/channel/${channel}/modified`, 404],
])('%s is refused', async (_, path, status) => {
  expect((await ask(sandbox, path)).status).toBe(status);
});

test('a channel of a group that only admins see has no messages for others', async () => {
  const hidden = sandbox.data.channels.find(
    ({ group }) => group === planted.groups.adminOnly.standard,
  );
  const path = pathOf(EARLY, String(hidden?.['_id']));
  expect((await ask(sandbox, path, user)).status).toBe(404);
  expect((await ask(sandbox, path, admin)).status).toBe(200);
});
