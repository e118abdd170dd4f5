import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createListener, type Listener } from '../../src/listener/index.ts';
import { figure, GROUPS, inMs, LISTING, useFaultStage } from '../support/fault-stage.ts';
import type { Fault } from '../support/fault-server.ts';
import * as faults from '../support/faults.ts';
import { type Client, closedLoop, createClient, type Sample } from '../support/load.ts';
import { openRaw, rawPost, type RawConnection } from '../support/raw.ts';

/*
 * How soon a request is turned away, and what is turned away while the event loop is late.
 */

const { stage } = useFaultStage();
const PLACES = 5;
const IN_TIME_MS = 20;

let connections: RawConnection[] = [];
afterEach(() => {
  for (const { socket } of connections) socket.destroy();
  connections = [];
});

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

test('past MAX_INFLIGHT: 503 in under 20 ms', async () => {
  const { gateway, release } = await startFull();
  const times: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    const start = performance.now();
    expect((await gateway.ask(LISTING)).status).toBe(503);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  figure('503 past MAX_INFLIGHT, p99 of 200', inMs(times[197] ?? NaN));
  // Not the slowest: the machine may be busy with something else for a moment.
  expect(times[180]).toBeLessThan(IN_TIME_MS);
  await release();
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
