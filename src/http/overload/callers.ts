import { LRUCache } from 'lru-cache';
import type { Context } from '../../context.ts';
import type { Bearer } from '../../token-hash.ts';

/** Finds the caller that a request counts for. */
export type Caller = string;

/** One shared caller for all tokens that Cotalker has not accepted yet: anybody can make up tokens for free. */
export const STRANGERS: Caller = 'strangers';

export interface Callers {
  /** The content of a token is not read: anybody can write it. */
  of(bearer: Bearer | undefined): {
    readonly caller: Caller;
    /** To be told what Cotalker says of the token. */
    readonly learn: (news: Context['outcome']['token']) => void;
  };
}

/** The most accepted tokens to remember, each some 200 bytes. */
const MAX_KNOWN = 10_000;

export function createCallers(): Callers {
  const accepted = new LRUCache<Caller, true>({ max: MAX_KNOWN });
  return {
    of: (bearer) => {
      if (bearer === undefined) return { caller: STRANGERS, learn: () => undefined };
      const { hash } = bearer;
      return {
        caller: accepted.get(hash) ? hash : STRANGERS,
        learn: (news) => {
          if (news === 'accepted') accepted.set(hash, true);
          if (news === 'rejected') accepted.delete(hash);
        },
      };
    },
  };
}
