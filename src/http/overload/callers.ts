import { LRUCache } from 'lru-cache';
import { hashToken } from '../../token-hash.ts';

/** Finds the caller that a request counts for. */
export type Caller = string;

/** One shared caller for all tokens that Cotalker has not accepted yet: anybody can make up tokens for free. */
export const STRANGERS: Caller = 'strangers';

export interface Callers {
  /** @param authorization The header as it came. The content of a token is not read: anybody can write it. */
  of(authorization: string | undefined): { readonly caller: Caller; readonly accept: () => void };
}

/** The most accepted tokens to remember, each some 200 bytes. */
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
