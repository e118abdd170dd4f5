import type { IncomingMessage, ServerResponse } from 'node:http';
import { cut } from './refuse.ts';
import type { ConnectionLimits } from './limits.ts';

interface Flight {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly since: number;
  /** When the caller was first seen not to take its answer. */
  stalledSince: number | undefined;
}

/** The requests that have come in and whose answers are not out yet. */
export interface InFlight extends Iterable<ServerResponse> {
  readonly size: number;
  /** How many have been, and are not any more. */
  readonly finished: number;
  add(request: IncomingMessage, response: ServerResponse): void;
  /** The response that is being sent on a connection, or is the next to be; undefined: none. */
  at(socket: object): ServerResponse | undefined;
  /**
   * Makes room by cutting the request that has kept the server waiting the longest: its body does not
   * come, or its answer is not taken. Without this a handful of slow callers would hold every place.
   *
   * @returns Whether there was one that had been waited for long enough.
   */
  makeRoom(): boolean;
  /** Cuts all whose callers do not take their answers in time. */
  cutStalled(): void;
  /** Resolves once, when none is left. */
  whenEmpty(): Promise<void>;
}

export function createInFlight({ patienceMs, sendTimeoutMs }: ConnectionLimits): InFlight {
  const flights = new Map<ServerResponse, Flight>();
  let finished = 0;
  let onEmpty: () => void = () => undefined;

  const remove = (response: ServerResponse): void => {
    if (flights.delete(response)) finished += 1;
    if (flights.size === 0) onEmpty();
  };
  const currentOf = (socket: object): ServerResponse | undefined =>
    flights.keys().find((response) => response.socket === socket);
  const cutFlight = ({ request, response }: Flight): void => {
    cut(request.socket, 408, currentOf(request.socket)?.headersSent ?? false);
    remove(response);
  };

  return {
    get size() {
      return flights.size;
    },
    get finished() {
      return finished;
    },
    [Symbol.iterator]: () => flights.keys(),
    add: (request, response) => {
      const since = performance.now();
      flights.set(response, { request, response, since, stalledSince: undefined });
      response.once('close', () => remove(response));
    },
    at: currentOf,
    makeRoom: () => {
      let slowest: Flight | undefined;
      let from = performance.now() - patienceMs;
      for (const flight of flights.values()) {
        const since = waitedForSince(flight);
        if (since === undefined || since >= from) continue;
        slowest = flight;
        from = since;
      }
      if (slowest !== undefined) cutFlight(slowest);
      return slowest !== undefined;
    },
    cutStalled: () => {
      const now = performance.now();
      for (const flight of flights.values()) {
        const isStalled = (flight.response.socket?.writableLength ?? 0) > 0;
        flight.stalledSince = isStalled ? (flight.stalledSince ?? now) : undefined;
        if (now - (flight.stalledSince ?? now) >= sendTimeoutMs) cutFlight(flight);
      }
    },
    whenEmpty: async () => {
      if (flights.size === 0) return;
      await new Promise<void>((resolve) => (onEmpty = resolve));
    },
  };
}

/** Since when nothing but the caller keeps the request from going on; undefined: it is not the caller. */
const waitedForSince = ({ request, since, stalledSince }: Flight): number | undefined =>
  request.complete ? stalledSince : since;
