import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';

/** As the image has them: they are what makes the start take so much. */
const FLAGS = ['--v8-pool-size=0', '--max-semi-space-size=64', '--heap-growing-percent=150'];
/** Of the most that the start took. */
const KEPT = 0.9;

let upstream: FaultServer;
let gateway: GatewayProcess;
beforeAll(async () => {
  // It takes a call, and never answers.
  upstream = await startFaultServer(() => () => undefined);
});
afterAll(() => upstream.close());

const askForGroups = async (): Promise<unknown> => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer token' },
    body: JSON.stringify({ query: '{ groups { totalCount } }' }),
  });
  return response.json();
};

test('who has nothing to do a second after the start gives back what that took', async () => {
  gateway = await startGatewayProcess(upstream.url, {}, FLAGS);
  const started = gateway.peak();
  for (let n = 0; n < 100 && gateway.memory() > started * KEPT; n += 1) await sleep(100);
  expect(gateway.memory()).toBeLessThan(started * KEPT);
  await gateway.close();
});

test('who serves a request by then is not interrupted', async () => {
  gateway = await startGatewayProcess(upstream.url, { REQUEST_DEADLINE_MS: '4000' }, FLAGS);
  const started = gateway.peak();
  await askForGroups();
  await sleep(1000);
  expect(gateway.memory()).toBeGreaterThan(started * KEPT);
  await gateway.close();
});
