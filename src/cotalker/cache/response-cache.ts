import { randomBytes } from 'node:crypto';
import type { Patience } from '../../redis/patience.ts';
import type { FreshnessHeaders, Told } from '../exchange.ts';
import type { Entry, Store } from './entry.ts';
import { freshnessOf, readEtag } from './freshness.ts';
import { type Kind, type Lifetimes, longestOf, longestOfAll } from './kinds.ts';
import { type EntryKey, entryKey } from './seal.ts';

/** What became of a lookup; `error`: it could not be made, or what was found is not to be trusted. */
export type LookupResult = 'hit' | 'miss' | 'revalidated' | 'error';
export const LOOKUP_RESULTS: readonly LookupResult[] = ['hit', 'miss', 'revalidated', 'error'];

export interface CacheOptions {
  readonly lifetimes: Lifetimes;
  readonly store: Store;
  /** Known to all who share the store; undefined: to this process alone. */
  readonly secret?: string | undefined;
  /** Cotalker's address: answers of another one are others. */
  readonly origin: string;
}

/** An answer as it came, as far as it can be kept. */
export interface Keepable {
  readonly encoding: string | undefined;
  readonly etag: string | undefined;
  /** Of each answer that it was made of. */
  readonly freshness: readonly FreshnessHeaders[];
  readonly body: Uint8Array;
}

/** What was kept of a GET. */
export interface Found {
  readonly entry: Entry;
  /** Whether it may be served without asking. */
  readonly isFresh: boolean;
}

/** What is not to be served any more: a caller's lists of groups, or all. */
export type Forgotten = 'menu' | 'all';

/** The private response cache (RFC 9111) of one caller, for one request. */
export interface CallerCache {
  /** Whether anything of the kind is kept. */
  keeps(kind: Kind): boolean;
  /**
   * @param name The path of a GET, or what else it is kept under.
   * @returns `miss` or `error` where nothing of use was found; never throws.
   */
  find(name: string, kind: Kind): Promise<Found | 'miss' | 'error'>;
  /** Keeps what has been answered, unless it says that it must not be. */
  keep(name: string, kind: Kind, answer: Keepable, askedAt: number): void;
  /** Keeps what Cotalker says still holds (304), as of now. */
  renew(path: string, kind: Kind, entry: Entry, told: Told): void;
  /** What is kept under a name is not served any more. */
  drop(name: string): void;
  /** From now on nothing is served that was asked for before, with whatever admin mode. */
  forget(what: Forgotten): void;
}

export interface CacheCaller {
  readonly authorization: string;
  readonly admin: boolean;
  /** Whether a call of the caller's would wait for its company's quota now. Default: it never does. */
  readonly isAtLimit?: (() => boolean) | undefined;
}

export interface ResponseCache {
  /** Of this token and admin mode; no other caller can ever find what is kept here. */
  of(caller: CacheCaller, patience: Patience): CallerCache;
}

export function createResponseCache(options: CacheOptions): ResponseCache {
  const { secret, origin } = options;
  const hmacKey = secret === undefined ? randomBytes(32) : Buffer.from(secret);
  return {
    of: (caller, patience) =>
      openCache(options, caller, patience, (...parts) =>
        entryKey(hmacKey, [origin, caller.authorization, ...parts]),
      ),
  };
}

/** @param keyOf Makes the key of an entry of this token. */
function openCache(
  { lifetimes, store }: CacheOptions,
  { admin, isAtLimit = () => false }: CacheCaller,
  patience: Patience,
  keyOf: (...parts: unknown[]) => EntryKey,
): CallerCache {
  const lookUp = (key: EntryKey) => patience.spend((ms) => store.get(key, ms));
  const forgotten = new Map<Forgotten, Promise<number>>();
  const forgottenKey = (what: Forgotten) => keyOf('forgotten', what);
  /** When it was, as of an entry; looked up once a request. */
  const forgottenAt = (what: Forgotten): Promise<number> => {
    const known =
      forgotten.get(what) ?? lookUp(forgottenKey(what)).then((mark) => mark?.askedAt ?? 0);
    forgotten.set(what, known);
    return known;
  };
  /** Tells when something happened, or that there is nothing. */
  const mark = (key: EntryKey, askedAt: number): void => {
    const nothing = { etag: undefined, encoding: undefined, body: new Uint8Array() };
    store.set(key, { askedAt, freshMs: longestOfAll(lifetimes), ...nothing });
  };
  const set = (name: string, entry: Entry): void => {
    // Nothing that could never be served.
    if (entry.freshMs > 0 || entry.etag !== undefined) store.set(keyOf(admin, name), entry);
  };
  return {
    keeps: (kind) => lifetimes[kind] > 0,
    find: async (name, kind) => {
      try {
        const [entry, ...marks] = await Promise.all([
          lookUp(keyOf(admin, name)),
          forgottenAt('all'),
          ...(kind === 'menu' ? [forgottenAt('menu')] : []),
        ]);
        if (entry === undefined) return 'miss';
        // Another instance's clock may differ from this one's; by no more than the entry may be old.
        const age = Math.abs(Date.now() - entry.askedAt);
        const isYoung = age < lifetimes[kind] || (age < longestOf(lifetimes, kind) && isAtLimit());
        const isFresh = isYoung && age < entry.freshMs && entry.askedAt > Math.max(...marks);
        return isFresh || entry.etag !== undefined ? { entry, isFresh } : 'miss';
      } catch {
        return 'error';
      }
    },
    keep: (name, kind, { body, encoding, etag, freshness }, askedAt) => {
      const fresh = freshness.map(
        (headers) => freshnessOf(headers, longestOf(lifetimes, kind)) ?? NaN,
      );
      const freshMs = Math.min(...fresh);
      if (!Number.isNaN(freshMs) && lifetimes[kind] > 0)
        set(name, { askedAt, freshMs, etag: readEtag(etag), encoding, body });
    },
    renew: (path, kind, entry, { freshness, askedAt }) => {
      const freshMs = freshnessOf(freshness, longestOf(lifetimes, kind));
      if (freshMs !== undefined) set(path, { ...entry, askedAt, freshMs });
    },
    drop: (name) => mark(keyOf(admin, name), 0),
    forget: (what) => {
      const now = Date.now();
      mark(forgottenKey(what), now);
      forgotten.set(what, Promise.resolve(now));
    },
  };
}
