import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Serves the requests of one connection one at a time. Node emits all pipelined requests at once, though a
 * connection can send only one answer at a time. Without this, one connection could fill the memory for requests.
 *
 * @param serve Starts to serve a request, now or when the answers before it are sent.
 */
type InTurn = (socket: Socket, response: ServerResponse, serve: () => void) => void;

/** With this many waiting requests, the server stops reading. Those of one read, 64 kB, wait as well. */
const MAX_WAITING = 8;

export function createPipelines(): InTurn {
  const waitingAt = new WeakMap<Socket, (() => void)[]>();
  const serveAt = (socket: Socket, response: ServerResponse, serve: () => void): void => {
    response.once('close', () => {
      const waiting = waitingAt.get(socket) ?? [];
      const next = socket.destroyed ? undefined : waiting.shift();
      if (next === undefined) waitingAt.delete(socket);
      else next();
      if (waiting.length === 0 && socket.isPaused()) socket.resume();
    });
    serve();
  };
  return (socket, response, serve) => {
    const waiting = waitingAt.get(socket);
    if (waiting === undefined) {
      waitingAt.set(socket, []);
      serveAt(socket, response, serve);
      return;
    }
    waiting.push(() => serveAt(socket, response, serve));
    if (waiting.length >= MAX_WAITING) socket.pause();
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
