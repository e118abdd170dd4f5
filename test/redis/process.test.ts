import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { freePort } from '../support/free-port.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

const PASSWORD = 'cnry7f3a9';
const TOKEN = 'sandbox-user';

let sandbox: Sandbox;
let redis: RedisServer | undefined;
let program: GatewayProcess;
afterEach(async () => {
  redis?.resume();
  await program.close();
  await redis?.close();
  await sandbox.close();
  redis = undefined;
});
const start = async (redisUrl: string, more: Record<string, string> = {}): Promise<void> => {
  sandbox = await createSandbox();
  program = await startGatewayProcess(sandbox.url, {
    ...{ REDIS_URL: redisUrl, CACHE_TTL_MS: '60000', CACHE_SECRET: PASSWORD.repeat(4) },
    LOG_LEVEL: 'trace',
    ...more,
  });
};
const ask = async () => {
  const response = await fetch(`${program.url}/graphql`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'x-explain': 'true' },
      authorization: `Bearer ${TOKEN}`,
    },
    body: '{"query": "{ groups(first: 1) { totalCount } }"}',
  });
  const { data, extensions } = await response.json();
  expect(data).toEqual({ groups: { totalCount: 38 } });
  return extensions.upstream.requests[0].source;
};
const expectSilence = (text: string): void => {
  for (const secret of [PASSWORD, TOKEN])
    for (const form of ['utf8', 'hex', 'base64url'] as const)
      expect(text).not.toContain(Buffer.from(secret).toString(form));
};

test('as it ships: it caches, ends at once with 0, and lets no secret out', async () => {
  redis = await startRedisServer(['--requirepass', PASSWORD]);
  await start(redis.url.replace('redis://', `redis://:${PASSWORD}@`));
  // It listens before, and keeps nothing then.
  while (!program.output().includes('Redis: connected')) await sleep(5);
  while ((await ask()) !== 'remembered');
  const held = await Promise.all(
    (await redis.keys()).map(async (key) => `${key} ${String(await redis?.send('GET', key))}`),
  );
  // The page, and one record once it is known what the count counts.
  expect(held).toHaveLength(2);
  expectSilence(held.join());
  program.signal('SIGTERM');
  expect(await program.ended).toBe(0);
  expectSilence(program.output());
});

test('a Redis that hangs keeps it neither from serving nor from ending', async () => {
  redis = await startRedisServer();
  await start(redis.url);
  while ((await ask()) !== 'remembered');
  redis.stop();
  expect(await ask()).toBe('made');
  const begun = performance.now();
  program.signal('SIGTERM');
  expect(await program.ended).toBe(0);
  expect(performance.now() - begun).toBeLessThan(3000);
});

test('one that is not there keeps it neither from starting nor from being ready', async () => {
  await start(`redis://user:${PASSWORD}@127.0.0.1:9/3`);
  expect(await ask()).toBe('made');
  expect((await fetch(`${program.url}/ready`)).status).toBe(200);
  program.signal('SIGTERM');
  expect(await program.ended).toBe(0);
  expect(program.output()).toContain('"reason":"ECONNREFUSED"');
  expectSilence(program.output());
});

/** A certificate of the test's own, for localhost. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const make = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=x';
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', [...make.split(' '), ...names, ...files], { stdio: 'ignore' });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('rediss:// is TLS, and no certificate is taken that nobody vouches for', async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const plain = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-auth-clients', 'no'];
  const port = String(await freePort());
  redis = await startRedisServer([...plain, '--tls-port', port]);
  const url = `rediss://localhost:${port}`;
  await start(url, { NODE_EXTRA_CA_CERTS: cert });
  while ((await ask()) !== 'remembered');
  await program.close();
  await sandbox.close();
  await start(url);
  expect(await ask()).toBe('made');
  while (!program.output().includes('SELF_SIGNED_CERT')) await ask();
});
