import type { Server } from 'node:http';
import { Server as SocketServer } from 'node:net';
import { expect, jest, test } from '@jest/globals';
import { ClosedConnections } from '../../src/http/closed-connections.ts';
import { CONNECTION_LIMITS } from '../../src/http/connection-limits.ts';
import { drain } from '../../src/http/drain.ts';
import { InFlight } from '../../src/http/overload/in-flight.ts';
import { Gate } from '../../src/http/pipelines.ts';
import { createListener } from '../../src/http/server.ts';
import { openRaw } from '../support/raw.ts';

/** As many as come one after the other in half a second. */
const CONNECTIONS = 50;
const APART_MS = 10;

test('a server that drains accepts all connections that keep coming, before it closes', async () => {
  let [accepted, acceptedAtClose] = [0, -1];
  // However late timers are on a busy machine: what is tested is that it does not end by a number of rounds.
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const server = Object.assign(new SocketServer(), {
    closeIdleConnections: () => undefined,
    closeAllConnections: () => undefined,
  });
  const connect = (): void => {
    accepted += 1;
    server.emit('connection');
    if (accepted < CONNECTIONS) setTimeout(connect, APART_MS);
  };
  const draining = drain(
    {
      server: server as unknown as Server,
      inFlight: new InFlight(CONNECTION_LIMITS, new ClosedConnections()),
      gate: new Gate(),
    },
    { delayMs: 0, timeoutMs: 10_000, onClosing: () => (acceptedAtClose = accepted) },
  );
  setTimeout(connect, APART_MS);
  expect(await draining).toBe(0);
  clock.mockRestore();
  expect(acceptedAtClose).toBe(CONNECTIONS);
});

test('a connection that was accepted last gets its answer, though its request comes after the server has stopped accepting', async () => {
  const listener = createListener((_, response) => void response.end('served'), {
    ...{ maxInFlight: 4, requestDeadlineMs: 600_000, corsOrigins: [] },
  });
  const url = await listener.listen({ host: '127.0.0.1', port: 0 });
  const late = await openRaw(url);
  const idle = await openRaw(url);
  const onClosing = (): void => late.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  expect(await listener.stop({ delayMs: 0, timeoutMs: 600_000, onClosing })).toBe(0);
  expect(await late.until(/served/)).toMatch(/^HTTP\/1\.1 200 .*\r\nconnection: close\r\n/is);
  await idle.closed;
});
