import type { Socket } from 'node:net';
import { buildConnector, Client, type Dispatcher } from 'undici';

/** A connection that is kept, with one call on it at a time. */
export interface Connection {
  /** Sends a call; `handler` is told of all that comes of it. */
  send(request: SentRequest, handler: AnswerHandler): void;
  /** How many bytes have come over it, framing included. */
  readonly bytesRead: number;
  /** Whether the server has ended it. */
  readonly isEnded: boolean;
  /** Whether it has served a GET before: the server may have closed it since, which only the next GET tells. */
  readonly isReused: boolean;
  /** Makes place for the next GET. To be called once the last one has ended well. */
  giveBack(): void;
  /** Closes it, whatever it is doing; its handler hears of that as of an error. */
  cut(): void;
}

/** By their names; an array where a field has several values. */
export type SentHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface SentRequest {
  /** With the path of the base URL. */
  readonly path: string;
  readonly method: Method;
  readonly headers: SentHeaders;
  readonly body: string | null;
}

export type Method = 'GET' | 'POST' | 'PATCH';

export type AnswerHandler = Required<
  Pick<
    Dispatcher.DispatchHandler,
    'onRequestStart' | 'onResponseStart' | 'onResponseData' | 'onResponseEnd' | 'onResponseError'
  >
>;

export interface Connections {
  /** A connection that nothing is on: the one last given back, so that few are kept busy. */
  take(): Connection;
  /** A new connection. */
  open(): Connection;
  /** A new connection, which is closed once it is given back. */
  openOnce(): Connection;
  /** A new connection; the idle ones are closed, since one of them has turned out to be dead. */
  renew(): Connection;
  /** Closes all of them, busy ones too. */
  close(): void;
}

type Connect = (...args: Parameters<buildConnector.connector>) => Socket;

/** How long a connection is kept that nothing is on, in milliseconds, where the server names no time. */
const IDLE_MS = 60_000;

/**
 * Connections to one origin. There are as many as were ever busy at once, which is for `slots.ts` to bound.
 *
 * A pool of our own over undici's clients. Its `Pool` (seen: 7.30.2, 8.13.1) does not say which connection a GET is on,
 * and cannot send one over a new connection. `transport.ts` needs both: how many bytes have come, whether the
 * connection has served before, who has ended it. By these it bounds the framing of a body, and tells a connection
 * that died while it was idle from a Cotalker that fails. In 7, the pool also opens a new connection in the place of
 * one that is cut, with nothing to send; 8 has mended that.
 *
 * No time limit here, not for connecting either: the deadline of the request cuts.
 */
export function createConnections(origin: string): Connections {
  // Its types do not tell that it gives the socket at once.
  const connect = buildConnector({ timeout: 0 }) as Connect;
  const free: Connection[] = [];
  const all = new Set<Connection>();

  const add = (connection: Connection): Connection => {
    all.add(connection);
    return connection;
  };
  const openKept = (): Connection => add(new ToOrigin(origin, connect, all, free));

  return {
    take: () => free.pop() ?? openKept(),
    open: openKept,
    openOnce: () => add(new ToOrigin(origin, connect, all)),
    renew: () => {
      for (const connection of free.splice(0)) connection.cut();
      return openKept();
    },
    close: () => {
      free.length = 0;
      for (const connection of all) connection.cut();
    },
  };
}

/** A class, since V8 keeps an object literal with a getter as a dictionary. */
class ToOrigin implements Connection {
  readonly #client: Client;
  readonly #all: Set<Connection>;
  readonly #free: Connection[] | undefined;
  #socket: Socket | undefined;
  #served = 0;

  /**
   * @param all Those that are open, which it leaves when it is cut.
   * @param free Where it goes when it is given back; undefined: it serves once.
   */
  constructor(origin: string, connect: Connect, all: Set<Connection>, free?: Connection[]) {
    this.#all = all;
    this.#free = free;
    this.#client = new Client(origin, {
      pipelining: 1,
      keepAliveTimeout: IDLE_MS,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) => {
        this.#served = 0;
        // Also while it connects, which undici itself cannot cut.
        this.#socket = connect(options, callback);
      },
    });
  }

  send(request: SentRequest, handler: AnswerHandler): void {
    this.#client.dispatch(request, handler);
  }

  get bytesRead(): number {
    return this.#socket?.bytesRead ?? 0;
  }

  get isEnded(): boolean {
    return this.#socket?.readableEnded ?? false;
  }

  get isReused(): boolean {
    return this.#served > 0;
  }

  giveBack(): void {
    this.#served += 1;
    if (this.#free === undefined) this.cut();
    else if (!this.#client.destroyed) this.#free.push(this);
  }

  cut(): void {
    this.#all.delete(this);
    this.#client.destroy().catch(() => undefined);
    this.#socket?.destroy();
  }
}
