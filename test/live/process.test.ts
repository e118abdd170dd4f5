import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { subscribe } from '../support/events.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { openRaw, rawPost } from '../support/raw.ts';

const FOLLOW = 'subscription { groupChanged { cursor node { ... on MenuEntry { name } } } }';

let sandbox: Sandbox;
let running: GatewayProcess;
afterEach(async () => {
  await running.close();
  await sandbox.close();
});

test('an order to stop ends subscriptions, waits for none of them, and for requests as ever', async () => {
  sandbox = await createSandbox();
  const program = await startGatewayProcess(sandbox.url);
  running = program;
  const events = await subscribe(program.url, FOLLOW);
  // One that never reads, and one request that takes its time.
  const stalled = await openRaw(program.url);
  stalled.write(rawPost(FOLLOW, { accept: 'text/event-stream' }));
  await stalled.until(/:\n\n/);
  stalled.socket.pause();
  sandbox.latencyMs = 1000;
  const before = sandbox.calls.length;
  const answer = fetch(`${program.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sandbox-user' },
    body: '{"query": "{ groups(first: 1) { totalCount } }"}',
  }).then((response) => response.json());
  while (sandbox.calls.length === before) await sleep(5);

  program.signal('SIGTERM');
  expect(await events.next()).toBeUndefined();
  expect(events.isComplete).toBe(true);
  expect(await answer).toHaveProperty('data.groups.totalCount');
  expect(await program.ended).toBe(0);
});
