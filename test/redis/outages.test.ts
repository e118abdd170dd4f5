import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { figure, inMs } from '../support/fault-stage.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';

/* Redis slow, gone, full, or what is no Redis at all: a miss, and at most 50 ms for a whole request. */

/** A screen whose calls come one after the other, so that waiting for each would add up. */
const SCREEN = `{ groups(filter: { search: "field" }) { nodes { ... on TaskGroup {
  tasks(first: 1) { nodes { name state { name } assignee { name } } } } } } }`;
/** What event loops and clocks add to the 50 ms. */
const SPARE_MS = 30;
const PASSWORD = 'cnry7f3a9';

let sandbox: Sandbox;
let closing: (() => unknown)[];
beforeEach(async () => {
  sandbox = await createSandbox();
  closing = [() => sandbox.close()];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});
const open = async (redisUrl: string | undefined, more = {}): Promise<TestGateway> => {
  const gateway = await startGateway(sandbox.url, {
    isMetered: true,
    ...(redisUrl !== undefined && { caching: { ttlMs: 60_000, redisUrl, ...more } }),
  });
  closing.push(gateway.close);
  return gateway;
};
const start = async (options: readonly string[] = []): Promise<RedisServer> => {
  const redis = await startRedisServer(options);
  closing.push(redis.close);
  return redis;
};

const told = ({ logs }: TestGateway) =>
  logs
    .filter(({ msg }) => String(msg).startsWith('Redis'))
    .map(({ msg, reason }) => [msg, ...(reason === undefined ? [] : [reason])].join(' '));

/** Waits until it is so, and not for ever, since a test that is over time is not ended by that. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('it does not come to that');
    await sleep(20);
  }
}
const untilTold = (gateway: TestGateway, what: string | RegExp): Promise<void> =>
  until(() => told(gateway).some((line) => line.match(what)));
const untilHit = (gateway: TestGateway): Promise<void> => untilHits(gateway, 1);
/** A slow look-up is a miss, and Redis is left alone for a while then. */
const untilHits = (gateway: TestGateway, atLeast: number): Promise<void> =>
  until(async () => (await ask(gateway)).hits >= atLeast);

async function ask(gateway: TestGateway, token = 'sandbox-user') {
  const begun = performance.now();
  const { body } = await gateway.ask(SCREEN, { token, headers: { 'x-explain': 'true' } });
  const ms = performance.now() - begun;
  expect(body.errors).toBeUndefined();
  const sources = body.extensions.upstream.requests.map(({ source }: any) => source);
  return {
    ms,
    data: body.data,
    hits: sources.filter((one: string) => one === 'remembered').length,
  };
}

/**
 * How much longer a request takes than without a cache: the least of several, since the machine adds to any
 * one of them what it likes, and takes nothing away.
 *
 * @param prepare Called before each.
 */
async function added(
  gateway: TestGateway,
  prepare: () => unknown = () => undefined,
): Promise<number> {
  const plain = await open(undefined);
  for (let warm = 0; warm < 3; warm += 1) await ask(plain);
  const cached: number[] = [];
  const without: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const one = await ask(plain);
    await prepare();
    const { ms, data } = await ask(gateway);
    expect(data).toEqual(one.data);
    cached.push(ms);
    without.push(one.ms);
  }
  return Math.min(...cached) - Math.min(...without);
}

