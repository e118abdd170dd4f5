import type { Server, ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { InFlight } from './overload/in-flight.ts';

export interface DrainOptions {
  /** How long connections are still taken, in milliseconds. */
  readonly delayMs: number;
  /** How long requests in flight are waited for after that. */
  readonly timeoutMs: number;
  /** Called when no more are taken: streams, which have no end of their own, are to be ended then. */
  readonly onClosing?: () => void;
}

/** How long streams have to say that they end, in milliseconds; who does not read is not waited for. */
const STREAMS_END_MS = 1000;

/** How long connections that have come already are let in, where there is no end of them. */
const MAX_SETTLE_MS = 500;
/** Turns of the event loop to accept a connection, and to read what came on it; one more, to be sure. */
const TURNS_TO_READ = 3;

/**
 * Closes a server without losing an answer; see `Listener.stop`. The caller sees to it that every answer
 * from now on ends its connection.
 *
 * @returns How many requests were cut.
 */
export async function drain(
  server: Server,
  inFlight: InFlight,
  { delayMs, timeoutMs, onClosing }: DrainOptions,
): Promise<number> {
  for (const response of inFlight) endConnection(response);
  await sleep(delayMs);
  await settle(server);
  // Closes idle connections, too.
  server.close();
  // Of an answer that has begun, the connection can only be closed behind it.
  for (const response of inFlight) response.once('close', () => server.closeIdleConnections());
  onClosing?.();
  const patience = (ms: number) => sleep(Math.min(ms, timeoutMs), undefined, { ref: false });
  await Promise.all([
    Promise.race([inFlight.whenEmpty(), patience(timeoutMs)]),
    Promise.race([inFlight.whenClosed(), patience(STREAMS_END_MS)]),
  ]);
  const cut = inFlight.size;
  server.closeAllConnections();
  return cut;
}

/** Tells the caller to go elsewhere with the next request, where it still can. */
export function endConnection(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

/**
 * Lets in who has connected already: to its client such a connection is open, while it waits in the
 * kernel. Node accepts one in each turn of the event loop.
 */
async function settle(server: Server): Promise<void> {
  const end = performance.now() + MAX_SETTLE_MS;
  let connected = 0;
  let before: number;
  const count = (): void => {
    connected += 1;
  };
  server.on('connection', count);
  do {
    before = connected;
    for (let turn = 0; turn < TURNS_TO_READ; turn += 1) await nextTurn();
  } while (connected > before && performance.now() < end);
  server.off('connection', count);
}
