import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createSandbox, DOCUMENTED_QUOTA, objectId, sandboxToken } from '../../sandbox/index.ts';
import { figure } from '../support/fault-stage.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { startRedisServer } from '../support/redis-server.ts';

const COMPANY = 'acme-7f3a9';
const TOKEN = sandboxToken({ company: COMPANY, sub: objectId('user', 'ana_rojas') });
const ONE = 'query One($search: String) { groups(filter: { search: $search }) { totalCount } }';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

let asked = 0;
async function ask({ url }: GatewayProcess): Promise<boolean> {
  asked += 1;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ query: ONE, variables: { search: `a ${asked}` } }),
  });
  return (await response.json()).errors === undefined;
}
/** 30 callers ask until the time is over. */
async function press(program: GatewayProcess, end: number): Promise<number> {
  let whole = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) if (await ask(program)) whole += 1;
  };
  await Promise.all(Array.from({ length: 30 }, caller));
  return whole;
}

test('two gateways at the documented quota: Redis dies and comes back, and Cotalker refuses nothing', async () => {
  const sandbox = await createSandbox({ quota: DOCUMENTED_QUOTA, latencyMs: 20 });
  closing.push(sandbox.close);
  const redis = await startRedisServer();
  closing.push(redis.close);
  const start = async (): Promise<GatewayProcess> => {
    const program = await startGatewayProcess(sandbox.url, {
      ...{ REDIS_URL: redis.url, CACHE_SECRET: 'x'.repeat(32) },
      ...{ UPSTREAM_QUOTA: '50/5s', UPSTREAM_QUOTA_SHARE: '0.5' },
    });
    closing.push(program.close);
    await ask(program);
    return program;
  };
  const programs = [await start(), await start()];
  const begun = performance.now();
  const pressing = Promise.all(programs.map((program) => press(program, begun + 30_000)));
  await sleep(9000);
  const held = (await redis.keys()).map(async (key) => [key, await redis.send('HGETALL', key)]);
  expect(held).toHaveLength(1);
  expect(String(await Promise.all(held))).not.toContain(COMPANY);
  await redis.kill();
  await sleep(7000);
  await redis.restart();
  const whole = await pressing;
  const windows = (performance.now() - begun) / DOCUMENTED_QUOTA.windowMs;
  figure('two processes, calls in 5 s', whole.map((n) => (n / windows).toFixed(1)).join(' and '));
  for (const { adminUrl, output } of programs) {
    const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
    expect(metrics).toContain('quota_refusals_total{cause="cotalker"} 0\n');
    expect(metrics).toContain('quota_unshared_companies 0\n');
    expect(output()).not.toContain(COMPANY);
  }
  const all = whole.reduce((sum, n) => sum + n, 0) / windows;
  expect(all).toBeGreaterThan(0.6 * DOCUMENTED_QUOTA.calls);
});
