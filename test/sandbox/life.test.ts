import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createSandbox,
  EVERY_20_SECONDS,
  type RawRecord,
  type Sandbox,
  SANDBOX_USER_B_TOKEN,
} from '../../sandbox/index.ts';
import { subscribe } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';
import { FOLLOW } from '../support/live-stage.ts';
import { records } from './ask.ts';

const START = Date.UTC(2026, 0, 1);
let now = START;
let sandbox: Sandbox;
const living = (seed = 'a seed'): Promise<Sandbox> =>
  createSandbox({ life: { ...EVERY_20_SECONDS, seed, now: () => now } });
beforeEach(async () => {
  now = START;
  sandbox = await living();
});
afterEach(() => sandbox.close());

const groups = (of = sandbox): Promise<RawRecord[]> =>
  records(of, '/v2/groups?isActive=all&limit=99');
/** Has the changes made that are due. */
const wake = async (of = sandbox): Promise<void> => {
  await groups(of);
};
/** What changed since, by the field that the upstream dates it with. */
const changedSince = (list: readonly RawRecord[], moment: number): RawRecord[] =>
  list.filter(({ modifiedAt }) => Date.parse(String(modifiedAt)) >= moment);

describe('a company that lives', () => {
  test('in 20 s renames a group, has two change places, moves a task on and gets a message', async () => {
    const before = structuredClone(sandbox.data);
    now += 19_999;
    await wake();
    const { data } = sandbox;
    const was = (list: readonly RawRecord[], { _id }: RawRecord): RawRecord | undefined =>
      list.find((one) => one['_id'] === _id);

    const changed = changedSince(data.groups, START);
    const renamed = changed.filter(
      (group) =>
        (group['nameDisplay'] ?? group['name']) !==
        (was(before.groups, group)?.['nameDisplay'] ?? was(before.groups, group)?.['name']),
    );
    expect(renamed).toHaveLength(1);
    const moved = changed.filter(
      ({ weight, ...group }) => weight !== was(before.groups, group)?.['weight'],
    );
    expect(moved).toHaveLength(2);
    expect(moved.map(({ weight }) => weight).toSorted()).toEqual(
      moved.map((group) => was(before.groups, group)?.['weight']).toSorted(),
    );
    expect(changedSince(data.tasks, START)).toHaveLength(1);
    const [channel] = changedSince(data.channels, START);
    expect(channel?.['lastMessage']).toMatchObject({
      ...{ contentType: 'text/plain', date: channel?.['modifiedAt'] },
      sender: expect.stringMatching(/^[0-9a-f]{24}$/),
    });
    const last: any = channel?.['lastMessage'];
    expect(data.messages.slice(before.messages.length)).toMatchObject([
      {
        ...{ channel: channel?.['_id'], content: last.content, sentBy: last.sender },
        ...{ createdAt: Date.parse(last.date), modifiedAt: last.date },
      },
    ]);
  });

  test('dates each change with the moment when it was due, the first with the start', async () => {
    now += 10_500;
    const moments = changedSince(await groups(), START).map(({ modifiedAt }) => modifiedAt);
    expect(new Set(moments)).toEqual(
      new Set([new Date(START).toISOString(), new Date(START + 10_000).toISOString()]),
    );
  });

  test('moves tasks to states that follow, or opens them again, with all that the sheet ties to it', async () => {
    const { data } = sandbox;
    const stateOf = (id: unknown) => data.states.find(({ _id }) => _id === id);
    const seen = new Set<unknown>();
    for (let round = 0; round < 80; round += 1) {
      const before = structuredClone(data.tasks);
      const since = now;
      now += 20_000;
      await wake();
      for (const task of changedSince(data.tasks, since + 1)) {
        const { smState: from } = before.find(({ _id }) => _id === task['_id']) ?? {};
        const state = stateOf(task['smState']);
        const next = (stateOf(from)?.['next'] ?? []) as RawRecord[];
        const isNext = next.some(({ target }) => target === task['smState']);
        const machine = data.stateMachines.find(({ _id }) => _id === task['smStateMachine']);
        expect(isNext || machine?.['initialState'] === task['smState']).toBe(true);
        expect(state?.['stateMachine']).toBe(task['smStateMachine']);
        const property: any = state?.['property'];
        expect(task['status']).toBe(property._id ?? property);
        expect(task['modifiedStateAt']).toBe(task['modifiedAt']);
        expect(task['closedAt']).toBe(state?.['type'] === 'closed' ? task['modifiedAt'] : null);
        seen.add(state?.['type']);
      }
    }
    expect(seen).toEqual(new Set(['new', 'in-progress', 'closed']));
  });

  test('never grows, and keeps its codes, its keywords and what it was made with', async () => {
    const shape = ({ nameCode, code, search, createdAt, isActive }: RawRecord) => [
      nameCode,
      code,
      search,
      createdAt,
      isActive,
    ];
    const before = structuredClone(sandbox.data);
    now += 3_600_000;
    await wake();
    for (const list of ['groups', 'channels', 'tasks'] as const)
      expect(sandbox.data[list].map(shape)).toEqual(before[list].map(shape));
  });

  test('does the same for the same seed, however often somebody looks, and other things for another', async () => {
    const [same, other] = [await living(), await living('another seed')];
    for (let round = 0; round < 30; round += 1) {
      now += 7000;
      await wake();
    }
    await wake(same);
    await wake(other);
    expect(same.data).toEqual(sandbox.data);
    expect(other.data).not.toEqual(sandbox.data);
    await same.close();
    await other.close();
  });

  test('lives in the other company as well', async () => {
    now += 20_000;
    const headers = { authorization: `Bearer ${SANDBOX_USER_B_TOKEN}` };
    const list = await records(sandbox, '/v2/groups?isActive=all&limit=99', headers);
    expect(changedSince(list, START).length).toBeGreaterThanOrEqual(2);
    expect(changedSince(sandbox.data.groups, START)).toEqual([]);
  });

  test('is told to who follows its groups', async () => {
    const gateway = await startGateway(sandbox.url, { live: { pollMs: 100, maxSubscriptions: 3 } });
    await wake();
    const events = await subscribe(gateway.url, FOLLOW);
    now += 10_000;
    const told = [await events.next(), await events.next()];
    expect(told.map(({ data }) => data.groupChanged.node.id).toSorted()).toEqual(
      changedSince(sandbox.data.groups, START + 1)
        .map(({ _id }) => _id)
        .toSorted(),
    );
    events.leave();
    await gateway.close();
  });
});

test('a sandbox that is not told to live stays as it is', async () => {
  const still = await createSandbox();
  const before = structuredClone(still.data);
  await wake(still);
  expect(still.data).toEqual(before);
  await still.close();
});
