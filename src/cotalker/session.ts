import { type Call, pathOf } from './call.ts';
import type { Exchange } from './client.ts';
import { CotalkerError } from './errors.ts';

/** Who asks: what of the caller's request goes on to Cotalker, and nothing else does. */
export interface Caller {
  /** The caller's `Authorization` header, verbatim; undefined where it holds no Bearer token. */
  readonly authorization: string | undefined;
  /** Whether the caller opted into admin mode with `Admin: true`. */
  readonly admin: boolean;
  /** Tracing headers (`traceparent`, `x-request-id`), as they came. */
  readonly tracing: Readonly<Record<string, string>>;
}

/** What one GraphQL request does at Cotalker, on behalf of one caller. */
export interface Session {
  /** Whether the caller opted into admin mode; some endpoints demand it. */
  readonly admin: boolean;
  /**
   * Makes one GET and resolves to its parsed JSON body. Identical GETs of one request are made once.
   *
   * @throws CotalkerError `UNAUTHENTICATED` without a call where the caller sent no token; any code of
   *   `errors.ts` where the call failed.
   */
  get(call: Call): Promise<unknown>;
}

/**
 * @param signal Ends all calls of the request: its deadline, or its caller going away.
 */
export function createSession(exchange: Exchange, caller: Caller, signal: AbortSignal): Session {
  const made = new Map<string, Promise<unknown>>();
  const headers = {
    ...caller.tracing,
    ...(caller.admin && { admin: 'true' }),
  };
  return {
    admin: caller.admin,
    get: async (call) => {
      const { authorization } = caller;
      if (authorization === undefined) {
        throw new CotalkerError('UNAUTHENTICATED', 'the caller sent no token');
      }
      const path = pathOf(call);
      const known = call.again ? undefined : made.get(path);
      const answer = known ?? exchange(path, { ...headers, authorization }, signal);
      made.set(path, answer);
      return answer;
    },
  };
}
