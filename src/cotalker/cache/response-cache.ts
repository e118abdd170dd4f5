import { randomBytes } from 'node:crypto';
import type { Entry } from './entry.ts';
import type { FreshnessHeaders } from '../exchange.ts';
import { freshnessOf, readEtag } from './freshness.ts';
import { createPatience } from './lookup-budget.ts';
import { entryKey } from './seal.ts';
import type { Store } from './store.ts';

/** What became of a lookup; `error`: it could not be made, or what was found is not to be trusted. */
export type LookupResult = 'hit' | 'miss' | 'revalidated' | 'error';
export const LOOKUP_RESULTS: readonly LookupResult[] = ['hit', 'miss', 'revalidated', 'error'];

export interface CacheOptions {
  /** How long an answer is served without asking, in milliseconds. */
  readonly ttlMs: number;
  readonly store: Store;
  /** Known to all who share the store; undefined: to this process alone. */
  readonly secret?: string | undefined;
  /** Cotalker's address: answers of another one are others. */
  readonly origin: string;
}

/** An answer as it came, as far as it can be kept. */
export interface Keepable extends FreshnessHeaders {
  readonly encoding: string | undefined;
  readonly etag: string | undefined;
  readonly body: Uint8Array;
}

/** What was kept of a GET. */
export interface Found {
  readonly entry: Entry;
  /** Whether it may be served without asking. */
  readonly isFresh: boolean;
}

/** The private response cache (RFC 9111) of one caller, for one request. */
export interface CallerCache {
  /** @returns `miss` or `error` where nothing of use was found; never throws. */
  find(path: string): Promise<Found | 'miss' | 'error'>;
  /**
   * Keeps what has been answered, unless it says that it must not be.
   *
   * @param askedAt As of an entry.
   */
  keep(path: string, answer: Keepable, askedAt: number): void;
  /** Keeps what Cotalker says still holds (304), as of now. */
  renew(path: string, entry: Entry, told: Omit<Keepable, 'body'>, askedAt: number): void;
}

export interface ResponseCache {
  /** Of this token and admin mode; no other caller can ever find what is kept here. */
  of(caller: { readonly authorization: string; readonly admin: boolean }): CallerCache;
}

/** What all lookups of one request together may add to it, in milliseconds. */
const PATIENCE_MS = 50;

export function createResponseCache({ ttlMs, store, secret, origin }: CacheOptions): ResponseCache {
  const hmacKey = secret === undefined ? randomBytes(32) : Buffer.from(secret);
  return {
    of: ({ authorization, admin }) => {
      const patience = createPatience(PATIENCE_MS);
      const keyOf = (path: string) => entryKey(hmacKey, [origin, authorization, admin, path]);
      const keep = (path: string, entry: Entry): void => {
        // Nothing that could never be served.
        if (entry.freshMs > 0 || entry.etag !== undefined) store.set(keyOf(path), entry);
      };
      return {
        find: async (path) => {
          try {
            const entry = await patience.spend((ms) => store.get(keyOf(path), ms));
            if (entry === undefined) return 'miss';
            // Another instance's clock may differ from this one's; by no more than the entry may be old.
            const age = Math.abs(Date.now() - entry.askedAt);
            const isFresh = age < Math.min(entry.freshMs, ttlMs);
            return isFresh || entry.etag !== undefined ? { entry, isFresh } : 'miss';
          } catch {
            return 'error';
          }
        },
        keep: (path, { body, encoding, etag, ...told }, askedAt) => {
          const freshMs = freshnessOf(told, ttlMs);
          if (freshMs !== undefined)
            keep(path, { askedAt, freshMs, etag: readEtag(etag), encoding, body });
        },
        renew: (path, entry, told, askedAt) => {
          const freshMs = freshnessOf(told, ttlMs);
          if (freshMs !== undefined) keep(path, { ...entry, askedAt, freshMs });
        },
      };
    },
  };
}
