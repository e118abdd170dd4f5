import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from './callers.ts';
import { cut } from './refuse.ts';
import type { ClosedConnections, ClosedFor } from '../closed-connections.ts';
import type { ConnectionLimits } from '../connection-limits.ts';
import { Roster } from '../roster.ts';

interface Flight {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Undefined: the request takes no place. */
  readonly caller: Caller | undefined;
  /** When the caller first did not take its answer. */
  stalledSince: number | undefined;
  readonly giveBack: () => void;
  /** Whether the answer is a stream of events, which may never end. */
  isStream: boolean;
  /** Takes it off the roster. */
  leave: () => void;
}

/**
 * The requests whose answers are not sent yet. A stream of events is cut off like any other if its caller does not
 * read it, but it takes no place of a request.
 */
export class InFlight implements Iterable<ServerResponse> {
  readonly #limits: ConnectionLimits;
  readonly #closed: ClosedConnections;
  readonly #flights = new Roster<Flight>();
  #streams = 0;
  #onEmpty: () => void = () => undefined;
  #onClosed: () => void = () => undefined;

  constructor(limits: ConnectionLimits, closed: ClosedConnections) {
    this.#limits = limits;
    this.#closed = closed;
  }

  get size(): number {
    return this.#flights.size - this.#streams;
  }

  [Symbol.iterator](): ArrayIterator<ServerResponse> {
    return Array.from(this.#flights, ({ response }) => response).values();
  }

  /** @param giveBack Called if the answer is a stream, or is cut off: its place is free then. */
  add(
    request: IncomingMessage,
    response: ServerResponse,
    caller?: Caller,
    giveBack: () => void = () => undefined,
  ): void {
    const flight: Flight = {
      ...{ request, response, caller, giveBack, stalledSince: undefined, isStream: false },
      leave: () => undefined,
    };
    flight.leave = this.#flights.add(flight);
    response.once('close', () => this.#remove(flight));
  }

  /** The response that is being sent on a connection, or is the next to be; undefined: none. */
  at(socket: object): ServerResponse | undefined {
    return this.#flights.find(({ response }) => response.socket === socket)?.response;
  }

  /** Ends a request whose body does not come, to make room: 408. */
  cut(response: ServerResponse): void {
    const flight = this.#flights.find((one) => one.response === response);
    if (flight !== undefined) this.#cutFlight(flight, 'made_room');
  }

  /**
   * Makes room: frees the places of streams, and cuts off the request whose answer has waited longest for its
   * caller to read. Otherwise a few slow callers could hold every place.
   *
   * @param caller Only this caller's requests are looked at. Default: all.
   */
  makeRoom(caller?: Caller): void {
    let slowest: Flight | undefined;
    let from = performance.now() - this.#limits.patienceMs;
    for (const flight of this.#flights) {
      this.#freeStream(flight);
      const since = flight.stalledSince;
      if (caller !== undefined && flight.caller !== caller) continue;
      if (since === undefined || since >= from) continue;
      slowest = flight;
      from = since;
    }
    if (slowest !== undefined) this.#cutFlight(slowest, 'made_room');
  }

  /** Finds out which answers are streams, and cuts off answers that callers do not read in time. */
  review(): void {
    const now = performance.now();
    for (const flight of this.#flights) {
      this.#freeStream(flight);
      const isStalled = (flight.response.socket?.writableLength ?? 0) > 0;
      flight.stalledSince = isStalled ? (flight.stalledSince ?? now) : undefined;
      if (now - (flight.stalledSince ?? now) >= this.#limits.sendTimeoutMs)
        this.#cutFlight(flight, 'unread');
    }
  }

  /** Resolves when only streams are left. Call it once. */
  async whenEmpty(): Promise<void> {
    for (const flight of this.#flights) this.#freeStream(flight);
    if (this.size === 0) return;
    await new Promise<void>((resolve) => (this.#onEmpty = resolve));
  }

  /** Resolves when no stream is left either. Call it once. */
  async whenClosed(): Promise<void> {
    if (this.#flights.size === 0) return;
    await new Promise<void>((resolve) => (this.#onClosed = resolve));
  }

  #remove(flight: Flight): void {
    if (flight.isStream) this.#streams -= 1;
    flight.isStream = false;
    flight.leave();
    if (this.size === 0) this.#onEmpty();
    if (this.#flights.size === 0) this.#onClosed();
  }

  #cutFlight(flight: Flight, reason: ClosedFor): void {
    const { socket } = flight.request;
    cut(socket, 408, this.at(socket)?.headersSent ?? false);
    this.#closed.note(reason);
    this.#remove(flight);
    flight.giveBack();
  }

  /** A stream takes no place of a request. */
  #freeStream(flight: Flight): void {
    if (flight.isStream || !flight.response.headersSent || !isEndless(flight.response)) return;
    flight.isStream = true;
    this.#streams += 1;
    flight.giveBack();
  }
}

/** Events, and the parts of a subscription: they go on for as long as their caller wants. */
const isEndless = (response: ServerResponse): boolean =>
  /^text\/event-stream|; subscriptionSpec=/.test(String(response.getHeader('content-type')));
