import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { figure } from '../support/fault-stage.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { freePort } from '../support/free-port.ts';
import { type Nginx, nginxBlock, startNginx } from '../support/nginx.ts';
import { range } from '../support/stage.ts';

/*
 * A rolling restart of two instances behind nginx, as docs/operating.md says to set it up: callers notice nothing. The
 * control is nginx without `max_fails=0`, which takes an instance that has begun to listen again for one that is down.
 */

const CALLERS = 20;
const PAUSE_MS = 20;
const QUERY = '{ groups(first: 1) { totalCount } }';
/** Orchestrators wait as long until they take an instance out of service. */
const DELAY_MS = 500;

let sandbox: Sandbox;
let instances: GatewayProcess[] = [];
let nginx: Nginx | undefined;
afterEach(async () => {
  await nginx?.close();
  for (const instance of instances) await instance.close();
  instances = [];
  await sandbox.close();
});

const start = (port: number): Promise<GatewayProcess> =>
  startGatewayProcess(sandbox.url, {
    PORT: String(port),
    SHUTDOWN_DELAY_MS: String(DELAY_MS),
    LOG_LEVEL: 'warn',
  });

/** The page's block with these ports, in front of which a server listens. */
function configOf(block: string, ports: readonly number[], listen: number): string {
  let n = 0;
  const upstream = block.replace(/server [\d.:]+/g, () => `server 127.0.0.1:${ports[n++]}`);
  if (n !== ports.length) throw new Error(`the page has ${n} servers`);
  return upstream.replace('listen 80;', `listen 127.0.0.1:${listen};`);
}

const ask = (agent: Agent, url: string): Promise<number> =>
  new Promise((resolve) => {
    const post = request(`${url}/graphql`, {
      agent,
      method: 'POST',
      headers: { authorization: 'Bearer sandbox-user', 'content-type': 'application/json' },
    });
    post.on('error', () => resolve(0));
    post.on('response', (response) => {
      response.resume();
      response.on('error', () => resolve(0));
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    post.end(JSON.stringify({ query: QUERY }));
  });

/** Restarts one after the other under load. @returns The statuses that callers saw. */
async function restartBehind(change: (block: string) => string): Promise<number[]> {
  sandbox = await createSandbox({ latencyMs: 5 });
  const ports = [await freePort(), await freePort()];
  instances = await Promise.all(ports.map(start));
  const listen = await freePort();
  const url = `http://127.0.0.1:${listen}`;
  const block = change(nginxBlock('upstream gateway {'));
  nginx = await startNginx(configOf(block, ports, listen), `${url}/health`);

  const agent = new Agent({ keepAlive: true });
  const statuses: number[] = [];
  let isOver = false;
  const callers = range(CALLERS).map(async () => {
    while (!isOver) {
      statuses.push(await ask(agent, url));
      await sleep(PAUSE_MS);
    }
  });
  const until = async (count: number): Promise<void> => {
    const end = statuses.length + count;
    while (statuses.length < end) await sleep(5);
  };
  await until(5 * CALLERS);
  for (const [n, port] of ports.entries()) {
    instances[n]?.signal('SIGTERM');
    expect(await instances[n]?.ended).toBe(0);
    await until(CALLERS);
    instances[n] = await start(port);
    await until(5 * CALLERS);
  }
  isOver = true;
  await Promise.all(callers);
  agent.destroy();
  return statuses;
}

const failed = (statuses: readonly number[]): number[] => statuses.filter((one) => one !== 200);

test('with max_fails=0, as the page has it, no request fails in a rolling restart', async () => {
  const statuses = await restartBehind((block) => block);
  figure('nginx: failed in a rolling restart', `${failed(statuses).length} of ${statuses.length}`);
  expect(statuses.length).toBeGreaterThan(15 * CALLERS);
  expect(failed(statuses)).toEqual([]);
});

test('without it, some do: nginx still takes the first instance for dead as the second one ends', async () => {
  // 10 s is the default, which a slow machine needs to start an instance.
  const forLong = ' fail_timeout=10m';
  const statuses = await restartBehind((block) => block.replaceAll(' max_fails=0', forLong));
  figure(
    'nginx: failed in a rolling restart without max_fails=0',
    `${failed(statuses).length} of ${statuses.length}`,
  );
  expect(failed(statuses)).toContain(502);
});
