import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Events } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';
import { FOLLOW, nodeOf, POLL_MS, useLiveStage } from '../support/live-stage.ts';
import {
  endpoints,
  idOf,
  momentOf,
  plant,
  queryOf,
  range,
  rawGroup,
  rawTaskGroup,
} from '../support/stage.ts';

const live = useLiveStage();
const { stage, follow, setUp, change } = live;

describe('what it costs', () => {
  const polls = () =>
    endpoints(stage.sandbox).filter((template) => template === '/v2/groups').length;

  const openings = () =>
    stage.sandbox.calls.filter((call) => queryOf(call)['orderBy'] === 'desc').length;

  test('all who follow the same list with the same token share one poll', async () => {
    setUp();
    const followers = [await follow(), await follow(), await follow()];
    expect(openings()).toBe(1);
    const before = polls();
    await sleep(3.5 * POLL_MS);
    // At 100 and 300 ms.
    expect(polls() - before).toBeLessThanOrEqual(2);
    change(1);
    for (const events of followers)
      expect(nodeOf(await events.next())).toMatchObject({ id: idOf(1) });
  });

  test('another token or filter has a poll of its own', async () => {
    setUp();
    await follow();
    await follow({ token: 'sandbox-admin' });
    await follow({ variables: { filter: { type: 'TASK' } } });
    expect(openings()).toBe(3);
  });

  test('a subscription begins with one small call, however long the list is', async () => {
    plant(
      stage,
      range(5000).map((n) => rawGroup(n)),
    );
    const events = await follow();
    const [opening, ...more] = stage.sandbox.calls.map(queryOf);
    expect(opening).toMatchObject({ orderBy: 'desc', limit: '20' });
    stage.sandbox.data.groups.push(rawGroup(5001));
    expect(nodeOf(await events.next())).toMatchObject({ id: idOf(5001) });
    // Nor do the polls go through it.
    for (const { modified_gte } of more) expect(modified_gte).toBe(momentOf(5000));
  });

  test('and one that goes on from a cursor with what is behind that', async () => {
    plant(
      stage,
      range(500).map((n) => rawGroup(n)),
    );
    const ask = '{ groups(first: 498) { pageInfo { endCursor } } }';
    const { body } = await stage.gateway.ask(ask);
    stage.sandbox.calls.length = 0;
    const events = await follow({ variables: { after: body.data.groups.pageInfo.endCursor } });
    const [opening] = stage.sandbox.calls.map(queryOf);
    expect(opening).toMatchObject({ orderBy: 'asc', modified_gte: momentOf(498) });
    expect(openings()).toBe(0);
    expect(nodeOf(await events.next())).toMatchObject({ id: idOf(499) });
    expect(nodeOf(await events.next())).toMatchObject({ id: idOf(500) });
  });

  test('groups that change together are looked up together, for all who follow', async () => {
    plant(
      stage,
      range(150).map((n) => rawGroup(n)),
      range(150).map((n) => rawTaskGroup(n)),
    );
    const query = `subscription { groupChanged { node {
      __typename ... on TaskGroup { id workflow { code } }
    } } }`;
    const followers = [await follow({}, query), await follow({}, query)];
    for (const n of range(150)) change(n);
    for (const n of range(150))
      for (const events of followers) {
        const { data } = await events.next();
        expect(data.groupChanged.node).toMatchObject({ __typename: 'TaskGroup', id: idOf(n) });
      }
    const lookUps = endpoints(stage.sandbox).filter((name) => name === '/v2/task-groups');
    // Of each hundred; each follower may be the first to ask for the second one.
    expect(lookUps.length).toBeLessThanOrEqual(3);
  });

  test('a look-up that failed is made again for the next of them', async () => {
    setUp();
    const events = await follow();
    // The whole list, and then the one group.
    stage.sandbox.fail({ template: '/v2/task-groups', status: 403, times: 2 });
    change(1);
    change(2);
    expect((await events.next()).errors).toHaveLength(1);
    expect(nodeOf(await events.next())).toMatchObject({ __typename: 'TaskGroup', id: idOf(2) });
  });

  test('nothing is asked once the last has left', async () => {
    setUp();
    const events = [await follow(), await follow()];
    for (const each of events) each.leave();
    await sleep(2 * POLL_MS);
    const before = stage.sandbox.calls.length;
    await sleep(6 * POLL_MS);
    expect(stage.sandbox.calls.length).toBe(before);
  });

  test('there are so many and no more, and a place that is left is free again', async () => {
    setUp();
    const events = [await follow(), await follow(), await follow()];
    const refused = await follow();
    expect(refused.status).toBe(503);
    expect((await refused.next()).errors[0].extensions).toEqual({
      code: 'OVERLOADED',
      retryAfter: expect.any(Number),
    });
    events[0]?.leave();
    await sleep(50);
    expect((await follow()).status).toBe(200);
  });

  describe('one caller', () => {
    const wide = (maxSubscriptions: number) =>
      startGateway(stage.sandbox.url, { live: { pollMs: 60_000, maxSubscriptions } });
    /** Subscribes so many times, to what the filter of each says. */
    async function subscribeAll(
      url: string,
      count: number,
      filterOf: (n: number) => object,
      token = 'sandbox-user',
    ): Promise<Events[]> {
      const all: Events[] = [];
      for (const n of range(count)) {
        const variables = { filter: filterOf(n) };
        all.push(await follow({ variables, token }, FOLLOW, url));
      }
      return all;
    }
    const statuses = (all: readonly Events[]) => all.map(({ status }) => status);

    test('may follow ten lists, and not one more', async () => {
      setUp();
      const { url, close } = await wide(1000);
      const all = await subscribeAll(url, 11, (n) => ({ search: `list ${n}` }));
      expect(statuses(all)).toEqual([...Array<number>(10).fill(200), 503]);
      expect((await all[10]?.next()).errors[0]).toMatchObject({
        message: 'The gateway takes no more subscriptions of this token at the moment.',
        extensions: { code: 'OVERLOADED', retryAfter: expect.any(Number) },
      });
      expect(openings()).toBe(10);
      // To these any number may come, another caller may have its own, and one that is left makes place.
      const search = { search: 'list 1' };
      expect(statuses(await subscribeAll(url, 20, () => search))).toEqual(Array(20).fill(200));
      const other = await subscribeAll(url, 1, () => ({}), 'sandbox-admin');
      expect(statuses(other)).toEqual([200]);
      all[4]?.leave();
      await sleep(50);
      expect(statuses(await subscribeAll(url, 1, () => ({})))).toEqual([200]);
      await close();
    });

    test('may take a tenth of the places that are left, and ten callers do not take all', async () => {
      setUp();
      const { url, close } = await wide(200);
      const all = await subscribeAll(url, 20, () => ({}));
      expect(statuses(all)).toEqual([...Array<number>(19).fill(200), 503]);
      const other = await subscribeAll(url, 1, () => ({}), 'sandbox-admin');
      expect(statuses(other)).toEqual([200]);
      await close();
    });
  });

  test('they take no places of requests', async () => {
    setUp();
    // Two requests may be in flight.
    for (let n = 0; n < 3; n += 1) await follow();
    const { status } = await stage.gateway.ask('{ groups(first: 1) { totalCount } }');
    expect(status).toBe(200);
  });
});

