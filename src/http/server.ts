import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { noteArrival } from '../observe/arrival.ts';
import { createCallers } from './overload/callers.ts';
import { type CorsOptions, createCors } from './cors.ts';
import { drain, type DrainOptions, endConnection } from './drain.ts';
import { InFlight } from './overload/in-flight.ts';
import { CONNECTION_LIMITS, type ConnectionLimits } from './connection-limits.ts';
import { createLine } from './overload/line.ts';
import { endSoon } from './linger.ts';
import { listenOn } from './listen.ts';
import { createPipelines } from './pipelines.ts';
import { createPlaces } from './overload/places.ts';
import { createReceiving } from './request/receiving.ts';
import { cut, shed, statusOfClientError } from './overload/refuse.ts';
import { responseClass } from './response-headers.ts';
import { createTurnedAway, type Reason, type ReasonCounts } from './overload/turned-away.ts';

export interface ListenerOptions extends CorsOptions {
  /** Requests in flight at the most, a bound on memory; more are turned away. */
  readonly maxInFlight: number;
  /** The deadline of a request, in milliseconds. Requests that would wait longer are turned away. */
  readonly requestDeadlineMs: number;
  /** How long requests are turned away until `isShedding` says so, in milliseconds. */
  readonly sheddingAfterMs?: number;
  /** The time after the start without overload detection, in milliseconds. */
  readonly exemptMs?: number;
  /** Called once a minute with the number of refused requests by reason, if there are any. */
  readonly onTurnedAway?: (counts: Partial<ReasonCounts>) => void;
  readonly connections?: Partial<ConnectionLimits>;
}

export interface Listener {
  /** Resolves to the base URL that it listens on. */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  /** False before `listen`, and from the call of `stop` on. */
  readonly isServing: boolean;
  /** Whether requests have been turned away for a while. */
  readonly isShedding: boolean;
  /** The number of requests in flight, of those that wait in line, and of those turned away so far. */
  readonly load: {
    readonly inFlight: number;
    readonly waiting: number;
    readonly turnedAway: ReasonCounts;
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

const SHEDDING_AFTER_MS = 10_000;
/** These paths are answered even during an overload. */
const NEVER_SHED = new Set(['/health', '/ready']);

/** The gateway on a socket, with all settings of `node:http` that keep one caller from blocking another. */
export function createListener(handle: RequestListener, options: ListenerOptions): Listener {
  const limits = { ...CONNECTION_LIMITS, ...options.connections };
  const cors = createCors(options);
  const inFlight = new InFlight(limits);
  const callers = createCallers();
  const places = createPlaces(options.maxInFlight);
  const line = createLine({ ...options, deadlineMs: options.requestDeadlineMs });
  const receiving = createReceiving(limits);
  const inTurn = createPipelines();
  const reviews = setInterval(() => inFlight.review(), limits.checkIntervalMs).unref();
  const turnedAway = createTurnedAway({
    afterMs: options.sheddingAfterMs ?? SHEDDING_AFTER_MS,
    onTurnedAway: options.onTurnedAway ?? (() => undefined),
  });
  let isServing = false;
  let isStopping = false;

  /** The steps of one request, in their order. */
  const receive = (
    request: IncomingMessage,
    response: ServerResponse,
    goAhead?: () => void,
  ): void => {
    if (isStopping) endConnection(response);
    if (cors.answerPreflight(request, response)) return;
    if (NEVER_SHED.has(request.url?.replace(/\?.*/s, '') ?? '')) {
      inFlight.add(request, response);
      handle(request, response);
      return;
    }
    const { caller, accept } = callers.of(request.headers.authorization);
    const refuse = (reason: Reason): void => {
      turnedAway.note(reason);
      shed(request, response, line.waitOf(caller));
    };
    const refusal = (): Reason | undefined => {
      if (places.refusalOf(caller) !== undefined) inFlight.makeRoom();
      return places.refusalOf(caller) ?? line.refusalOf(caller);
    };
    line.arrived();
    let finish = (): void => line.finished(undefined);
    let giveBack: (() => void) | undefined;
    let isOver = false;
    const leave = (): void => {
      if (isOver) return;
      isOver = true;
      giveBack?.();
      finish();
    };
    response.once('close', leave);
    // Before the body, which is then never requested. A request counts only when its body has arrived.
    const tooMuch = refusal();
    if (tooMuch !== undefined) {
      refuse(tooMuch);
      return;
    }
    inFlight.add(request, response, leave);
    goAhead?.();
    receiving.receive(
      request,
      () => inFlight.cut(response),
      (body, isTooLarge) => {
        if (isTooLarge) endSoon(request, response);
        const reason = refusal();
        if (reason !== undefined) {
          refuse(reason);
          return;
        }
        giveBack = places.take(caller);
        line.enter({
          caller,
          bytes: body?.length ?? 0,
          refuse,
          isGone: () => response.destroyed,
          begin: (waitedMs, service) => {
            const before = request.socket.bytesWritten;
            finish = (): void => {
              line.finished({ caller, service, answerBytes: request.socket.bytesWritten - before });
            };
            noteArrival(request, { waitedMs, body, accept });
            handle(request, response);
          },
        });
      },
    );
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
    .on('request', (request, response) =>
      inTurn(request.socket, response, () => receive(request, response)),
    )
    // `Expect: 100-continue`: the body comes only after a `100 Continue`.
    .on('checkContinue', (request: IncomingMessage, response: ServerResponse) =>
      inTurn(request.socket, response, () =>
        receive(request, response, () => response.writeContinue()),
      ),
    )
    .on('clientError', (error, socket) =>
      cut(socket, statusOfClientError(error), inFlight.at(socket)?.headersSent ?? false),
    );

  return {
    get isServing() {
      return isServing;
    },
    get isShedding() {
      return turnedAway.persists;
    },
    get load() {
      return { inFlight: inFlight.size, waiting: line.size, turnedAway: turnedAway.counts };
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
      turnedAway.stop();
      return cut;
    },
  };
}
