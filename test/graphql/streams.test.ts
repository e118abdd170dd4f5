import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { subscribe } from '../support/events.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { readSamples } from '../support/metrics.ts';
import { plant, range, rawGroup, rawTaskGroup, useStage } from '../support/stage.ts';

/*
 * What is told of answers that do not come in one piece: those in parts, and subscriptions.
 */

const stage = useStage();
const FOLLOW = 'subscription Follow { groupChanged { node { __typename } } }';

let gateway: TestGateway;
beforeAll(async () => {
  const live = { pollMs: 100, maxSubscriptions: 10 };
  gateway = await startGateway(stage.sandbox.url, { isMetered: true, live });
});
beforeEach(() => {
  gateway.logs.length = 0;
  plant(
    stage,
    range(2).map((n) => rawGroup(n)),
    [rawTaskGroup(1), rawTaskGroup(2)],
  );
});
afterAll(() => gateway.close());

/** The line of the one request so far. */
async function line(): Promise<any> {
  const told = () => gateway.logs.filter(({ msg }) => msg === 'operation');
  while (told().length === 0) await sleep(2);
  await sleep(10);
  expect(told()).toHaveLength(1);
  return told()[0];
}

/** What a sample has grown by since the function was made. */
async function growthOf(id: string): Promise<() => Promise<number>> {
  const read = async (): Promise<number> =>
    readSamples(await gateway.metrics()).find((sample) => sample.id === `cotalker_gateway_${id}`)
      ?.value ?? 0;
  const before = await read();
  return async () => (await read()) - before;
}
const errorsOf = (code: string) => growthOf(`errors_total{code="${code}"}`);

async function inParts(query: string): Promise<void> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      accept: 'multipart/mixed',
      'content-type': 'application/json',
      authorization: 'Bearer sandbox-user',
    },
    body: JSON.stringify({ query }),
  });
  expect(response.headers.get('content-type')).toMatch(/^multipart/);
  await response.text();
}

/** Changes a group, now. */
function change(n: number): void {
  Object.assign(stage.sandbox.data.groups[n - 1] ?? {}, { modifiedAt: new Date().toISOString() });
}

describe('the codes of errors', () => {
  test('of an answer in parts: those of the first part, and of the later ones', async () => {
    const forbidden = await errorsOf('FORBIDDEN');
    stage.sandbox.fail({ template: '/v2/task-groups/{id}/tasks', status: 403 });
    await inParts(`{
      groups(first: 2) { nodes { ... on TaskGroup { ... @defer { tasks { totalCount } } } } }
      bad: groups(first: -1) { totalCount }
    }`);
    expect(await line()).toMatchObject({ status: 200, codes: { BAD_USER_INPUT: 1, FORBIDDEN: 2 } });
    expect(await forbidden()).toBe(2);
  });

  test('of the items of a list that come one by one', async () => {
    stage.sandbox.fail({ template: '/v2/task-groups', status: 403 });
    await inParts('{ groups { nodes @stream { ... on TaskGroup { workflow { code } } } } }');
    expect((await line()).codes).toEqual({ FORBIDDEN: 2 });
  });

  test('of the events of a subscription, and of what ends it', async () => {
    const [forbidden, refused] = [await errorsOf('FORBIDDEN'), await errorsOf('UNAUTHENTICATED')];
    const events = await subscribe(gateway.url, FOLLOW);
    const heal = stage.sandbox.fail({ template: '/v2/task-groups', status: 403 });
    change(1);
    expect((await events.next()).errors).toHaveLength(1);
    // At once, since it may be open for days.
    expect(await forbidden()).toBe(1);
    heal();
    stage.sandbox.fail({ template: '/v2/groups', status: 401 });
    expect((await events.next()).errors).toHaveLength(1);
    expect(await events.next()).toBeUndefined();
    expect((await line()).codes).toEqual({ FORBIDDEN: 1, UNAUTHENTICATED: 1 });
    expect([await forbidden(), await refused()]).toEqual([1, 1]);
  });
});

describe('how a subscription ended, which its caller leaves', () => {
  const COUNT = 'request_duration_seconds_count{kind="subscription"}';
  const SUM = 'request_duration_seconds_sum{kind="subscription"}';
  const OPEN_MS = 500;

  test('well, and it took until it was open', async () => {
    const opened = await growthOf('requests_total{kind="subscription",status="200"}');
    const gone = await growthOf('requests_total{kind="subscription",status="gone"}');
    const [count, seconds] = [await growthOf(COUNT), await growthOf(SUM)];
    const events = await subscribe(gateway.url, FOLLOW);
    expect(await opened()).toBe(1);
    const start = performance.now();
    await sleep(OPEN_MS);
    const openMs = performance.now() - start;
    events.leave();
    const told = await line();
    expect(told).toMatchObject({ operation: 'Follow', kind: 'subscription', status: 200 });
    expect([await opened(), await gone(), await count()]).toEqual([1, 0, 1]);
    // The line tells the whole time, the metric that until it was open. Each is rounded to a millisecond or less.
    expect(told.ms - (await seconds()) * 1000).toBeGreaterThanOrEqual(openMs - 2);
  });

  test('without an answer where it did not begin', async () => {
    stage.sandbox.latencyMs = 60_000;
    const gone = await growthOf('requests_total{kind="subscription",status="gone"}');
    const leaving = new AbortController();
    const request = fetch(`${gateway.url}/graphql?query=${encodeURIComponent(FOLLOW)}`, {
      headers: { accept: 'text/event-stream', authorization: 'Bearer sandbox-user' },
      signal: leaving.signal,
    });
    while (stage.sandbox.calls.length === 0) await sleep(2);
    leaving.abort();
    await expect(request).rejects.toThrow();
    expect((await line()).status).toBeNull();
    expect(await gone()).toBe(1);
  });
});
