import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Has the requests of one connection served one at a time. Node calls back for all that were sent without waiting
 * for an answer, though only one answer can be under way: without this, one connection takes every place.
 *
 * @param serve Begins with it, now or once the answers before it are out.
 */
export type InTurn = (socket: Socket, response: ServerResponse, serve: () => void) => void;

/** With so many waiting no more are read. What one read has brought, 64 kB, waits as well. */
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
