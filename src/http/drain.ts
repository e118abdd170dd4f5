import type { Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InFlight } from './overload/in-flight.ts';

export interface DrainOptions {
  /** How long the server still accepts connections, in milliseconds. */
  readonly delayMs: number;
  /** How long it then waits for requests in flight, in milliseconds. */
  readonly timeoutMs: number;
  /** Called when the server accepts no more: it must end streams, which have no end of their own. */
  readonly onClosing?: () => void;
}

/** What is closed. */
interface Draining {
  readonly server: Server;
  readonly inFlight: InFlight;
  readonly gate: Gate;
}

/**
 * Holds requests while the last connections are accepted. Each answer ends its connection, and a caller may open
 * another one at once, so that there would always be some that wait in the kernel.
 */
export class Gate {
  #held: (() => void)[] | undefined;

  /** Serves a request, now or once the gate opens. */
  pass(serve: () => void): void {
    if (this.#held === undefined) serve();
    else this.#held.push(serve);
  }

  close(): void {
    this.#held ??= [];
  }

  open(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const serve of held) serve();
  }
}

/**
 * How long streams may take to send their end, in milliseconds. The server does not wait for callers that do not
 * read.
 */
const STREAMS_END_MS = 1000;

/** Once no connection has come for so long, none waits in the kernel. If they go on coming, it ends after ten times. */
const QUIET_MS = 20;
const MAX_ROUNDS = 10;
/** For so long, at least, what is on its way on kept connections is answered before these are closed. */
const ON_THE_WAY_MS = 100;

/**
 * Closes a server without losing an answer; see `Listener.stop`. The caller must make every answer close its
 * connection from now on.
 *
 * @returns The number of requests that were cut.
 */
export async function drain(
  { server, inFlight, gate }: Draining,
  { delayMs, timeoutMs, onClosing }: DrainOptions,
): Promise<number> {
  for (const response of inFlight) endConnection(response);
  await sleep(Math.max(delayMs, Math.min(timeoutMs, ON_THE_WAY_MS)));
  gate.close();
  await settle(server);
  // Closes idle connections, too.
  server.close();
  gate.open();
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

/** Accepts the connections that wait in the kernel: for their clients they are already open. */
async function settle(server: Server): Promise<void> {
  let connected = 0;
  let before: number;
  let rounds = 0;
  const count = (): void => {
    connected += 1;
  };
  server.on('connection', count);
  do {
    before = connected;
    await sleep(QUIET_MS);
    rounds += 1;
  } while (connected > before && rounds < MAX_ROUNDS);
  server.off('connection', count);
}
