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

/**
 * @param maxBytes The size of all bodies together; those used last are kept. What they are read to takes
 *   some four times as much.
 */
export function createRecall(maxBytes: number): Recall {
  const kept = new Map<string, Kept>();
  let size = 0;

  const forget = (key: string): void => {
    size -= kept.get(key)?.body.byteLength ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, entry: Kept): void => {
    forget(key);
    if (entry.body.byteLength > maxBytes / 4) return;
    kept.set(key, entry);
    size += entry.body.byteLength;
    for (const oldest of kept.keys()) {
      if (size <= maxBytes) return;
      forget(oldest);
    }
  };

  return {
    read: async (key, body, parse) => {
      const last = kept.get(key);
      if (last !== undefined && Buffer.compare(last.body, body) === 0) {
        kept.delete(key);
        kept.set(key, last);
        return last.value;
      }
      const value = await parse();
      keep(key, { body, value });
      return value;
    },
  };
}
