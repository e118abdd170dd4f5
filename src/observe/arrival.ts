import type { IncomingMessage } from 'node:http';

/** What the listener knows of a request that it hands on. */
export interface Arrival {
  /** How long it waited in line, in milliseconds: a part of its deadline is gone. */
  readonly waitedMs: number;
  /** The whole body; undefined: none was read, since there is none, or since it is said to be too large. */
  readonly body: Buffer | undefined;
  /** To be called once Cotalker has accepted the caller's token. */
  readonly accept: () => void;
}

/** The largest request body that is taken, in bytes. */
export const MAX_BODY_BYTES = 1_000_000;

const ARRIVAL = Symbol('arrival');
const NONE: Arrival = { waitedMs: 0, body: undefined, accept: () => undefined };

// A property, since a WeakMap over what comes and goes costs the garbage collector more.
type Noted = IncomingMessage & { [ARRIVAL]?: Arrival };

export function noteArrival(request: IncomingMessage, arrival: Arrival): void {
  (request as Noted)[ARRIVAL] = arrival;
}

/** Of a request that came past the listener, as in a test: it has not waited, and nothing of it was read. */
export const arrivalOf = (request: IncomingMessage): Arrival => (request as Noted)[ARRIVAL] ?? NONE;
