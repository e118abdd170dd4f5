import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { subscribe } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';
import { FOLLOW, nodeOf, POLL_MS, useLiveStage } from '../support/live-stage.ts';
import { idOf } from '../support/stage.ts';

const live = useLiveStage();
const { stage, follow, setUp, change } = live;

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
          node: { __typename: 'TaskGroup', id: idOf(2), name: `Change ${live.now}` },
        },
      },
    });
    live.add();
    expect(nodeOf(await events.next())).toMatchObject({
      __typename: 'StandardGroup',
      id: idOf(live.now),
    });
  });

  test('only what the filter matches', async () => {
    setUp();
    const events = await follow({ variables: { filter: { search: 'wanted' } } });
    change(1);
    change(3, { search: ['wanted'] });
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

  test('whose failing is told once, however many fail', async () => {
    setUp();
    const told = () =>
      stage.gateway.logs
        .filter(({ msg }) => String(msg).includes('feed'))
        .map(({ level, code }) => [level, code]);
    const events = [await follow(), await follow({ token: 'sandbox-admin' })];
    const heal = stage.sandbox.fail({ template: '/v2/groups', body: '<html>' });
    const before = stage.sandbox.calls.length;
    while (stage.sandbox.calls.length < before + 6) await sleep(20);
    heal();
    change(1);
    for (const each of events) expect(nodeOf(await each.next())).toMatchObject({ id: idOf(1) });
    expect(told()).toEqual([[40, 'UPSTREAM_INVALID_RESPONSE']]);
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
