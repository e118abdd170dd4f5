import { hash } from 'node:crypto';

/** What bodies were read to, kept for when the very same bytes come again. */
export interface Recall {
  /** @param key Whatever makes two calls the same, the caller's identity above all. */
  of(key: string): Recollection;
}

/** What is kept of one key. */
export interface Recollection {
  /** The body that came last, packed as it was; undefined where none is kept. */
  readonly body: Uint8Array | undefined;
  /**
   * What a body says: from memory where the last one was the same, byte for byte, else by `parse`. Nothing
   * of it is stale: Cotalker was asked, and has answered this.
   *
   * @param encoding How it is packed.
   */
  read(
    body: Uint8Array,
    encoding: string | undefined,
    parse: () => Promise<Parsed>,
  ): Promise<unknown>;
}

export interface Parsed {
  readonly value: unknown;
  /** The length of the text that it was read from, unpacked. */
  readonly length: number;
}

interface Kept {
  readonly body: Uint8Array;
  readonly encoding: string | undefined;
  readonly value: unknown;
  /** What all of it takes in memory, roughly. */
  readonly bytes: number;
}

/** Measured: records take some four times their JSON, an entry without any 600 bytes. */
const BYTES_PER_CHARACTER = 4;
const BYTES_PER_ENTRY = 1024;

/** How many keys are remembered that came but once, each some 100 bytes. */
const MAX_SEEN = 10_000;

/**
 * A body is kept from the second time on that its key comes: those of callers who ask once would only
 * take the place of others.
 *
 * @param maxBytes What all that is kept may take in memory, roughly; what was used last is kept.
 */
export function createRecall(maxBytes: number): Recall {
  const kept = new Map<string, Kept>();
  const seen = new Set<string>();
  let size = 0;

  const forget = (name: string): void => {
    size -= kept.get(name)?.bytes ?? 0;
    kept.delete(name);
  };
  const keep = (name: string, entry: Kept): void => {
    forget(name);
    kept.set(name, entry);
    size += entry.bytes;
    for (const oldest of kept.keys()) {
      if (size <= maxBytes) return;
      forget(oldest);
    }
  };
  /** Used just now, and so the last to go; unless another has taken its place. */
  const touch = (name: string, entry: Kept): void => {
    if (kept.get(name) !== entry) return;
    kept.delete(name);
    kept.set(name, entry);
  };
  /** Whether the key has come before. */
  const meet = (name: string): boolean => {
    if (kept.has(name) || seen.delete(name)) return true;
    if (seen.size >= MAX_SEEN) seen.clear();
    seen.add(name);
    return false;
  };

  return {
    of: (key) => {
      // A key may hold a hundred ids.
      const name = hash('sha256', key, 'base64');
      const last = kept.get(name);
      const isLast = (body: Uint8Array): boolean =>
        body === last?.body || (last !== undefined && Buffer.compare(last.body, body) === 0);
      return {
        body: last?.body,
        read: async (body, encoding, parse) => {
          if (last !== undefined && last.encoding === encoding && isLast(body)) {
            touch(name, last);
            return last.value;
          }
          const { value, length } = await parse();
          const bytes = BYTES_PER_ENTRY + body.byteLength + length * BYTES_PER_CHARACTER;
          if (bytes > maxBytes / 4) forget(name);
          else if (meet(name)) {
            // A copy, since a small body is a part of a larger buffer, which would be kept with it.
            keep(name, { body: new Uint8Array(body), encoding, value, bytes });
          }
          return value;
        },
      };
    },
  };
}
