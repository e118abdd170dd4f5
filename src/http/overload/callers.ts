import { LRUCache } from 'lru-cache';
import { hashToken } from '../../token-hash.ts';

/** Who a request counts for. */
export type Caller = string;

/** All callers whose token Cotalker has not accepted yet: made-up tokens cost nothing, so they share. */
export const STRANGERS: Caller = 'strangers';

export interface Callers {
  /** @param authorization The header as it came. What a token says of itself is not read: anybody can write that. */
  of(authorization: string | undefined): { readonly caller: Caller; readonly accept: () => void };
}

/** How many tokens are known to be accepted, each some 200 bytes. */
const MAX_KNOWN = 10_000;

export function createCallers(): Callers {
  const accepted = new LRUCache<Caller, true>({ max: MAX_KNOWN });
  return {
    of: (authorization) => {
      if (authorization === undefined) return { caller: STRANGERS, accept: () => undefined };
      const caller = hashToken(authorization);
      return {
        caller: accepted.get(caller) ? caller : STRANGERS,
        accept: () => void accepted.set(caller, true),
      };
    },
  };
}
