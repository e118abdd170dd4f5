import { hashToken } from '../token-hash.ts';

/** The parts of the caller's request that go to Cotalker. Nothing else does. */
export interface CallerFacts {
  /** The caller's token, as `Bearer <token>`; undefined where it sent none. */
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
  /** Tells tokens apart, whatever the admin mode. */
  readonly token: string;
}

/** The token is hashed once, and only for a caller for whom calls are made. */
export function createCaller(facts: CallerFacts): Caller {
  const { authorization = '', admin } = facts;
  let token: string | undefined;
  return {
    ...facts,
    get identity() {
      return `${admin} ${this.token}`;
    },
    get token() {
      return (token ??= hashToken(authorization));
    },
  };
}
