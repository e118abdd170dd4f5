import { hash } from 'node:crypto';

/** What a body was read to, kept for when the very same bytes come again. */
export interface Recall {
  /**
   * What the body says: from memory where the last body of this key was the same, byte for byte, else by
   * `parse`. Nothing of it is stale: Cotalker was asked, and has answered this.
   *
   * @param key Whatever makes two calls the same, the caller's identity above all.
   */
  read(key: string, body: Uint8Array, parse: () => Promise<unknown>): Promise<unknown>;
}

interface Kept {
  readonly body: Uint8Array;
  readonly value: unknown;
}

/** How many keys are remembered that came but once, each some 100 bytes. */
const MAX_SEEN = 10_000;

/**
 * A body is kept from the second time on that its key comes: those of callers who ask once would only
 * take the place of others.
 *
 * @param maxBytes The size of all bodies together; those used last are kept. What they are read to takes
 *   some four times as much.
 */
export function createRecall(maxBytes: number): Recall {
  const kept = new Map<string, Kept>();
  const seen = new Set<string>();
  let size = 0;

  const forget = (name: string): void => {
    size -= kept.get(name)?.body.byteLength ?? 0;
    kept.delete(name);
  };
  const keep = (name: string, entry: Kept): void => {
    forget(name);
    if (entry.body.byteLength > maxBytes / 4) return;
    kept.set(name, entry);
    size += entry.body.byteLength;
    for (const oldest of kept.keys()) {
      if (size <= maxBytes) return;
      forget(oldest);
    }
  };
  /** Whether the key has come before. */
  const meet = (name: string): boolean => {
    if (kept.has(name) || seen.delete(name)) return true;
    if (seen.size >= MAX_SEEN) seen.clear();
    seen.add(name);
    return false;
  };

  return {
    read: async (key, body, parse) => {
      // A key may hold a hundred ids.
      const name = hash('sha256', key, 'base64');
      const last = kept.get(name);
      if (last !== undefined && Buffer.compare(last.body, body) === 0) {
        kept.delete(name);
        kept.set(name, last);
        return last.value;
      }
      const value = await parse();
      if (meet(name)) keep(name, { body, value });
      return value;
    },
  };
}
