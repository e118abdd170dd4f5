import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Events, subscribe, type SubscribeOptions } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';
import {
  endpoints,
  idOf,
  momentOf,
  plant,
  queryOf,
  range,
  rawGroup,
  rawTaskGroup,
  useStage,
} from '../support/stage.ts';

const POLL_MS = 100;
const FOLLOW =
  'subscription ($after: String, $filter: GroupFilter) { groupChanged(after: $after, filter: $filter) { cursor node { __typename ... on MenuEntry { id name } } } }';

const stage = useStage({
  live: { pollMs: POLL_MS, maxSubscriptions: 3 },
  requestDeadlineMs: 400,
  maxInFlight: 2,
});
let clock = 0;
beforeAll(() => {
  clock = 1000;
});

const opened: Events[] = [];
afterEach(async () => {
  if (opened.length === 0) return;
  for (const events of opened.splice(0)) events.leave();
  await untilQuiet();
});
async function follow(options: SubscribeOptions = {}, query = FOLLOW): Promise<Events> {
  const events = await subscribe(stage.gateway.url, query, options);
  opened.push(events);
  return events;
}
/** Until nothing is polled any more. */
async function untilQuiet(): Promise<void> {
  let calls = -1;
  while (calls !== stage.sandbox.calls.length) {
    calls = stage.sandbox.calls.length;
    await sleep(4 * POLL_MS);
  }
}

function setUp(): void {
  plant(
    stage,
    range(4).map((n) => rawGroup(n)),
    [rawTaskGroup(2)],
  );
}
/** Changes a group, now. */
function change(n: number, more: object = {}): void {
  clock += 1;
  const group = stage.sandbox.data.groups.find(({ _id }) => _id === idOf(n));
  Object.assign(group ?? {}, {
    ...rawGroup(clock),
    _id: idOf(n),
    nameDisplay: `Change ${clock}`,
    ...more,
  });
}
const nodeOf = (result: any) => result.data.groupChanged.node;

describe('groupChanged', () => {
  test('tells each group that changes or is new, of its type, with its cursor', async () => {
    setUp();
    const events = await follow();
    expect(events.status).toBe(200);
    change(2);
    const first = await events.next();
    expect(first).toEqual({
      data: {
        groupChanged: {
          cursor: expect.any(String),
          node: { __typename: 'TaskGroup', id: idOf(2), name: `Change ${clock}` },
        },
      },
    });
    clock += 1;
    stage.sandbox.data.groups.push(rawGroup(clock));
    expect(nodeOf(await events.next())).toMatchObject({
      __typename: 'StandardGroup',
      id: idOf(clock),
    });
  });

  test('an event is resolved anew, within a deadline of its own, long after that of the request', async () => {
    setUp();
    const query =
      'subscription { groupChanged { node { ... on TaskGroup { workflow { code } } } } }';
    const events = await follow({}, query);
    const codes = [];
    for (const code of ['first', 'second', 'third']) {
      await sleep(250);
      Object.assign(stage.sandbox.data.taskGroups[0] ?? {}, { collectionName: code });
      change(2);
      codes.push(nodeOf(await events.next()).workflow.code);
    }
    expect(codes).toEqual(['first', 'second', 'third']);
  });

  test('only what the filter matches', async () => {
    setUp();
    const events = await follow({ variables: { filter: { search: 'wanted' } } });
    change(1);
    change(3, { nameDisplay: 'wanted' });
    expect(nodeOf(await events.next())).toMatchObject({ id: idOf(3) });
  });

  test('a field that fails is one null with its path, and the next event comes', async () => {
    setUp();
    const events = await follow();
    const heal = stage.sandbox.fail({ template: '/v2/task-groups', status: 403 });
    change(1);
    const { data, errors } = await events.next();
    expect(data.groupChanged).toEqual({ cursor: expect.any(String), node: null });
    expect(errors).toMatchObject([
      { path: ['groupChanged', 'node'], extensions: { code: 'FORBIDDEN' } },
    ]);
    heal();
    change(3);
    expect(nodeOf(await events.next())).toMatchObject({ id: idOf(3) });
  });
});

