import { hashToken } from '../token-hash.ts';

/** Who asks: what of the caller's request goes on to Cotalker, and nothing else does. */
export interface Caller {
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

/** Tells callers apart by token and admin mode without keeping the token. */
export const identify = ({ authorization = '', admin }: Caller): string =>
  hashToken(`${admin} ${authorization}`);
