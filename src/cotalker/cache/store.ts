import { LRUCache } from 'lru-cache';

/** An answer of Cotalker's as it came, to be served again. */
export interface Entry {
  /** When the GET for it was sent, or sent again and answered 304, in milliseconds as `Date.now()` counts. */
  readonly askedAt: number;
  /** How long it may be served from then on without asking, in milliseconds. */
  readonly freshMs: number;
  readonly etag: string | undefined;
  /** Its `Content-Encoding`: the body is packed as it came. */
  readonly encoding: string | undefined;
  /** Never to be changed: others may hold it as well. */
  readonly body: Uint8Array;
}

/** How long an entry with an `ETag` is kept beyond its time, to be asked for by that, in milliseconds. */
const REVALIDATE_MS = 10 * 60_000;

/** How long it is of any use, in milliseconds. */
export const keepMs = ({ freshMs, etag }: Entry): number =>
  freshMs + (etag === undefined ? 0 : REVALIDATE_MS);

/** Whose an entry is. */
export interface EntryOwner {
  /** As `Bearer <token>`: what leaves the process is named and sealed with it. */
  readonly authorization: string;
  /** Its hash, as of `Caller.token`: what stays in the process is found by it. */
  readonly token: string;
}

/** Names an entry. It is found again only by a key that is the same in all of this. */
export interface EntryKey extends EntryOwner {
  /** The admin mode that the entry is of, or a mark that is of both. */
  readonly part: boolean | 'forgotten';
  readonly name: string;
}

export interface Store {
  /**
   * @param patienceMs Milliseconds that it may take.
   * @returns undefined where there is none.
   * @throws Where that cannot be told, in time or at all, or what is there is not to be trusted.
   */
  get(key: EntryKey, patienceMs: number): Promise<Entry | undefined>;
  /** Keeps an entry as long as it is of use, where there is room for it. Never waited for, never fails. */
  set(key: EntryKey, entry: Entry): void;
}

/** The largest body that is kept, in bytes as it came, which is packed as a rule. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** What an entry takes besides its body, roughly. */
const BYTES_PER_ENTRY = 1024;

/** Two keys are never written the same: nothing before the name has a space. The token itself is not in it. */
const written = ({ token, part, name }: EntryKey): string => `${token} ${part} ${name}`;

/**
 * Keeps entries in this process, those that were used last. They are not sealed: whoever reads its memory
 * finds the tokens themselves.
 *
 * @param maxBytes What all of them may take.
 */
export function createMemoryStore(maxBytes: number): Store {
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    sizeCalculation: ({ body }, key) => body.byteLength + key.length + BYTES_PER_ENTRY,
  });
  return {
    get: async (key) => entries.get(written(key)),
    set: (key, entry) => {
      if (entry.body.byteLength > MAX_BODY_BYTES) return;
      entries.set(written(key), { ...entry, body: alone(entry.body) }, { ttl: keepMs(entry) });
    },
  };
}

/** A body to keep. A small one is a part of a larger buffer, which would be kept with it. */
export const alone = (body: Uint8Array): Uint8Array =>
  body.buffer.byteLength > body.byteLength ? new Uint8Array(body) : body;
