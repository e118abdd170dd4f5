import type { IncomingMessage, ServerResponse } from 'node:http';
import { cut } from './refuse.ts';
import type { ConnectionLimits } from '../connection-limits.ts';

interface Flight {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** When the caller first did not take its answer. */
  stalledSince: number | undefined;
  readonly giveBack: () => void;
  /** Whether the answer is a stream of events, which may never end. */
  isStream: boolean;
}

/**
 * The requests whose answers are not sent yet. A stream of events is cut off like any other if its caller does not
 * read it, but it takes no place of a request.
 */
export interface InFlight extends Iterable<ServerResponse> {
  readonly size: number;
  /** @param giveBack Called if the answer is a stream, or is cut off: its place is free then. */
  add(request: IncomingMessage, response: ServerResponse, giveBack?: () => void): void;
  /** The response that is being sent on a connection, or is the next to be; undefined: none. */
  at(socket: object): ServerResponse | undefined;
  /** Ends a request whose body does not come: 408. */
  cut(response: ServerResponse): void;
  /**
   * Makes room: frees the places of streams, and cuts off the request whose answer has waited longest for its
   * caller to read. Otherwise a few slow callers could hold every place.
   */
  makeRoom(): void;
  /** Finds out which answers are streams, and cuts off answers that callers do not read in time. */
  review(): void;
  /** Resolves when only streams are left. Call it once. */
  whenEmpty(): Promise<void>;
  /** Resolves when no stream is left either. Call it once. */
  whenClosed(): Promise<void>;
}

export function createInFlight({ patienceMs, sendTimeoutMs }: ConnectionLimits): InFlight {
  const flights = new Map<ServerResponse, Flight>();
  let streams = 0;
  let onEmpty: () => void = () => undefined;
  let onClosed: () => void = () => undefined;

  const remove = (response: ServerResponse): void => {
    if (flights.get(response)?.isStream) streams -= 1;
    flights.delete(response);
    if (flights.size === streams) onEmpty();
    if (flights.size === 0) onClosed();
  };
  const currentOf = (socket: object): ServerResponse | undefined =>
    flights.keys().find((response) => response.socket === socket);
  const findStreams = (): void => {
    for (const flight of flights.values()) {
      if (flight.isStream || !isEventStream(flight.response)) continue;
      flight.isStream = true;
      streams += 1;
      flight.giveBack();
    }
  };
  const cutFlight = ({ request, response, giveBack }: Flight): void => {
    cut(request.socket, 408, currentOf(request.socket)?.headersSent ?? false);
    remove(response);
    giveBack();
  };

  return {
    get size() {
      return flights.size - streams;
    },
    [Symbol.iterator]: () => flights.keys(),
    add: (request, response, giveBack = () => undefined) => {
      const flight = { request, response, giveBack, stalledSince: undefined, isStream: false };
      flights.set(response, flight);
      response.once('close', () => remove(response));
    },
    at: currentOf,
    cut: (response) => {
      const flight = flights.get(response);
      if (flight !== undefined) cutFlight(flight);
    },
    makeRoom: () => {
      findStreams();
      let slowest: Flight | undefined;
      let from = performance.now() - patienceMs;
      for (const flight of flights.values()) {
        const since = flight.stalledSince;
        if (since === undefined || since >= from) continue;
        slowest = flight;
        from = since;
      }
      if (slowest !== undefined) cutFlight(slowest);
    },
    review: () => {
      findStreams();
      const now = performance.now();
      for (const flight of flights.values()) {
        const isStalled = (flight.response.socket?.writableLength ?? 0) > 0;
        flight.stalledSince = isStalled ? (flight.stalledSince ?? now) : undefined;
        if (now - (flight.stalledSince ?? now) >= sendTimeoutMs) cutFlight(flight);
      }
    },
    whenEmpty: async () => {
      findStreams();
      if (flights.size === streams) return;
      await new Promise<void>((resolve) => (onEmpty = resolve));
    },
    whenClosed: async () => {
      if (flights.size === 0) return;
      await new Promise<void>((resolve) => (onClosed = resolve));
    },
  };
}

const isEventStream = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type')).startsWith('text/event-stream');
