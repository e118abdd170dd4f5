import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { subscribe } from '../support/events.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { openRaw, rawPost } from '../support/raw.ts';
import { idOf, momentOf, range, rawGroup } from '../support/stage.ts';

/** Each event looks its group's type up, which is how many of them are made. */
const FOLLOW =
  'subscription { groupChanged { cursor node { ... on MenuEntry { name } __typename } } }';

let sandbox: Sandbox;
let running: GatewayProcess | TestGateway;
afterEach(async () => {
  await running.close();
  await sandbox.close();
});

test('while a load balancer has time to notice, they go on, and begin; then they end', async () => {
  sandbox = await createSandbox();
  const program = await startGatewayProcess(sandbox.url, {
    ...{ SHUTDOWN_DELAY_MS: '2500', LIVE_POLL_MS: '100' },
  });
  running = program;
  const events = await subscribe(program.url, FOLLOW);
  const start = performance.now();
  program.signal('SIGTERM');
  while (!program.output().includes('"msg":"stopping')) await sleep(5);
  // It still comes to this process, which says that the next one should not.
  const late = await openRaw(program.url);
  late.write(rawPost(FOLLOW, { accept: 'text/event-stream' }));
  expect(await late.until(/:\n\n/)).toMatch(/^HTTP\/1\.1 200 .*\r\nconnection: close\r\n/is);
  const [group] = sandbox.data.groups;
  Object.assign(group ?? {}, { modifiedAt: new Date().toISOString() });
  expect(await events.next()).toHaveProperty('data.groupChanged.cursor');
  await late.until(/event: next\n/);
  expect(performance.now() - start).toBeLessThan(2500);

  expect(await events.next()).toBeUndefined();
  expect(events.isComplete).toBe(true);
  await late.closed;
  expect(late.received).toContain('event: complete\n');
  expect(performance.now() - start).toBeGreaterThanOrEqual(2500);
  expect(await program.ended).toBe(0);
});

test('for who does not read, no more events are made than fit its connection, until it is cut', async () => {
  const groups = range(400).map((n) => rawGroup(n));
  sandbox = await createSandbox();
  sandbox.data.groups = groups;
  sandbox.data.taskGroups = [];
  const gateway = await startGateway(sandbox.url, {
    live: { pollMs: 50, maxSubscriptions: 1 },
    connections: { sendTimeoutMs: 1500, checkIntervalMs: 100 },
  });
  running = gateway;
  const connection = await openRaw(gateway.url);
  const names = range(20).map((n) => `n${n}: name`);
  const large = FOLLOW.replace('name', names.join(' '));
  connection.write(rawPost(large, { accept: 'text/event-stream' }));
  await connection.until(/:\n\n/);
  connection.socket.pause();
  // 160 MB of events.
  sandbox.data.groups = range(400).map((n) => ({
    ...rawGroup(n, { nameDisplay: 'x'.repeat(20_000) }),
    _id: idOf(n),
    modifiedAt: momentOf(1000 + n),
  }));
  const executed = () =>
    sandbox.calls.filter(({ template }) => template === '/v2/task-groups').length;
  let stalled = 0;
  let stalledAt = 0;
  while (stalled === 0 || performance.now() - stalledAt < 300) {
    if (executed() !== stalled) stalledAt = performance.now();
    stalled = executed();
    await sleep(10);
  }
  expect(stalled).toBeLessThan(200);

  // Its place is taken until it is cut.
  let next = await subscribe(gateway.url, FOLLOW);
  expect(next.status).toBe(503);
  let askedAt = NaN;
  while (next.status === 503) {
    await next.next();
    await sleep(100);
    askedAt = performance.now();
    next = await subscribe(gateway.url, FOLLOW);
  }
  expect(next.status).toBe(200);
  expect(askedAt - stalledAt).toBeLessThan(2400);
  next.leave();
  connection.socket.destroy();
});
