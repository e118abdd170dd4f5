import { createHmac } from 'node:crypto';
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
  readonly body: Uint8Array;
}

/** How long an entry with an `ETag` is kept beyond its time, to be asked for by that, in milliseconds. */
const REVALIDATE_MS = 10 * 60_000;

/** How long it is of any use, in milliseconds. */
export const keepMs = ({ freshMs, etag }: Entry): number =>
  freshMs + (etag === undefined ? 0 : REVALIDATE_MS);

/** What an entry is called, and what it is sealed with. */
export interface EntryKey {
  /** Tells nothing of what it was made from to whoever has not the secret. */
  readonly name: string;
  /** 256 bits, of this entry alone. */
  readonly sealingKey: Buffer;
}

/**
 * Both come from one HMAC, of which one half says nothing of the other. So whoever has all of Redis can
 * neither test which tokens have asked for what, nor read a body: that takes the secret and the token.
 *
 * @param parts What tells entries apart, the caller's token above all.
 */
export function entryKey(secret: Buffer, parts: readonly unknown[]): EntryKey {
  const bits = createHmac('sha512', secret).update(JSON.stringify(parts)).digest();
  return { name: bits.toString('base64url', 0, 32), sealingKey: bits.subarray(32) };
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

/**
 * Keeps entries in this process, those that were used last. They are not sealed: whoever reads its memory
 * finds the tokens themselves.
 *
 * @param maxBytes What all of them may take.
 */
export function createMemoryStore(maxBytes: number): Store {
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    sizeCalculation: ({ body }) => body.byteLength + BYTES_PER_ENTRY,
  });
  return {
    get: async ({ name }) => entries.get(name),
    set: ({ name }, entry) => {
      if (entry.body.byteLength > MAX_BODY_BYTES) return;
      // A copy, since a small body is a part of a larger buffer, which would be kept with it.
      entries.set(name, { ...entry, body: new Uint8Array(entry.body) }, { ttl: keepMs(entry) });
    },
  };
}
