import { hashToken } from '../token-hash.ts';

/** What of the caller's request goes on to Cotalker, and nothing else does. */
export interface CallerFacts {
  /** The caller's `Authorization` header, verbatim; undefined where it holds no Bearer token. */
  readonly authorization: string | undefined;
  /** Whether the caller opted into admin mode with `Admin: true`. */
  readonly admin: boolean;
  /** Tracing headers (`traceparent`, `x-request-id`), as they came. */
  readonly tracing: Readonly<Record<string, string>>;
  /**
   * What the response cache may do for the caller: `renew`: only keep what is answered; `none`: not even
   * that; undefined: all.
   */
  readonly caching?: 'renew' | 'none' | undefined;
}

/** Who asks. */
export interface Caller extends CallerFacts {
  /** Tells callers apart by token and admin mode without keeping the token: whatever decides what they may see. */
  readonly identity: string;
}

/** The token is hashed once, and only for a caller for whom calls are made. */
export function createCaller(facts: CallerFacts): Caller {
  const { authorization = '', admin } = facts;
  let identity: string | undefined;
  return {
    ...facts,
    get identity() {
      identity ??= hashToken(`${admin} ${authorization}`);
      return identity;
    },
  };
}
