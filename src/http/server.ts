import {
  createServer,
  type IncomingMessage,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { Handle } from './arrival.ts';
import { createCallers } from './overload/callers.ts';
import { drain, type DrainOptions, endConnection } from './drain.ts';
import { InFlight } from './overload/in-flight.ts';
import { ClosedConnections } from './closed-connections.ts';
import { CONNECTION_LIMITS, type ConnectionLimits } from './connection-limits.ts';
import { EXEMPT_MS, RequestLine } from './overload/line.ts';
import { listenOn } from './listen.ts';
import { createPipelines, Gate } from './pipelines.ts';
import { createPlaces } from './overload/places.ts';
import { createReceive, type Receive } from './receive.ts';
import { createReceiving, endWithBody } from './request/receiving.ts';
import { cutUnreadable } from './overload/refuse.ts';
import { type CorsOptions, createCors, responseClass } from './response-headers.ts';
import { createTurnedAway, type ReasonCounts } from './overload/turned-away.ts';

export interface ListenerOptions extends CorsOptions {
  readonly maxInFlight: number;
  readonly requestDeadlineMs: number;
  /** How long requests are turned away until `isShedding` says so, in milliseconds. */
  readonly sheddingAfterMs?: number;
  readonly exemptMs?: number;
  /** Called once a minute with the number of refused requests by reason, if there are any. */
  readonly onTurnedAway?: (counts: Partial<ReasonCounts>) => void;
  readonly connections?: Partial<ConnectionLimits>;
}

export interface Listener {
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  /** False before `listen`, and from the call of `stop` on. */
  readonly isServing: boolean;
  readonly isShedding: boolean;
  readonly load: {
    readonly inFlight: number;
    readonly waiting: number;
    readonly turnedAway: ReasonCounts;
    readonly closed: ClosedConnections['counts'];
  };
  /**
   * After `delayMs`, accepts no more connections and ends streams. Then waits `timeoutMs` for the requests in
   * flight, and closes the rest. From the call on, every answer closes its connection, so that callers go
   * elsewhere.
   *
   * @returns The number of requests that were cut because they took longer.
   */
  stop(how: DrainOptions): Promise<number>;
}

/** The gateway on a socket, with all settings of `node:http` that keep one caller from blocking another. */
export function createListener(handle: Handle, options: ListenerOptions): Listener {
  const limits = { ...CONNECTION_LIMITS, ...options.connections };
  const cors = createCors(options);
  const [closed, gate] = [new ClosedConnections(), new Gate()];
  const inFlight = new InFlight(limits, closed);
  const line = new RequestLine({ ...options, deadlineMs: options.requestDeadlineMs });
  const { inTurn, watch } = createPipelines(() => closed.note('pipelined'));
  const reviews = setInterval(() => inFlight.review(), limits.checkIntervalMs).unref();
  const turnedAway = createTurnedAway(options);
  let [isServing, isStopping] = [false, false];

  const receive = createReceive(handle, {
    ...{ line, inFlight, turnedAway },
    callers: createCallers(),
    places: createPlaces(options.maxInFlight, startingFor(options.exemptMs)),
    receiving: createReceiving(limits),
  });
  const serve: Receive = (request, response, goAhead) => {
    if (isStopping) endConnection(response);
    // A probe, a preflight and who is turned away are answered before their bodies have come.
    response.once('finish', () => endWithBody(request));
    // Its caller may have left at the closed gate: nothing would tell then that it is over.
    if (response.destroyed || cors.answerPreflight(request, response)) return;
    receive(request, response, goAhead);
  };

  const server = createServer({ ...settingsOf(limits), ServerResponse: responseClass(cors) })
    .on('connection', watch)
    .on('request', (request, response) =>
      inTurn(request.socket, response, () => gate.pass(() => serve(request, response))),
    )
    // `Expect: 100-continue`: the body comes only after a `100 Continue`.
    .on('checkContinue', (request: IncomingMessage, response: ServerResponse) =>
      inTurn(request.socket, response, () =>
        gate.pass(() => serve(request, response, () => response.writeContinue())),
      ),
    )
    .on('clientError', closeUnreadable(inFlight, closed))
    .on('drop', () => closed.note('too_many'));
  server.maxConnections = limits.maxConnections;

  return {
    get isServing() {
      return isServing;
    },
    get isShedding() {
      return turnedAway.persists;
    },
    get load() {
      const counts = { turnedAway: turnedAway.counts, closed: closed.counts };
      return { inFlight: inFlight.size, waiting: line.size, ...counts };
    },
    listen: async (at) => {
      const address = await listenOn(server, at);
      isServing = true;
      return address;
    },
    stop: async (how) => {
      [isServing, isStopping] = [false, true];
      const cut = await drain({ server, inFlight, gate }, how);
      clearInterval(reviews);
      turnedAway.stop();
      return cut;
    },
  };
}

/** Closes a connection on which no request can be read, or has not come in time. */
const closeUnreadable =
  (inFlight: InFlight, closed: ClosedConnections) =>
  (error: Error, socket: Duplex): void => {
    const reason = cutUnreadable(socket, error, inFlight.at(socket)?.headersSent ?? false);
    if (reason !== undefined) closed.note(reason);
  };

/** Whether so many milliseconds are not over. */
function startingFor(ms = EXEMPT_MS): () => boolean {
  const until = performance.now() + ms;
  return () => performance.now() < until;
}

const settingsOf = (limits: ConnectionLimits): ServerOptions => ({
  headersTimeout: limits.headersTimeoutMs,
  requestTimeout: limits.requestTimeoutMs,
  keepAliveTimeout: limits.keepAliveTimeoutMs,
  connectionsCheckingInterval: limits.checkIntervalMs,
  maxHeaderSize: limits.maxHeaderBytes,
});
