import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The header that carries the id, from the caller, back to it, and on to Cotalker. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** Visible ASCII, so it fits unchanged into a header and a log line. */
const WELL_FORMED = /^[\x21-\x7e]{1,128}$/;

/** The id of a request in logs and answers: the caller's id if it is well-formed, else a new UUID. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : randomUUID();
}
