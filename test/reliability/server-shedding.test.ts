import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createListener, type Listener } from '../../src/listener/index.ts';
import { figure, GROUPS, inMs, LISTING, useFaultStage } from '../support/fault-stage.ts';
import type { Fault } from '../support/fault-server.ts';
import type { TestGateway } from '../support/gateway.ts';
import * as faults from '../support/faults.ts';
import { type Client, closedLoop, createClient, type Sample } from '../support/load.ts';
import { openRaw, type RawConnection, rawPost } from '../support/raw.ts';

/*
 * Past MAX_INFLIGHT a request is turned away with 503 in under 20 ms, before its body is read; and what
 * tells how the gateway is, is answered all the same.
 */

jest.setTimeout(20_000);

const { stage } = useFaultStage();
const PLACES = 5;
const IN_TIME_MS = 20;
const CLOSE = { connection: 'close' };

let connections: RawConnection[] = [];
afterEach(() => {
  for (const { socket } of connections) socket.destroy();
  connections = [];
});
async function open({ url }: TestGateway, text: string): Promise<RawConnection> {
  const connection = await openRaw(url);
  connections.push(connection);
  connection.write(text);
  return connection;
}

/** A gateway all of whose places are taken, by requests that wait for Cotalker. */
async function startFull(options: Parameters<typeof stage>[1] = {}) {
  const held: Socket[] = [];
  const served = faults.json(GROUPS);
  let answer: Fault = (socket) => void held.push(socket);
  const { gateway, upstream } = await stage(() => answer, { maxInFlight: PLACES, ...options });
  // Each of another caller: none shares the call of another.
  const waiting = Array.from({ length: PLACES }, (_, n) =>
    gateway.ask(LISTING, { token: `waiting-${n}` }),
  );
  await upstream.untilCalled(PLACES);
  const release = async () => {
    answer = served;
    for (const socket of held) served(socket);
    return Promise.all(waiting);
  };
  return { gateway, upstream, release };
}

