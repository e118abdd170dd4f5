import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Serves the requests of each connection one at a time. */
export interface Pipelines {
  /**
   * Node emits all pipelined requests at once, though a connection can send only one answer at a time. Without this,
   * one connection could fill the memory for requests.
   *
   * @param serve Starts to serve a request, now or when the answers before it are sent.
   */
  inTurn(socket: Socket, response: ServerResponse, serve: () => void): void;
  /** To be told of each connection: one with too many requests that wait is cut. */
  watch(socket: Socket): void;
}

/** With this many waiting requests, the server stops reading, until Node reads on for one that it serves: 64 kB at a time. */
const MAX_WAITING = 8;
/**
 * With more that wait, a connection is cut. 64 kB may hold 2,500 of them, each some 10 kB, and they stay for as long as the
 * caller does not read. No browser pipelines, and no client that is known asks for so much at once.
 */
const MAX_OF_ONE = 500;
const MAX_OF_ALL = 5000;

/** What Node has at a socket of its server, undocumented: it calls `onIncoming` with each request that it has read. */
interface WithParser {
  readonly parser?: { onIncoming?: (request: unknown, isKept: boolean) => number };
}
/** As of a request that becomes another protocol: what follows on the connection is not read as requests. */
const READ_NO_FURTHER = 2;

/** @param onCut Called for each connection that is cut. */
export function createPipelines(onCut: () => void = () => undefined): Pipelines {
  const waitingAt = new WeakMap<Socket, (() => void)[]>();
  let all = 0;
  const serveAt = (socket: Socket, response: ServerResponse, serve: () => void): void => {
    response.once('close', () => {
      const waiting = waitingAt.get(socket) ?? [];
      if (socket.destroyed) all -= waiting.splice(0).length;
      const next = waiting.shift();
      if (next === undefined) waitingAt.delete(socket);
      else {
        all -= 1;
        next();
      }
      if (waiting.length === 0 && socket.isPaused()) socket.resume();
    });
    serve();
  };
  const isFull = (waiting: readonly unknown[]): boolean =>
    waiting.length >= MAX_OF_ONE || (waiting.length > 0 && all >= MAX_OF_ALL);
  return {
    inTurn: (socket, response, serve) => {
      const waiting = waitingAt.get(socket);
      if (waiting === undefined) {
        waitingAt.set(socket, []);
        serveAt(socket, response, serve);
        return;
      }
      all += 1;
      waiting.push(() => serveAt(socket, response, serve));
      if (waiting.length >= MAX_WAITING) socket.pause();
    },
    // By then, Node has read all that came together: only its parser can be told to stop within that.
    watch: (socket) => {
      const { parser } = socket as WithParser;
      const read = parser?.onIncoming;
      if (parser === undefined || read === undefined) return;
      parser.onIncoming = (request, isKept) => {
        if (!isFull(waitingAt.get(socket) ?? [])) return read(request, isKept);
        socket.destroy();
        onCut();
        return READ_NO_FURTHER;
      };
    },
  };
}

/**
 * Holds requests while the last connections are accepted. Each answer ends its connection, and a caller may open
 * another one at once, so that there would always be some that wait in the kernel.
 */
export class Gate {
  #held: (() => void)[] | undefined;

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