describe('nothing is lost over a reconnect', () => {
  test('what changes while the connection is cut is told first, in order', async () => {
    setUp();
    let events = await follow();
    change(1);
    let last = await events.next();
    for (let round = 0; round < 3; round += 1) {
      events.leave();
      change(2);
      change(3);
      events = await follow({ variables: { after: last.data.groupChanged.cursor } });
      change(4);
      for (const n of [2, 3, 4]) {
        last = await events.next();
        expect(nodeOf(last)).toMatchObject({ id: idOf(n) });
      }
    }
  });

  test("a query's cursor does as well, and an old one costs no more than pages", async () => {
    setUp();
    const { body } = await stage.gateway.ask('{ groups(first: 2) { pageInfo { endCursor } } }');
    const events = await follow({ variables: { after: body.data.groups.pageInfo.endCursor } });
    expect(nodeOf(await events.next())).toMatchObject({ id: idOf(3) });
    expect(nodeOf(await events.next())).toMatchObject({ id: idOf(4) });
  });

  test('a cursor of another list is refused', async () => {
    setUp();
    const { body } = await stage.gateway.ask(
      '{ groups(first: 2, filter: { type: TASK }) { pageInfo { endCursor } } }',
    );
    for (const after of [body.data.groups.pageInfo.endCursor, 'nope']) {
      const events = await follow({ variables: { after } });
      expect((await events.next()).errors[0].extensions.code).toBe('BAD_USER_INPUT');
      expect(await events.next()).toBeUndefined();
    }
  });
});

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
    // 100 groups each; each follower may be the first to ask for the second hundred.
    expect(lookUps.length).toBeLessThanOrEqual(3);
  });

  test('a look-up that failed is made again for the next of them', async () => {
    setUp();
    const events = await follow();
    stage.sandbox.fail({ template: '/v2/task-groups', status: 403, times: 1 });
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
    for (const each of opened.splice(0)) each.leave();
    await sleep(50);
    const told = stage.gateway.logs.filter(({ msg }) => msg === 'operation');
    const madeBy = Object.fromEntries(told.map((line: any) => [line.requestId, line.calls.made]));
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

describe('it ends', () => {
  test('with the error where the token is not accepted any more', async () => {
    setUp();
    const events = await follow();
    stage.sandbox.fail({ template: '/v2/groups', status: 401 });
    const { data, errors } = await events.next();
    expect(data).toEqual({ groupChanged: null });
    expect(errors).toMatchObject([
      { path: ['groupChanged'], extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(await events.next()).toBeUndefined();
    expect(events.isComplete).toBe(true);
  });

  test.each([null, 'nobody'])('before it begins, with the token %s', async (token) => {
    const events = await follow({ token });
    expect((await events.next()).errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(await events.next()).toBeUndefined();
  });

  test('not where Cotalker fails for a while', async () => {
    setUp();
    const events = await follow();
    const heal = stage.sandbox.fail({ template: '/v2/groups', status: 500 });
    change(1);
    await sleep(3 * POLL_MS);
    heal();
    expect(nodeOf(await events.next())).toMatchObject({ id: idOf(1) });
  });

  test('when the gateway stops, which nobody waits for', async () => {
    setUp();
    const ending = new AbortController();
    const gateway = await startGateway(stage.sandbox.url, { ending: ending.signal });
    const events = await subscribe(gateway.url, FOLLOW);
    ending.abort();
    expect(await events.next()).toBeUndefined();
    expect(events.isComplete).toBe(true);
    const refused = await subscribe(gateway.url, FOLLOW);
    expect((await refused.next()).errors[0].extensions.code).toBe('OVERLOADED');
    await gateway.close();
  });
});

describe('over HTTP', () => {
  test.each(['application/json', 'multipart/mixed', 'text/event-stream;charset=latin1'])(
    'Accept: %s is refused before anything is polled',
    async (accept) => {
      setUp();
      const response = await fetch(`${stage.gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          accept,
          'content-type': 'application/json',
          authorization: 'Bearer sandbox-user',
        },
        body: JSON.stringify({ query: FOLLOW }),
      });
      await response.text();
      expect(response.status).toBe(406);
      expect(stage.sandbox.calls).toEqual([]);
    },
  );

  test('limits hold, and the root has one field', async () => {
    for (const [query, code] of [
      [
        'subscription { a: groupChanged { cursor } b: groupChanged { cursor } }',
        'GRAPHQL_VALIDATION_FAILED',
      ],
      [
        `subscription { groupChanged { node { ${'... on MenuEntry { parent { '.repeat(12)} __typename ${'} }'.repeat(12)} } } }`,
        'QUERY_TOO_COMPLEX',
      ],
    ] as const) {
      const events = await follow({}, query);
      expect((await events.next()).errors[0].extensions.code).toBe(code);
    }
  });

  test('@defer has nothing to say here', async () => {
    setUp();
    const events = await follow(
      {},
      'subscription { groupChanged { cursor ... @defer { node { __typename } } } }',
    );
    change(1);
    expect(nodeOf(await events.next())).toEqual({ __typename: 'StandardGroup' });
  });
});
