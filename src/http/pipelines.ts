import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Serves the requests of one connection one at a time. Node emits all pipelined requests at once, though a
 * connection can send only one answer at a time. Without this, one connection could fill the memory for requests.
 *
 * @param serve Starts to serve a request, now or when the answers before it are sent.
 */
export type InTurn = (socket: Socket, response: ServerResponse, serve: () => void) => void;

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
