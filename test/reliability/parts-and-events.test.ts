import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Events, subscribe } from '../support/events.ts';
import { type FaultCall, type FaultServer } from '../support/fault-server.ts';
import { figure, inMs, LISTING, useFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { openRaw, rawPost } from '../support/raw.ts';
import { range, rawGroup, rawTaskGroup } from '../support/stage.ts';

/*
 * Answers in parts and subscriptions obey the same rules as all answers. These are the deadline, the call budget,
 * the end of calls when the caller leaves, and no memory for callers that do not read.
 */

const { stage } = useFaultStage();
const DEADLINE_MS = 3000;

const groups = range(20).map((n) => rawGroup(n));
const listOf = (key: string, records: readonly object[]) =>
  faults.json({ data: { [key]: records, count: records.length } });
/** Groups of which the first is a task group; its tasks never come. */
const tasksHang: FaultServer['answer'] = ({ path }) => {
  if (path === '/v2/groups') return listOf('groups', groups);
  return path === '/v2/task-groups' ? listOf('taskgroups', [rawTaskGroup(1)]) : faults.hang;
};

describe('an answer in parts', () => {
  const DEFERRED = `{ groups(first: 20) { totalCount ... @defer { nodes {
    ... on TaskGroup { name tasks { totalCount } } } } } }`;
  const PARTS = { accept: 'multipart/mixed, application/json' };

  /** Asks on a connection of its own, and waits for the first part. */
  async function ask(url: string, query = DEFERRED) {
    const connection = await openRaw(url);
    connection.write(rawPost(query, PARTS));
    await connection.until(/"hasNext":true/);
    return connection;
  }

  test('costs Cotalker nothing more once its caller has left', async () => {
    const { gateway, upstream } = await stage(tasksHang);
    const connection = await ask(gateway.url);
    await upstream.untilCalled(3);
    // One after the other, on one connection, on which the last one hangs.
    expect(upstream.open).toBe(1);
    connection.socket.destroy();
    const ms = await upstream.untilOpen(0);
    expect(upstream.calls).toHaveLength(3);
    figure('parts: upstream socket closed after a disconnect', inMs(ms));
  });

  test('makes no more calls than a request may', async () => {
    const limits = { callsPerRequest: 2, perOwner: 10, total: 100 };
    const { gateway, upstream } = await stage(tasksHang, { limits });
    const connection = await ask(gateway.url);
    const text = await connection.until(/"hasNext":false/);
    expect(text).toContain('UPSTREAM_BUDGET_EXCEEDED');
    expect(upstream.calls).toHaveLength(2);
    connection.socket.destroy();
  });
});

describe('a subscription', () => {
  const FOLLOW = 'subscription { groupChanged { cursor node { __typename } } }';
  const POLL_MS = 50;
  const live = { pollMs: POLL_MS, maxSubscriptions: 5 };
  /** Where the list ends now is told; what is asked from there on hangs. */
  const isOpening = ({ query }: Pick<FaultCall, 'query'>): boolean =>
    query.get('orderBy') === 'desc';
  const hangingPolls: FaultServer['answer'] = (call) =>
    isOpening(call) ? listOf('groups', groups.toReversed()) : faults.hang;
  const pollsOf = ({ calls }: FaultServer): number =>
    calls.filter((call) => !isOpening(call)).length;
  const untilPolled = async (upstream: FaultServer): Promise<void> => {
    while (pollsOf(upstream) === 0) await sleep(5);
  };

  test('takes a place of a few, whoever asks; the others are told to come again', async () => {
    const { gateway, upstream, ask } = await stage(() => listOf('groups', groups), { live });
    const all = await Promise.all(
      range(50).map((n) => subscribe(gateway.url, FOLLOW, { token: `follower-${n}` })),
    );
    const byStatus = Map.groupBy(all, ({ status }) => status);
    expect(byStatus.get(200)).toHaveLength(live.maxSubscriptions);
    expect(byStatus.get(503)).toHaveLength(45);
    for (const refused of byStatus.get(503) ?? [])
      expect((await refused.next()).errors[0].extensions).toMatchObject({ code: 'OVERLOADED' });
    // Who was refused is not followed: only the others' lists are read, and polled.
    const followed = new Set(upstream.calls.map(({ headers }) => headers['authorization']));
    expect(followed.size).toBe(live.maxSubscriptions);
    expect((await ask(LISTING)).codes).toEqual([]);
    for (const each of all) each.leave();
  });

  test.each([30, 10])(
    'that many made-up tokens wait to open leaves half of %d places to others',
    async (max) => {
      const held: Socket[] = [];
      const { gateway, upstream, ask } = await stage(
        ({ headers }) =>
          headers['authorization'] === 'Bearer user'
            ? listOf('groups', groups)
            : (socket) => void held.push(socket),
        { live: { pollMs: 60_000, maxSubscriptions: max } },
      );
      await ask(LISTING, { token: 'user' });
      const follow = (token: string) => subscribe(gateway.url, FOLLOW, { token });
      const statuses: number[] = [];
      const madeUp = range(max).map(async (n) => {
        const { status, leave } = await follow(`made-up-${n}`);
        statuses.push(status);
        leave();
      });
      while (held.length + statuses.length < max) await sleep(5);
      expect(statuses).toEqual(Array(max / 2).fill(503));
      const others = [await follow('user'), await follow('user')];
      expect(others.map(({ status }) => status)).toEqual([200, 200]);
      for (const each of others) each.leave();
      // And places of those that are refused are free again.
      upstream.answer = () => faults.status(401);
      for (const socket of held) faults.status(401)(socket);
      await Promise.all(madeUp);
      upstream.answer = () => listOf('groups', groups);
      const later = [];
      for (const n of range(max)) later.push(await follow(`later-${n}`));
      expect(later.map(({ status }) => status)).toEqual(Array(max).fill(200));
      for (const each of later) each.leave();
    },
  );

  test('polls no more once the last has left, and ends the poll that is under way', async () => {
    const { gateway, upstream } = await stage(hangingPolls, { live });
    const followers: Events[] = [];
    for (let n = 0; n < 3; n += 1) followers.push(await subscribe(gateway.url, FOLLOW));
    // One poll, which hangs: shared by all three.
    await untilPolled(upstream);
    for (const events of followers.slice(1)) events.leave();
    await sleep(POLL_MS);
    expect([pollsOf(upstream), upstream.open]).toEqual([1, 1]);
    followers[0]?.leave();
    const ms = await upstream.untilOpen(0);
    await sleep(10 * POLL_MS);
    expect(pollsOf(upstream)).toBe(1);
    figure('subscriptions: poll ended after the last has left', inMs(ms));
  });

  test('gives up a poll by the deadline, and polls again', async () => {
    const { gateway, upstream } = await stage(hangingPolls, {
      live,
      requestDeadlineMs: DEADLINE_MS,
    });
    const events = await subscribe(gateway.url, FOLLOW);
    await untilPolled(upstream);
    expect(upstream.open).toBe(1);
    await upstream.untilOpen(0);
    const changed = { ...groups[0], modifiedAt: new Date().toISOString() };
    upstream.answer = ({ path }) =>
      path === '/v2/groups' ? listOf('groups', [changed]) : listOf('taskgroups', []);
    expect(await events.next()).toMatchObject({
      data: { groupChanged: { node: { __typename: 'StandardGroup' } } },
    });
    events.leave();
  });

  test('that is refused by Cotalker leaves nothing behind', async () => {
    const { gateway, upstream } = await stage(() => faults.status(401), { live });
    for (let n = 0; n < 20; n += 1) {
      const events = await subscribe(gateway.url, FOLLOW);
      expect((await events.next()).errors[0].extensions.code).toBe('UNAUTHENTICATED');
      events.leave();
    }
    const before = upstream.calls.length;
    await sleep(5 * POLL_MS);
    expect([before, upstream.calls.length]).toEqual([20, 20]);
  });
});

test.each([
  ['multipart/mixed', `{ ... @defer { __typename } }`],
  ['multipart/mixed', '{ __typename }'],
  ['text/event-stream', '{ __typename }'],
  ['text/event-stream', 'subscription { nope }'],
])('an answer in %s ends its connection where that is asked for: %s', async (accept, query) => {
  const { gateway } = await stage(() => faults.hang);
  const connection = await openRaw(gateway.url);
  connection.write(rawPost(query, { accept, connection: 'close' }));
  await connection.closed;
  expect(connection.received).toMatch(/^HTTP\/1\.1 200 .*\r\nconnection: close\r\n/is);
});
