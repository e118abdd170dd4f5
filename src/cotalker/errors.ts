/**
 * The failures between the gateway and Cotalker, by the code that the caller will see. The words for each are in
 * `src/errors.ts`.
 */
export type CotalkerErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_INVALID_RESPONSE'
  | 'UPSTREAM_BUDGET_EXCEEDED'
  | 'OUTCOME_UNKNOWN'
  | 'OVERLOADED';

interface FailureDetails {
  readonly retryAfter?: number | undefined;
  readonly status?: number | undefined;
  readonly isTransient?: boolean;
  readonly nodeCode?: string | undefined;
  readonly calls?: { readonly needed?: number; readonly allowed: number } | undefined;
}

/**
 * A failed call, safe to log and to pass on: it holds a code and a reason in our own words, never an upstream body,
 * a URL or a header. It has no `cause` on purpose: an error of a library may carry the headers of the request, and
 * with them the caller's token.
 */
export class CotalkerError extends Error {
  override readonly name = 'CotalkerError';
  readonly code: CotalkerErrorCode;
  /** Seconds to wait before asking again; always with `RATE_LIMITED` and `OVERLOADED`, else where Cotalker says so. */
  readonly retryAfter: number | undefined;
  /** The HTTP status that came with it; undefined where no answer came, or not to its end. */
  readonly status: number | undefined;
  /** Whether the same call may succeed a moment later. */
  readonly isTransient: boolean;
  /** Node's error code, such as `ECONNREFUSED`: only for the operator. */
  readonly nodeCode: string | undefined;
  /** Of `UPSTREAM_BUDGET_EXCEEDED`: how many calls the company's quota has in time, or without `needed`, a request may make. */
  readonly calls: FailureDetails['calls'];

  constructor(
    code: CotalkerErrorCode,
    reason: string,
    { retryAfter, status, isTransient = false, nodeCode, calls }: FailureDetails = {},
  ) {
    // Nobody needs the place where it was made, and the stack is the expensive part of an error. An answer at its
    // deadline may have hundreds of errors.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(reason);
    Error.stackTraceLimit = limit;
    this.code = code;
    this.retryAfter = retryAfter;
    this.status = status;
    this.isTransient = isTransient;
    this.nodeCode = nodeCode;
    this.calls = calls;
  }
}

/** Cotalker knows who asks, and does not permit it, or does not find it. */
const PROOFS: ReadonlySet<number | undefined> = new Set([403, 404]);

/**
 * What the outcome of a call says of its caller's token. A 429 says nothing: it may come before the token is looked at.
 *
 * @param error undefined: the call went well.
 */
export function newsOfToken(error?: unknown): 'accepted' | 'rejected' | undefined {
  const status = error instanceof CotalkerError ? error.status : undefined;
  if (error === undefined || PROOFS.has(status)) return 'accepted';
  return status === 401 ? 'rejected' : undefined;
}

export const invalidResponse = (
  reason: string,
  status?: number,
  nodeCode?: string,
): CotalkerError => new CotalkerError('UPSTREAM_INVALID_RESPONSE', reason, { status, nodeCode });

/** Whether this is a value or null, and not the error why it could not be read. */
export const isReadable = <T>(value: T): value is Exclude<T, CotalkerError> =>
  !(value instanceof CotalkerError);

const FAILS_ALL: ReadonlySet<CotalkerErrorCode> = new Set([
  'UNAUTHENTICATED',
  'RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_BUDGET_EXCEEDED',
]);

/** Whether other calls of the request are as likely to fail, so that there is no other way to what was asked for. */
export const failsAllCalls = ({ code }: CotalkerError): boolean => FAILS_ALL.has(code);

/** The one failure that means absence: a 404 for one record. All others stay errors. */
export async function absentAsNull<R>(read: () => Promise<R>): Promise<R | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CotalkerError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Why an attempt is given up that tells nothing of Cotalker: another one beside it has been answered. */
export const OVERTAKEN = new CotalkerError('UPSTREAM_UNAVAILABLE', 'another attempt was answered');

/** Whether a signal fired because the time is up, not because the caller left. */
export const isTimeUp = ({ reason }: AbortSignal): boolean =>
  reason instanceof DOMException && reason.name === 'TimeoutError';

/** Why a call was given up: the request's deadline passed, or nobody waits for it any more. */
export function abortError(signal: AbortSignal): CotalkerError {
  return isTimeUp(signal)
    ? new CotalkerError('UPSTREAM_TIMEOUT', 'the deadline passed')
    : new CotalkerError('UPSTREAM_UNAVAILABLE', 'the caller went away');
}
