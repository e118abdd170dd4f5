import type { Patience } from '../../redis/patience.ts';
import type { FreshnessHeaders, Told } from '../exchange.ts';
import type { Entry, EntryKey, EntryOwner, Store } from './store.ts';
import { freshnessOf, readEtag } from './freshness.ts';
import { type Kind, type Lifetimes, longestOf, longestOfAll } from './kinds.ts';

/** What became of a lookup; `error`: it could not be made, or what was found is not to be trusted. */
export type LookupResult = 'hit' | 'miss' | 'revalidated' | 'error';
export const LOOKUP_RESULTS: readonly LookupResult[] = ['hit', 'miss', 'revalidated', 'error'];

interface CacheOptions {
  readonly lifetimes: Lifetimes;
  readonly store: Store;
}

interface Keepable {
  readonly encoding: string | undefined;
  readonly etag: string | undefined;
  /** Of each answer that it was made of. */
  readonly freshness: readonly FreshnessHeaders[];
  readonly body: Uint8Array;
}

export interface Found {
  readonly entry: Entry;
  /** Whether it may be served without asking. */
  readonly isFresh: boolean;
}

/** What is not to be served any more: a caller's lists of groups, what is neither these nor seldom changes, or all. */
export type Forgotten = Exclude<Kind, 'reference'> | 'all';

export type CallerCache = ReturnType<typeof openCache>;

interface CacheCaller extends EntryOwner {
  readonly admin: boolean;
  /** Whether a call of the caller's would wait for its company's quota now. Default: it never does. */
  readonly isAtLimit?: (() => boolean) | undefined;
}

export type ResponseCache = ReturnType<typeof createResponseCache>;

export function createResponseCache(options: CacheOptions) {
  return {
    /** Of this token and admin mode; no other caller can ever find what is kept here. */
    of: (caller: CacheCaller, patience: Patience) => openCache(options, caller, patience),
  };
}

/** The private response cache (RFC 9111) of one caller, for one request. */
function openCache(
  { lifetimes, store }: CacheOptions,
  { authorization, token, admin, isAtLimit = () => false }: CacheCaller,
  patience: Patience,
) {
  const keptMs = longestOfAll(lifetimes);
  const keyOf = (part: EntryKey['part'], name: string): EntryKey => ({
    authorization,
    token,
    part,
    name,
  });
  const marks = createMarks(store, keptMs, (what) => keyOf('forgotten', what));
  const set = (name: string, entry: Entry): void => {
    // Nothing that could never be served.
    if (entry.freshMs > 0 || entry.etag !== undefined) store.set(keyOf(admin, name), entry);
  };
  return {
    keeps: (kind: Kind): boolean => lifetimes[kind] > 0,
    /**
     * @param name The path of a GET, or what else it is kept under.
     * @returns `miss` or `error` where nothing of use was found; never throws.
     */
    find: async (name: string, kind: Kind): Promise<Found | 'miss' | 'error'> => {
      try {
        const [entry, ...forgottenAt] = await patience.spend((ms) =>
          Promise.all([
            store.get(keyOf(admin, name), ms),
            marks.at('all', ms),
            ...(kind === 'reference' ? [] : [marks.at(kind, ms)]),
          ]),
        );
        if (entry === undefined) return 'miss';
        // Another instance's clock may differ from this one's; by no more than the entry may be old.
        const age = Math.abs(Date.now() - entry.askedAt);
        const isYoung = age < lifetimes[kind] || (age < longestOf(lifetimes, kind) && isAtLimit());
        const isFresh = isYoung && age < entry.freshMs && entry.askedAt > Math.max(...forgottenAt);
        return isFresh || entry.etag !== undefined ? { entry, isFresh } : 'miss';
      } catch {
        return 'error';
      }
    },
    /** Keeps what has been answered, unless it says that it must not be. */
    keep: (name: string, kind: Kind, answer: Keepable, askedAt: number): void => {
      const { body, encoding, etag, freshness } = answer;
      const longestMs = longestOf(lifetimes, kind);
      const fresh = freshness.map((headers) => freshnessOf(headers, longestMs) ?? NaN);
      const freshMs = Math.min(...fresh);
      if (!Number.isNaN(freshMs) && lifetimes[kind] > 0)
        set(name, { askedAt, freshMs, etag: readEtag(etag), encoding, body });
    },
    /** Keeps what Cotalker says still holds (304), as of now. */
    renew: (path: string, kind: Kind, entry: Entry, { freshness, askedAt }: Told): void => {
      const freshMs = freshnessOf(freshness, longestOf(lifetimes, kind));
      if (freshMs !== undefined) set(path, { ...entry, askedAt, freshMs });
    },
    /** What is kept under a name is not served any more. */
    drop: (name: string): void => store.set(keyOf(admin, name), markOf(0, keptMs)),
    /** From now on nothing is served that was asked for before, with whatever admin mode. */
    forget: (what: Forgotten): void => marks.set(what, Date.now()),
  };
}

/** Tells when something happened, and nothing else. */
const markOf = (askedAt: number, freshMs: number): Entry => ({
  ...{ askedAt, freshMs, etag: undefined, encoding: undefined },
  body: new Uint8Array(),
});

/** Since when what is to be forgotten of a caller is; each is looked up once a request. */
function createMarks(store: Store, keptMs: number, keyOf: (what: Forgotten) => EntryKey) {
  const known = new Map<Forgotten, Promise<number>>();
  return {
    /** In milliseconds as `Date.now()` counts; 0: never. */
    at: (what: Forgotten, patienceMs: number): Promise<number> => {
      const at =
        known.get(what) ?? store.get(keyOf(what), patienceMs).then((mark) => mark?.askedAt ?? 0);
      known.set(what, at);
      return at;
    },
    set: (what: Forgotten, at: number): void => {
      store.set(keyOf(what), markOf(at, keptMs));
      known.set(what, Promise.resolve(at));
    },
  };
}
