import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** What the listener knows about a request that it passes on. */
export interface Arrival {
  /** How long it waited in line, in milliseconds. This time counts for its deadline. */
  readonly waitedMs: number;
  /** The whole body; undefined: none was read, because there is none or its length is too large. */
  readonly body: Buffer | undefined;
  /** To be called once Cotalker has accepted the caller's token. */
  readonly accept: () => void;
}

/** The largest request body that the gateway accepts, in bytes. */
export const MAX_BODY_BYTES = 1_000_000;

/** For a probe: it has not waited, and its body was not read. */
export const AT_ONCE: Arrival = { waitedMs: 0, body: undefined, accept: () => undefined };

/** Answers a request that has arrived. */
export type Handle = (request: IncomingMessage, response: ServerResponse, arrival: Arrival) => void;

/** The header that carries the id, from the caller, back to it, and on to Cotalker. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** Visible ASCII, so it fits unchanged into a header and a log line. */
const WELL_FORMED = /^[\x21-\x7e]{1,128}$/;

/** The id of a request in logs and answers: the caller's id if it is well-formed, else a new UUID. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : randomUUID();
}
