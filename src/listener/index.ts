import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createAdmission } from './admission.ts';
import { createCors } from './cors.ts';
import { drain, type DrainOptions, endConnection } from './drain.ts';
import { createInFlight } from './in-flight.ts';
import { CONNECTION_LIMITS, type ConnectionLimits } from './limits.ts';
import { listenOn } from './listen.ts';
import { cut, shed, statusOf } from './refuse.ts';
import { responseClass } from './response.ts';
import { createSheddingWatch } from './shedding.ts';
import { createTurns, noteWait, type Turns } from '../turns.ts';

export interface ListenerOptions {
  /** Requests in flight at the most; more are turned away. */
  readonly maxInFlight: number;
  /** How late the event loop may be before fewer requests are let in, in milliseconds. */
  readonly maxLoopDelayMs: number;
  /** The origins whose pages may read answers. */
  readonly corsOrigins: readonly string[];
  /** How long requests are turned away until `isShedding` says so, in milliseconds. */
  readonly sheddingAfterMs?: number;
  readonly connections?: Partial<ConnectionLimits>;
  /** Shared with all else that takes the processor; by default nothing else is known to. */
  readonly turns?: Turns;
}

export interface Listener {
  /** Resolves to the address that is really served, as a base URL. */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  /** False before `listen`, and from the call of `stop` on. */
  readonly isServing: boolean;
  /** Whether requests have been turned away for a while. */
  readonly isShedding: boolean;
  /** How many requests are in flight, how many may be, and how many have been turned away so far. */
  readonly load: { readonly inFlight: number; readonly limit: number; readonly turnedAway: number };
  /**
   * Takes no more connections after `delayMs`, has streams ended then, waits `timeoutMs` for the requests in
   * flight, and closes what is left. From the call on every answer ends its connection, so that callers go elsewhere.
   *
   * @returns How many requests were cut, since they took longer than that.
   */
  stop(how: DrainOptions): Promise<number>;
}

const SHEDDING_AFTER_MS = 10_000;
/** These tell how the process is, however much it has to do. */
const NEVER_SHED = new Set(['/health', '/ready']);

/** The gateway on a socket: all that `node:http` has to be told for no caller to be in the way of another. */
export function createListener(handle: RequestListener, options: ListenerOptions): Listener {
  const limits = { ...CONNECTION_LIMITS, ...options.connections };
  const cors = createCors(options.corsOrigins);
  const inFlight = createInFlight(limits);
  const turns = options.turns ?? createTurns();
  const admission = createAdmission(options, inFlight, () => turns.lateMs);
  const reviews = setInterval(inFlight.review, limits.checkIntervalMs).unref();
  const shedding = createSheddingWatch(options.sheddingAfterMs ?? SHEDDING_AFTER_MS);
  let turnedAway = 0;
  let isServing = false;
  let isStopping = false;

  const isAdmitted = ({ url = '' }: IncomingMessage): boolean =>
    inFlight.size < admission.limit ||
    NEVER_SHED.has(url.replace(/\?.*/s, '')) ||
    inFlight.makeRoom();

  const receive = (
    request: IncomingMessage,
    response: ServerResponse,
    goAhead?: () => void,
  ): void => {
    if (isStopping) endConnection(response);
    if (cors.answerPreflight(request, response)) return;
    if (!isAdmitted(request)) {
      turnedAway += 1;
      shedding.note();
      shed(request, response);
      return;
    }
    inFlight.add(request, response);
    goAhead?.();
    const turn = turns.take('begin');
    if (turn === undefined) handle(request, response);
    else
      void turn.then((waitedMs) => {
        noteWait(request, waitedMs);
        if (!response.destroyed) handle(request, response);
      });
  };

  const server = createServer({
    ServerResponse: responseClass(cors),
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: limits.checkIntervalMs,
    maxHeaderSize: limits.maxHeaderBytes,
  });
  server.maxConnections = limits.maxConnections;
  server
    .on('request', (request, response) => receive(request, response))
    // `Expect: 100-continue`: the body comes only once it is asked for.
    .on('checkContinue', (request: IncomingMessage, response: ServerResponse) =>
      receive(request, response, () => response.writeContinue()),
    )
    .on('clientError', (error, socket) =>
      cut(socket, statusOf(error), inFlight.at(socket)?.headersSent ?? false),
    );

  return {
    get isServing() {
      return isServing;
    },
    get isShedding() {
      return shedding.persists;
    },
    get load() {
      return { inFlight: inFlight.size, limit: admission.limit, turnedAway };
    },
    listen: async (at) => {
      const address = await listenOn(server, at);
      isServing = true;
      return address;
    },
    stop: async (how) => {
      isServing = false;
      isStopping = true;
      const cut = await drain(server, inFlight, how);
      clearInterval(reviews);
      admission.stop();
      return cut;
    },
  };
}
