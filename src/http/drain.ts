import type { Server, ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { InFlight } from './overload/in-flight.ts';

export interface DrainOptions {
  /** How long the server still accepts connections, in milliseconds. */
  readonly delayMs: number;
  /** How long it then waits for requests in flight, in milliseconds. */
  readonly timeoutMs: number;
  /** Called when the server accepts no more: it must end streams, which have no end of their own. */
  readonly onClosing?: () => void;
}

/**
 * How long streams may take to send their end, in milliseconds. The server does not wait for callers that do not
 * read.
 */
const STREAMS_END_MS = 1000;

/** The most connections that can wait in the kernel: Node's default `backlog`. If more keep coming, they end here. */
const MAX_WAITING = 511;
/** Turns of the event loop to accept a connection and to read from it, and one more for safety. */
const TURNS_TO_READ = 3;

/**
 * Closes a server without losing an answer; see `Listener.stop`. The caller must make every answer close its
 * connection from now on.
 *
 * @returns The number of requests that were cut.
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
  // If an answer has begun, its connection can only close after it.
  for (const response of inFlight) response.once('close', () => server.closeIdleConnections());
  onClosing?.();
  const timeLimit = (ms: number) => sleep(Math.min(ms, timeoutMs), undefined, { ref: false });
  await Promise.all([
    Promise.race([inFlight.whenEmpty(), timeLimit(timeoutMs)]),
    Promise.race([inFlight.whenClosed(), timeLimit(STREAMS_END_MS)]),
  ]);
  const cut = inFlight.size;
  server.closeAllConnections();
  return cut;
}

/** Tells the caller to send its next request elsewhere, if the headers are not out yet. */
export function endConnection(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

/**
 * Accepts the connections that wait in the kernel: for their clients they are already open. Node accepts one in
 * each turn of the event loop.
 */
async function settle(server: Server): Promise<void> {
  let connected = 0;
  let before: number;
  const count = (): void => {
    connected += 1;
  };
  server.on('connection', count);
  do {
    before = connected;
    for (let turn = 0; turn < TURNS_TO_READ; turn += 1) await nextTurn();
  } while (connected > before && connected < MAX_WAITING);
  server.off('connection', count);
}