/** A server that takes connections and says nothing. */
async function startSilent(): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that says of itself what a Sentinel does, and knows no command. */
async function startSentinel(): Promise<string> {
  const info = '# Server\r\nredis_version:8.0.0\r\nredis_mode:sentinel\r\n';
  const server = createServer((socket) =>
    socket
      .on('error', () => undefined)
      .on('data', (part) => {
        for (const [command] of part.toString().matchAll(/^\*\d+\r\n\$\d+\r\n\w+/gm))
          socket.write(
            /INFO$/.test(command) ? `$${info.length}\r\n${info}\r\n` : '-ERR unknown command\r\n',
          );
      }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a Redis that is not there is no reason to wait, to fail or to say it twice', async () => {
  const gateway = await open('redis://127.0.0.1:9');
  await untilTold(gateway, 'ECONNREFUSED');
  const ms = await added(gateway);
  figure('Redis not there: added at the most', inMs(ms));
  expect(ms).toBeLessThan(SPARE_MS);
  await sleep(500);
  expect(told(gateway)).toEqual(['Redis: no connection ECONNREFUSED']);
  expect((await fetch(`${gateway.url}/ready`)).status).toBe(200);
});

test('a Redis Cluster is no reason to fail, and is told of once, in words', async () => {
  const redis = await start(['--cluster-enabled', 'yes']);
  const gateway = await open(redis.url);
  await untilTold(gateway, 'Cluster and Sentinel are not supported');
  for (let n = 0; n < 3; n += 1) expect((await ask(gateway)).hits).toBe(0);
  const lines = gateway.logs.filter(({ msg }) => String(msg).includes('Cluster'));
  expect(lines).toEqual([expect.objectContaining({ level: 50, reason: 'CLUSTER' })]);
});

test('a Sentinel is told of as well', async () => {
  const gateway = await open(await startSentinel());
  await untilTold(gateway, 'Cluster and Sentinel are not supported');
});

test('nor is what takes connections and says nothing', async () => {
  const gateway = await open(await startSilent());
  await sleep(50);
  const ms = await added(gateway);
  figure('Redis silent: added at the most', inMs(ms));
  expect(ms).toBeLessThan(SPARE_MS);
  await untilTold(gateway, 'LATE');
});

test('a Redis that stops to answer adds 50 ms to a whole request, and nothing to the next', async () => {
  const redis = await start();
  const gateway = await open(redis.url);
  await untilTold(gateway, 'connected');
  const first = await added(gateway, async () => {
    redis.resume();
    await untilHit(gateway);
    redis.stop();
  });
  const next = await added(gateway);
  figure('Redis stopped: added to the first, to the next', `${inMs(first)}, ${inMs(next)}`);
  // That it did wait shows that it was about to ask.
  expect(first).toBeGreaterThan(30);
  expect(first).toBeLessThan(50 + SPARE_MS);
  expect(next).toBeLessThan(SPARE_MS);
  expect(told(gateway).at(-1)).toBe('Redis: reads fail or are too slow LATE');
  redis.resume();
  await untilHit(gateway);
  await untilTold(gateway, 'reads are answered again');
});

test('one that pauses is asked again after the pause', async () => {
  const redis = await start();
  const gateway = await open(redis.url);
  await untilTold(gateway, 'connected');
  const ms = await added(gateway, async () => {
    await untilHit(gateway);
    await redis.send('CLIENT', 'PAUSE', '300', 'ALL');
  });
  figure('Redis paused: added', inMs(ms));
  expect(ms).toBeLessThan(50 + SPARE_MS);
  await untilHit(gateway);
});

test('one that answers each command late adds 50 ms at the most, of all calls together', async () => {
  const redis = await start();
  const slow = createServer((from) => {
    const to = new URL(redis.url);
    const socket = (server: Socket) => server.on('error', () => undefined);
    const upstream = socket(connect({ host: '127.0.0.1', port: Number(to.port) }));
    socket(from).on('data', (data) => void setTimeout(() => upstream.write(data), 20));
    upstream.on('data', (data) => from.write(data));
    from.on('close', () => upstream.destroy());
  });
  slow.listen(0, '127.0.0.1');
  await once(slow, 'listening');
  closing.push(() => slow.close());
  const gateway = await open(`redis://127.0.0.1:${(slow.address() as AddressInfo).port}`);
  await untilTold(gateway, 'connected');
  const ms = await added(gateway);
  figure('Redis slow: added at the most', inMs(ms));
  expect(ms).toBeLessThan(50 + SPARE_MS);
});

test('one that goes and comes back is used again, and each is said once', async () => {
  const redis = await start();
  const gateway = await open(redis.url);
  await untilTold(gateway, 'connected');
  await untilHits(gateway, 3);
  await redis.kill();
  expect((await ask(gateway)).hits).toBe(0);
  await sleep(300);
  await redis.restart();
  await untilHit(gateway);
  // That a look-up was slow is no part of it.
  const lines = told(gateway).filter((line) => !line.includes('reads'));
  expect(lines[0]).toBe('Redis: connected');
  expect(lines.at(-1)).toBe('Redis: connected');
  expect(lines.length).toBe(new Set(lines).size + 1);
});

test('one that is full serves what it has, and takes no more', async () => {
  const redis = await start(['--maxmemory-policy', 'noeviction']);
  const gateway = await open(redis.url);
  await untilTold(gateway, 'connected');
  await untilHits(gateway, 3);
  await redis.send('CONFIG', 'SET', 'maxmemory', '1');
  await expect(redis.send('SET', 'a', 'b')).rejects.toThrow('OOM');
  await untilHits(gateway, 3);
  const other = await open(redis.url);
  await untilTold(other, 'connected');
  const ms = await added(other, () => redis.send('DEL', 'a'));
  expect(ms).toBeLessThan(SPARE_MS);
  const isTold = async (what: RegExp) => {
    // Whatever is asked anew is written.
    await gateway.ask(SCREEN, { headers: { 'cache-control': 'no-cache' } });
    return told(gateway).some((line) => what.test(line));
  };
  await until(() => isTold(/writes fail .* OOM/));
  await redis.send('CONFIG', 'SET', 'maxmemory', '0');
  await until(() => isTold(/writes are taken again/));
});

describe('a password', () => {
  test.each([
    ['that is wrong', `redis://default:${PASSWORD}@`, 'WRONGPASS'],
    ['that is missing', 'redis://', 'NOAUTH'],
  ])('%s: served without, and told without it', async (_, scheme, code) => {
    const redis = await start(['--requirepass', 'right']);
    const gateway = await open(redis.url.replace('redis://', scheme));
    await sleep(200);
    expect((await ask(gateway)).hits).toBe(0);
    await untilTold(gateway, code);
    expect(JSON.stringify(gateway.logs)).not.toMatch(/cnry|127\.0\.0\.1:|right/);
  });

  test('that is right: used', async () => {
    const redis = await start(['--requirepass', 'right']);
    const gateway = await open(redis.url.replace('redis://', 'redis://:right@'));
    await untilTold(gateway, 'connected');
    await ask(gateway);
    await untilHit(gateway);
  });
});
