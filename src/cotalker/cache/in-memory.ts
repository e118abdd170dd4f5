import { LRUCache } from 'lru-cache';
import { type Entry, keepMs, MAX_BODY_BYTES, type Store } from './entry.ts';

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
