import { CotalkerError, invalidResponse } from '../errors.ts';
import { nodeCodeOf } from './node-code.ts';
import { readRetryAfter } from './retry-after.ts';

/** Statuses that may pass by themselves; a 500 is a defect, which asking again does not cure. */
const TRANSIENT_STATUSES = new Set([429, 502, 503, 504]);

/** Node's codes of a connection that failed before an answer began: nothing was done twice by asking again. */
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
 * What an answer other than 200 means (sheet, section 1). Bodies are not documented and not read.
 *
 * @param namesRecord Whether the path names a record, which there may be no more.
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
      // A list is always there, if only an empty one: whoever answers so is not Cotalker's API.
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

/** undici's codes of an answer that is none. Its parser's errors have no code in some of its versions. */
const NO_ANSWER_CODES = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
]);

/**
 * Why no answer began. Of the error nothing but its name and code is read.
 *
 * @param isClosedByPeer Whether it was Cotalker that ended the connection. Where undici did, which has the
 *   same code, that was for what came over it: another protocol, or no answer to what was asked.
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
