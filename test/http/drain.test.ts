import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { expect, jest, test } from '@jest/globals';
import { CONNECTION_LIMITS } from '../../src/http/connection-limits.ts';
import { drain } from '../../src/http/drain.ts';
import { InFlight } from '../../src/http/overload/in-flight.ts';
import { Gate } from '../../src/http/pipelines.ts';

/** As many as come one after the other in half a second. */
const CONNECTIONS = 50;
const APART_MS = 10;

test('a server that drains accepts all connections that keep coming, before it closes', async () => {
  let [accepted, acceptedAtClose] = [0, -1];
  // However late timers are on a busy machine: what is tested is that it does not end by a number of rounds.
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const server = Object.assign(new EventEmitter(), {
    close: () => (acceptedAtClose = accepted),
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
      inFlight: new InFlight(CONNECTION_LIMITS),
      gate: new Gate(),
    },
    { delayMs: 0, timeoutMs: 10_000 },
  );
  setTimeout(connect, APART_MS);
  expect(await draining).toBe(0);
  clock.mockRestore();
  expect(acceptedAtClose).toBe(CONNECTIONS);
});
