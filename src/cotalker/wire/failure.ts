import { CotalkerError, invalidResponse } from '../errors.ts';

/** As Node and undici write them, such as `ECONNREFUSED` and `UND_ERR_SOCKET`. */
const WELL_FORMED = /^[A-Z][A-Z0-9_]{1,39}$/;

/**
 * Node's error code for a failed connection, which is safe to log. Nothing else of the error is read: it may hold
 * an address, a header or a body. Undefined if it has none.
 */
export function nodeCodeOf(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && WELL_FORMED.test(code) ? code : undefined;
}

/** The wait for callers if Cotalker gives none, or gives nonsense. */
const DEFAULT_SECONDS = 1;

/** RFC 9110's date, section 5.6.7. `Date.parse` alone finds a year in almost any text. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The whole seconds to wait that a `Retry-After` header asks for, at least 1. The sheet has it in
 * seconds; RFC 9110, section 10.2.3, also allows a date.
 */
export function readRetryAfter(header: string | undefined, now = Date.now()): number {
  const value = header?.trim() ?? '';
  const date = HTTP_DATE.test(value) ? Date.parse(value) : NaN;
  const seconds = /^\d+$/.test(value) ? Number(value) : (date - now) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : DEFAULT_SECONDS;
}

/** Statuses that may pass by themselves. A 500 is a defect that a retry does not cure. */
const TRANSIENT_STATUSES = new Set([429, 502, 503, 504]);

/** Node's codes of connections that failed before an answer began: a retry does nothing twice. */
const TRANSIENT_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);

/**
 * The error for a status other than 200 (sheet, section 1). Bodies are not documented and not read.
 *
 * @param namesRecord Whether the path names a record, which may no longer exist.
 */
export function failureOfStatus(
  status: number,
  retryAfter: string | undefined,
  namesRecord: boolean,
): CotalkerError {
  const isTransient = TRANSIENT_STATUSES.has(status);
  switch (status) {
    case 401:
      return new CotalkerError('UNAUTHENTICATED', 'the token was not accepted', { status });
    case 403:
      return new CotalkerError('FORBIDDEN', 'the token may not do this', { status });
    case 404:
      // A list always exists, even if it is empty: a server that answers like this is not Cotalker's API.
      if (!namesRecord) return invalidResponse('there is no such list', status);
      return new CotalkerError('NOT_FOUND', 'there is no such record', { status });
    case 429: {
      const details = { status, isTransient, retryAfter: readRetryAfter(retryAfter) };
      return new CotalkerError('RATE_LIMITED', 'too many calls', details);
    }
    default: {
      // A 2xx without a body, a redirect, or a 400 for parameters that the sheet says exist.
      if (status < 500) return invalidResponse('a status that the sheet does not know', status);
      const details = {
        status,
        isTransient,
        retryAfter: retryAfter === undefined ? undefined : readRetryAfter(retryAfter),
      };
      return new CotalkerError('UPSTREAM_UNAVAILABLE', 'it failed', details);
    }
  }
}

/** undici's codes of an answer that is not HTTP. In some versions, its parser's errors have no code. */
const NO_ANSWER_CODES = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
]);

/**
 * The error for a call without an answer. Only the name and code of the cause are read.
 *
 * @param isClosedByPeer Whether Cotalker ended the connection. If undici did, with the same code, the reason is
 *   what came over it: another protocol, or an unrequested answer.
 */
export function failureOfConnection(error: unknown, isClosedByPeer: boolean): CotalkerError {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  const nodeCode = nodeCodeOf(error);
  const isClosed = code === 'UND_ERR_SOCKET';
  if (
    name === 'HTTPParserError' ||
    NO_ANSWER_CODES.has(String(code)) ||
    (isClosed && !isClosedByPeer)
  )
    return invalidResponse('the answer is not HTTP', undefined, nodeCode);
  const isTransient = isClosed || TRANSIENT_CODES.has(String(code));
  return new CotalkerError('UPSTREAM_UNAVAILABLE', 'the connection failed', {
    isTransient,
    nodeCode,
  });
}
