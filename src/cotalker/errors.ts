/**
 * What can go wrong between the gateway and Cotalker, by the code that the caller will see.
 * The words for each are in `src/errors.ts`.
 */
export type CotalkerErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_INVALID_RESPONSE';

/**
 * A failed call, safe to log and to pass on: it holds a code and a reason of our own words, never an
 * upstream body, a URL or a header. It has no `cause` on purpose: got's errors carry the request's
 * options, and with them the caller's token.
 */
export class CotalkerError extends Error {
  override readonly name = 'CotalkerError';
  readonly code: CotalkerErrorCode;
  /** Seconds to wait before asking again; only with `RATE_LIMITED`. */
  readonly retryAfter: number | undefined;

  constructor(code: CotalkerErrorCode, reason: string, retryAfter?: number) {
    super(reason);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The answer arrived, but is not what Cotalker documents. */
export const invalidResponse = (reason: string): CotalkerError =>
  new CotalkerError('UPSTREAM_INVALID_RESPONSE', reason);

/** Whether a list's item is a record, and not the reason why it could not be read. */
export const isReadable = <R extends object>(record: R | CotalkerError): record is R =>
  !(record instanceof CotalkerError);