describe('past MAX_INFLIGHT', () => {
  test('503 with OVERLOADED and Retry-After in under 20 ms, and no call', async () => {
    const { gateway, upstream, release } = await startFull();
    await gateway.ask(LISTING);
    const times: number[] = [];
    for (let n = 0; n < 200; n += 1) {
      const start = performance.now();
      const { status, headers, body } = await gateway.ask(LISTING);
      times.push(performance.now() - start);
      const retryAfter = Number(headers.get('retry-after'));
      expect([1, 2, 3]).toContain(retryAfter);
      expect([status, body]).toEqual([
        503,
        {
          errors: [
            {
              message: 'The gateway takes no more requests at the moment.',
              extensions: { code: 'OVERLOADED', retryAfter },
            },
          ],
        },
      ]);
    }
    times.sort((a, b) => a - b);
    const p99 = times[197] ?? NaN;
    figure('503 past MAX_INFLIGHT, p99 of 200', inMs(p99));
    // Not the slowest: the machine may be busy with something else for a moment.
    expect(times[180]).toBeLessThan(IN_TIME_MS);
    expect(upstream.calls).toHaveLength(PLACES);
    await release();
  });

  test('the answer comes before the body, and the connection serves on', async () => {
    const { gateway, release } = await startFull();
    const body = JSON.stringify({ query: '{ __typename }' });
    const late = await open(gateway, rawPost('{ __typename }').slice(0, -body.length));
    await late.until(/^HTTP\/1\.1 503 .*OVERLOADED/s);
    await release();
    late.write(body + rawPost('{ __typename }', CLOSE));
    expect(await late.until(/"__typename"/)).toContain('HTTP/1.1 200 OK');
  });

  test('a caller who asks ahead whether to send its body is told not to', async () => {
    const { gateway, release } = await startFull();
    const head =
      'POST /graphql HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n';
    const asking = await open(gateway, head);
    await asking.closed;
    expect(asking.received).toMatch(/^HTTP\/1\.1 503 /);
    await release();
    expect(await (await open(gateway, head)).until(/^HTTP/)).toMatch(/^HTTP\/1\.1 100 Continue/);
  });

  test.each([
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
  ])('in %s, where that is asked for', async (accept, type) => {
    const { gateway, release } = await startFull();
    const { headers } = await gateway.ask(LISTING, { headers: { accept } });
    expect(headers.get('content-type')).toBe(type);
    await release();
  });

  test('a page of a listed origin can read why, and its preflight passes', async () => {
    const origin = 'https://app.example.com';
    const { gateway, release } = await startFull({ corsOrigins: [origin] });
    const { headers } = await gateway.ask(LISTING, { headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toContain('retry-after');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const preflight = await fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    await release();
  });

  test('/health and /ready answer, no other address passes for them', async () => {
    const { gateway, release } = await startFull();
    for (const path of ['/health', '/ready', '/health?x', '/ready?graphql']) {
      expect([path, (await fetch(gateway.url + path)).status]).toEqual([path, 200]);
    }
    for (const path of ['/graphql?x=/health', '/graphql/health', '/health/', '//health', '/']) {
      expect([path, (await fetch(gateway.url + path)).status]).toEqual([path, 503]);
    }
    await release();
  });

  test('places are free again as soon as answers are out, and when callers go away', async () => {
    const { gateway, release } = await startFull();
    const answers = await release();
    expect(answers.map(({ status, body }) => [status, body.data])).toEqual(
      Array(PLACES).fill([200, { groups: { totalCount: 0 } }]),
    );
    const token = null;
    expect((await gateway.ask(LISTING, { token })).status).toBe(200);

    const other = await stage(() => faults.hang, { maxInFlight: 1 });
    const leaving = await open(other.gateway, rawPost(LISTING));
    await other.upstream.untilCalled(1);
    expect((await other.ask()).status).toBe(503);
    leaving.socket.destroy();
    await other.upstream.untilOpen(0);
    expect((await other.ask(LISTING, { token })).status).toBe(200);
  });

  test('/ready tells of it once it persists, and stays 200', async () => {
    const { gateway, release } = await startFull({ sheddingAfterMs: 300 });
    const ready = async (): Promise<unknown> => {
      const response = await fetch(`${gateway.url}/ready`);
      return [response.status, await response.json()];
    };
    await gateway.ask(LISTING);
    expect(await ready()).toEqual([200, { status: 'ok' }]);
    await sleep(350);
    await gateway.ask(LISTING);
    expect(await ready()).toEqual([200, { status: 'ok', shedding: true }]);
    await release();
  });
});

describe('while the event loop is late', () => {
  const BOUND_MS = 15;
  let listener: Listener;
  afterEach(() => listener.stop({ delayMs: 0, timeoutMs: 0 }));

  /** A server whose requests take the processor for a while, and then wait as if for Cotalker. */
  async function start(
    workMs: number,
    { maxLoopDelayMs = BOUND_MS, waitMs = 50 } = {},
  ): Promise<Client> {
    listener = createListener(
      (_, response) => {
        block(workMs);
        setTimeout(() => response.end('{}'), waitMs);
      },
      { maxInFlight: 150, maxLoopDelayMs, corsOrigins: [] },
    );
    return createClient({ url: await listener.listen({ host: '127.0.0.1', port: 0 }), query: '' });
  }
  const block = (ms: number): void => {
    const start = performance.now();
    while (performance.now() - start < ms);
  };
  const shareOf = (samples: readonly Sample[], wanted: number): number =>
    samples.filter(({ status }) => status === wanted).length / samples.length;

  test('fewer are let in than MAX_INFLIGHT, until it is not late any more', async () => {
    const client = await start(2);
    const flood = await closedLoop(client, { width: 120, seconds: 1.5 });
    expect(shareOf(flood, 503)).toBeGreaterThan(0.1);
    expect(shareOf(flood, 200)).toBeGreaterThan(0.02);
    await sleep(500);
    expect(shareOf(await closedLoop(client, { width: 10, count: 30 }), 200)).toBe(1);
    client.close();
  });

  test('without the bound all are let in, and wait for each other', async () => {
    const client = await start(2, { maxLoopDelayMs: Infinity });
    const flood = await closedLoop(client, { width: 120, seconds: 0.5 });
    expect(shareOf(flood, 200)).toBe(1);
    client.close();
  });

  test('whoever is turned away does not wait for those who were let in with it', async () => {
    const WORK_MS = 10;
    const PLACES = 16;
    listener = createListener(
      (_, response) => {
        block(WORK_MS);
        setTimeout(() => response.end('{}'), 500);
      },
      { maxInFlight: PLACES, maxLoopDelayMs: Infinity, corsOrigins: [] },
    );
    const { hostname, port } = new URL(await listener.listen({ host: '127.0.0.1', port: 0 }));
    const flood = await Promise.all(
      Array.from({ length: PLACES + 4 }, () => openRaw(`http://${hostname}:${port}`)),
    );
    connections.push(...flood);
    // Node accepts a connection in each turn: all of them are open before the first request comes.
    await sleep(200);
    const start = performance.now();
    for (const connection of flood) connection.write(rawPost('{ a }'));
    const ends = await Promise.all(
      flood.map(async (connection) => {
        const [status = ''] = /\d{3}/.exec(await connection.until(/\r\n\r\n.*\}/s)) ?? [];
        return { status, ms: performance.now() - start };
      }),
    );
    const refused = ends.filter(({ status }) => status === '503').map(({ ms }) => ms);
    expect(refused).toHaveLength(4);
    // All that is done for the others takes 160 ms.
    expect(Math.max(...refused)).toBeLessThan((WORK_MS * PLACES) / 2);
    figure('turned away together with 16 that take 10 ms each', inMs(Math.max(...refused)));
  });

  test('a single pause, such as a large garbage collection, turns nobody away', async () => {
    const client = await start(0, { waitMs: 200 });
    const calm = closedLoop(client, { width: 30, seconds: 2 });
    await sleep(300);
    block(1200);
    expect(shareOf(await calm, 200)).toBe(1);
    client.close();
  });
});