describe('the trace', () => {
  const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const headersOf = (names: readonly string[]) =>
    stage.sandbox.calls.map(({ headers }) => names.map((name) => headers[name]));
  const NAMES = ['x-request-id', 'traceparent'];

  test('what it takes to open is of the request, the polls are of nobody', async () => {
    setUp();
    const headers = { 'x-request-id': 'rid-8', traceparent: TRACEPARENT };
    const events = await follow({ headers });
    const query = 'subscription { groupChanged { node { __typename } } }';
    const other = await follow({ headers: { 'x-request-id': 'rid-9' } }, query);
    change(1);
    await events.next();
    await other.next();
    const [opening, ...polls] = headersOf(NAMES).filter(([id]) => id !== 'rid-9');
    expect(opening).toEqual(['rid-8', TRACEPARENT]);
    const ids = new Set(polls.map(([id]) => id).filter((id) => id !== 'rid-8'));
    // One for all polls of the list.
    expect([...ids]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    for (const [id, traceparent] of polls)
      expect(traceparent).toBe(id === 'rid-8' ? TRACEPARENT : undefined);
    live.leaveAll();
    const told = () => stage.gateway.logs.filter(({ msg }) => msg === 'operation');
    while (told().length < 2) await sleep(5);
    const madeBy = Object.fromEntries(told().map((line: any) => [line.requestId, line.calls.made]));
    expect(madeBy).toEqual({ 'rid-8': 1, 'rid-9': 0 });
  });

  test('and so is what goes on from a cursor', async () => {
    setUp();
    const { body } = await stage.gateway.ask('{ groups(first: 2) { pageInfo { endCursor } } }');
    stage.sandbox.calls.length = 0;
    const after = body.data.groups.pageInfo.endCursor;
    await follow({ variables: { after }, headers: { 'x-request-id': 'rid-8' } });
    expect(headersOf(['x-request-id'])[0]).toEqual(['rid-8']);
  });
});
