import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { GROUPS, LISTING, useFaultStage } from '../support/fault-stage.ts';
import type { Fault } from '../support/fault-server.ts';
import type { TestGateway } from '../support/gateway.ts';
import * as faults from '../support/faults.ts';
import { openRaw, type RawConnection, rawPost } from '../support/raw.ts';

/*
 * Past MAX_INFLIGHT a request is turned away with 503, before its body is read; and what tells how the
 * gateway is, is answered all the same. How soon: test/timing/server-shedding.test.ts.
 */

const { stage } = useFaultStage();
const PLACES = 5;
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
  test('503 with OVERLOADED and Retry-After, and no call', async () => {
    const { gateway, upstream, release } = await startFull();
    await gateway.ask(LISTING);
    for (let n = 0; n < 20; n += 1) {
      const { status, headers, body } = await gateway.ask(LISTING);
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
});
