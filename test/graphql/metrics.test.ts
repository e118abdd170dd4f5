import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { subscribe } from '../support/events.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { readSamples } from '../support/metrics.ts';
import { idOf, plant, range, rawGroup, rawTaskGroup, useStage } from '../support/stage.ts';

const stage = useStage();
const QUERY = '{ groups(first: 2) { totalCount } }';
const OURS = 'cotalker_gateway_';

/** A gateway of the test's own, whose counts start at nothing. */
async function metered(options: Parameters<typeof startGateway>[1] = {}): Promise<TestGateway> {
  const gateway = await startGateway(stage.sandbox.url, { isMetered: true, ...options });
  closing.push(gateway.close);
  return gateway;
}
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

/** The samples of our metrics that are not 0, buckets left out, as `name{labels}` without the prefix. */
async function counts(gateway: TestGateway): Promise<Record<string, number>> {
  const samples = readSamples(await gateway.metrics());
  return Object.fromEntries(
    samples
      .filter(({ name, value }) => name.startsWith(OURS) && value !== 0)
      .filter(({ name }) => !/_(bucket|sum)$|in_flight/.test(name))
      .map(({ id, value }) => [id.replace(OURS, ''), value]),
  );
}

test('requests by kind and status, and the codes of their errors', async () => {
  const gateway = await metered();
  const accept = 'application/graphql-response+json';
  await gateway.ask('{ __typename }');
  await gateway.ask('{ __typename }', {
    headers: { 'x-explain': 'true', 'graphql-client-name': 'web' },
  });
  await gateway.ask('mutation { a }', { headers: { accept } });
  await gateway.ask('{', { headers: { accept } });
  await gateway.ask('{ a: nope b: nope }');
  await gateway.ask(QUERY, { token: null, headers: { accept } });
  expect(await counts(gateway)).toEqual({
    'requests_total{kind="query",status="200"}': 4,
    'requests_total{kind="mutation",status="400"}': 1,
    'requests_total{kind="none",status="400"}': 1,
    'request_duration_seconds_count{kind="query"}': 4,
    'request_duration_seconds_count{kind="mutation"}': 1,
    'request_duration_seconds_count{kind="none"}': 1,
    'errors_total{code="GRAPHQL_VALIDATION_FAILED"}': 3,
    'errors_total{code="GRAPHQL_PARSE_FAILED"}': 1,
    'errors_total{code="UNAUTHENTICATED"}': 1,
  });
});

test('GETs by endpoint and status, retries, and calls that were shared', async () => {
  const gateway = await metered({ resilience: { retry: { baseMs: 1 } } });
  const TASKS = '{ mainMenu { ... on TaskGroup { tasks(first: 1) { totalCount } } } }';
  plant(stage, [rawGroup(1), rawGroup(2)], [rawTaskGroup(1), rawTaskGroup(2)]);
  await gateway.ask(TASKS);
  stage.sandbox.fail({ status: 503 });
  await gateway.ask(QUERY);
  stage.sandbox.reset();
  stage.sandbox.fail({ status: 418 });
  await gateway.ask('{ groups(first: 3) { totalCount } }');
  stage.sandbox.reset();
  // Long enough for the second query to come meanwhile, on a machine that is busy, too.
  stage.sandbox.latencyMs = 500;
  await Promise.all([gateway.ask(QUERY), gateway.ask(QUERY)]);
  const counted = await counts(gateway);
  expect(counted).toMatchObject({
    'upstream_requests_total{endpoint="/v2/task-groups",status="200"}': 1,
    'upstream_requests_total{endpoint="/v2/task-groups/{id}/tasks",status="200"}': 2,
    'upstream_requests_total{endpoint="/v2/groups",status="503"}': 3,
    'upstream_requests_total{endpoint="/v2/groups",status="4xx"}': 1,
    'upstream_requests_total{endpoint="/v2/groups",status="200"}': 2,
    'upstream_request_duration_seconds_count{endpoint="/v2/groups"}': 6,
    upstream_retries_total: 2,
    'upstream_calls_total{source="made"}': 7,
    'upstream_calls_total{source="shared"}': 1,
  });
});

test('calls that were answered by another of the same request', async () => {
  const gateway = await metered();
  await gateway.ask('{ a: groups(first: 2) { totalCount } b: groups(first: 2) { totalCount } }');
  expect(await counts(gateway)).toMatchObject({
    'upstream_calls_total{source="made"}': 1,
    'upstream_calls_total{source="reused"}': 1,
  });
});

test('GETs without a whole answer: by the deadline, abandoned, failed', async () => {
  stage.sandbox.latencyMs = 60_000;
  const impatient = await metered({ requestDeadlineMs: 500 });
  await impatient.ask(QUERY);
  expect(await counts(impatient)).toMatchObject({
    'upstream_requests_total{endpoint="/v2/groups",status="timeout"}': 1,
  });

  const gateway = await metered();
  stage.sandbox.calls.length = 0;
  const left = new AbortController();
  const gone = gateway.ask(QUERY, { signal: left.signal });
  while (stage.sandbox.calls.length === 0) await sleep(2);
  left.abort();
  await expect(gone).rejects.toThrow();
  stage.sandbox.latencyMs = 0;
  stage.sandbox.fail({ destroy: true });
  await gateway.ask(QUERY);
  while ((await counts(gateway))['requests_total{kind="query",status="gone"}'] !== 1)
    await sleep(2);
  expect(await counts(gateway)).toMatchObject({
    'upstream_requests_total{endpoint="/v2/groups",status="abandoned"}': 1,
    'upstream_requests_total{endpoint="/v2/groups",status="failed"}': 1,
  });
});

