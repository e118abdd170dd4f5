import type { Server, ServerResponse } from 'node:http';
import { Server as SocketServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { InFlight } from './overload/in-flight.ts';
import type { Gate } from './pipelines.ts';

export interface DrainOptions {
  readonly delayMs: number;
  readonly timeoutMs: number;
  /** Called when the server accepts no more: it must end streams, which have no end of their own. */
  readonly onClosing?: () => void;
  /** What goes on though its caller has left, and is finished like a request. Default: nothing. */
  readonly writes?: Unfinished;
}

interface Unfinished {
  readonly size: number;
  /** Resolves when there are none. */
  whenNone(): Promise<void>;
}

interface Draining {
  readonly server: Server;
  readonly inFlight: InFlight;
  readonly gate: Gate;
}

/**
 * How long streams may take to send their end, in milliseconds. The server does not wait for callers that do not
 * read.
 */
const STREAMS_END_MS = 1000;

/** Once no connection has come for so long, none waits in the kernel. */
const QUIET_MS = 20;
/** If they go on coming, as from callers on a busy machine, the server stops accepting them after so long. */
const SETTLE_MS = 2000;
/**
 * For so long, at least, what is on its way on open connections is answered before these are closed. On kept ones that is
 * before the server stops accepting, on those just accepted after it.
 */
const ON_THE_WAY_MS = 100;

/**
 * Closes a server without losing an answer; see `Listener.stop`. The caller must make every answer close its
 * connection from now on.
 *
 * @returns The number of requests and writes that were cut.
 */
export async function drain(
  { server, inFlight, gate }: Draining,
  { delayMs, timeoutMs, onClosing, writes }: DrainOptions,
): Promise<number> {
  for (const response of inFlight) endConnection(response);
  const onTheWayMs = Math.min(timeoutMs, ON_THE_WAY_MS);
  await sleep(Math.max(delayMs, onTheWayMs));
  gate.close();
  await settle(server, Math.min(timeoutMs, SETTLE_MS));
  // `http.Server.close` would close those connections, too, whose first request is still on its way.
  SocketServer.prototype.close.call(server);
  gate.open();
  onClosing?.();
  await sleepAndRead(onTheWayMs);
  server.close();
  // If an answer has begun, its connection can only close after it.
  for (const response of inFlight) response.once('close', () => server.closeIdleConnections());
  const timeLimit = (ms: number) => sleep(Math.min(ms, timeoutMs), undefined, { ref: false });
  await Promise.all([
    Promise.race([inFlight.whenEmpty().then(() => writes?.whenNone()), timeLimit(timeoutMs)]),
    Promise.race([inFlight.whenClosed(), timeLimit(STREAMS_END_MS)]),
  ]);
  const cut = inFlight.size + (writes?.size ?? 0);
  server.closeAllConnections();
  return cut;
}

/** Tells the caller to send its next request elsewhere, if the headers are not out yet. */
export function endConnection(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

/** Accepts the connections that wait in the kernel: for their clients they are already open. */
async function settle(server: Server, ms: number): Promise<void> {
  const until = performance.now() + ms;
  let connected = 0;
  let before: number;
  const count = (): void => {
    connected += 1;
  };
  server.on('connection', count);
  do {
    before = connected;
    await sleepAndRead(QUIET_MS);
  } while (connected > before && performance.now() < until);
  server.off('connection', count);
}

/** Sleeps. What has come while this process did not run, as on a busy machine, is read before it resolves. */
async function sleepAndRead(ms: number): Promise<void> {
  await sleep(ms);
  await nextTurn();
}
