import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { TASKS } from '../support/remembering-stage.ts';

/* What seldom changes, remembered in Redis: what instances share of it, and what ends it for all of them. */

let redis: RedisServer;
let sandbox: Sandbox;
beforeAll(async () => {
  [redis, sandbox] = await Promise.all([startRedisServer(), createSandbox()]);
});
afterAll(() => Promise.all([redis.close(), sandbox.close()]));

const gateways: TestGateway[] = [];
beforeEach(async () => {
  await redis.send('FLUSHALL');
  sandbox.reset();
});
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

/** An instance, once it has its connection. */
async function instance(): Promise<TestGateway> {
  const caching = { referenceMs: 600_000, menuMs: 600_000, redisUrl: redis.url };
  const gateway = await startGateway(sandbox.url, { caching });
  gateways.push(gateway);
  while (!gateway.logs.some(({ msg }) => msg === 'Redis: connected')) await sleep(5);
  return gateway;
}
/** Asks until so many calls are made: writes are not waited for, and a slow look-up is a miss. */
async function untilCalls(gateway: TestGateway, calls: number): Promise<void> {
  do {
    sandbox.calls.length = 0;
    await gateway.ask(TASKS);
  } while (sandbox.calls.length !== calls);
}

test('another instance has people and properties one by one, and all else', async () => {
  const [a, b] = [await instance(), await instance()];
  await untilCalls(a, 1);
  await untilCalls(b, 1);
  // Nothing of it can be read there.
  for (const key of await redis.keys()) expect(key).not.toMatch(/users|properties|sandbox/);
});

test('a 401 that one instance was answered ends it for the others', async () => {
  const [a, b] = [await instance(), await instance()];
  await untilCalls(a, 1);
  await untilCalls(b, 1);
  sandbox.fail({ template: '/v2/task-groups/{id}/tasks', status: 401, times: 1 });
  await a.ask(TASKS);
  await untilCalls(b, 5);
});