test('the breaker, while it is open', async () => {
  let clock = 0;
  const breaker = { openMs: 30, now: () => clock };
  const gateway = await metered({ resilience: { retry: { attempts: 1 }, breaker } });
  stage.sandbox.fail({ status: 500 });
  for (const n of range(20)) await gateway.ask(`{ groups(first: ${n}) { totalCount } }`);
  expect((await counts(gateway))['breaker_open']).toBe(1);
  stage.sandbox.reset();
  clock += 30;
  await gateway.ask(QUERY);
  expect((await counts(gateway))['breaker_open']).toBeUndefined();
});

test('what is turned away, and it is served then, too', async () => {
  const gateway = await metered({ maxInFlight: 0 });
  for (const { status } of [await gateway.ask(QUERY), await gateway.ask(QUERY)])
    expect(status).toBe(503);
  const turnedAway = readSamples(await gateway.metrics()).filter(({ id }) =>
    id.startsWith(`${OURS}requests_turned_away_total`),
  );
  expect(turnedAway.map(({ labels, value }) => [labels['reason'], value])).toEqual([
    ['standing_line', 0],
    ['deadline', 0],
    ['places', 2],
    ['share', 0],
    ['strangers', 0],
    ['calls', 0],
  ]);
});

test('what is in flight, and what waits', async () => {
  const gateway = await metered({ maxInFlight: 7 });
  stage.sandbox.latencyMs = 60_000;
  const leaving = new AbortController();
  const answer = gateway.ask(QUERY, { signal: leaving.signal });
  while (stage.sandbox.calls.length === 0) await sleep(2);
  const samples = readSamples(await gateway.metrics());
  const valueOf = (name: string) => samples.find(({ id }) => id === `${OURS}${name}`)?.value;
  // The one that asks is on a listener of its own.
  expect(valueOf('requests_in_flight')).toBe(1);
  expect(valueOf('requests_waiting')).toBe(0);
  leaving.abort();
  await expect(answer).rejects.toThrow();
});

test('what is followed, and which subscriptions are turned away', async () => {
  const gateway = await metered({ live: { pollMs: 60_000, maxSubscriptions: 3 } });
  const follow = (search: string) =>
    subscribe(
      gateway.url,
      'subscription ($filter: GroupFilter) { groupChanged(filter: $filter) { cursor } }',
      { variables: { filter: { search } } },
    );
  const events = [await follow('a'), await follow('a'), await follow('b'), await follow('c')];
  expect(await counts(gateway)).toMatchObject({
    ...{ subscriptions_open: 3, feeds_open: 2, subscriptions_turned_away_total: 1 },
  });
  for (const each of events) each.leave();
  let left = await counts(gateway);
  while (left['subscriptions_open'] !== undefined) left = await counts(gateway);
  expect(left['feeds_open']).toBeUndefined();
  expect(left['subscriptions_turned_away_total']).toBe(1);
});

test('Node and the process: delay of the event loop, memory, processor, collection', async () => {
  const names = new Set(readSamples(await (await metered()).metrics()).map(({ name }) => name));
  expect([...names]).toEqual(
    expect.arrayContaining([
      ...['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes'],
      ...['nodejs_heap_size_used_bytes', 'process_cpu_seconds_total', 'nodejs_version_info'],
    ]),
  );
});

test('no label is anything that a caller or Cotalker can make up', async () => {
  const gateway = await metered();
  const idsOf = async (): Promise<string[]> =>
    readSamples(await gateway.metrics())
      .map(({ id }) => id)
      .filter((id) => id.startsWith(OURS));
  const round = async (n: number): Promise<void> => {
    await gateway.ask(`query Name${n} { a${n}: group(id: "${idOf(n)}") { __typename } }`);
    await gateway.ask(`query { no_${n} }`);
    await fetch(`${gateway.url}/graphql?${n}`, { headers: { 'x-request-id': `id-${n}` } });
    await fetch(`${gateway.url}/path-${n}`);
    stage.sandbox.fail({ status: 440 + n });
    await gateway.ask(`{ channel(id: "${idOf(n)}") { name } }`);
    stage.sandbox.reset();
  };
  await round(1);
  const before = await idsOf();
  for (const n of range(20, 2)) await round(n);
  expect(await idsOf()).toEqual(before);
  expect(before.length).toBeGreaterThan(50);
});

describe('the address', () => {
  test('answers GET and HEAD in Prometheus’ text format, and no other method', async () => {
    const { adminUrl: url } = await metered();
    const answer = await fetch(`${url}/metrics`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      ...[200, 'text/plain; version=0.0.4; charset=utf-8'],
    ]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const head = await fetch(`${url}/metrics`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const post = await fetch(`${url}/metrics`, { method: 'POST', body: 'x' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('is not on the public listener, and there is nothing else of that on its own', async () => {
    const { url, adminUrl } = await metered();
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    for (const path of ['/health', '/ready'])
      for (const at of [url, adminUrl]) expect((await fetch(at + path)).status).toBe(200);
    for (const path of ['/', '/graphql', '/graphql?query={__typename}', '/metrics/', '/x/metrics'])
      expect([path, (await fetch(adminUrl + path)).status]).toEqual([path, 404]);
  });

  test('is there by default, and the text is made once a second at most', async () => {
    const { adminUrl: url, close } = await startGatewayProcess(stage.sandbox.url);
    const [first, second] = [await fetch(`${url}/metrics`), await fetch(`${url}/metrics`)];
    expect(await second.text()).toBe(await first.text());
    await sleep(1010);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(
      'cotalker_gateway_breaker_open 0',
    );
    await close();
  });

  test('is not there with METRICS=off', async () => {
    const { adminUrl: url, close } = await startGatewayProcess(stage.sandbox.url, {
      METRICS: 'off',
    });
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    await close();
  });
});
