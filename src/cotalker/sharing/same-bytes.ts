import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { keepReadings } from './derived.ts';

/**
 * Keeps parsed bodies for when exactly the same bytes come again. They are never stale and never leak: Cotalker has
 * just sent this caller these bytes, for this caller's own call.
 */
export interface SameBytes {
  /** @param path The path of the call, with its query. */
  of(path: string): Recollection;
}

/** The kept body of one call. */
export interface Recollection {
  /**
   * The body that is likely to come, compressed as it was: the last one of this path, whoever got it; undefined if
   * none is kept.
   */
  readonly body: Uint8Array | undefined;
  /**
   * The parsed body: from memory if the same bytes came before, else by `parse`.
   *
   * @param encoding Its compression.
   */
  read(
    body: Uint8Array,
    encoding: string | undefined,
    parse: () => Promise<Parsed>,
  ): Promise<unknown>;
}

export interface Parsed {
  readonly value: unknown;
  /** The length of its decompressed text. */
  readonly length: number;
}

interface Kept {
  /** Its key. */
  readonly print: string;
  readonly body: Uint8Array;
  readonly encoding: string | undefined;
  readonly value: unknown;
  /** Its estimated size in memory, in bytes. */
  readonly bytes: number;
}

/** Measured: records take some four times their JSON, the parsed body 1.5 times, an entry without any 600 bytes. */
const BYTES_PER_CHARACTER = 5.5;
const BYTES_PER_ENTRY = 1024;

/** How many prints are remembered of bodies that came once. A print takes some 250 bytes. */
const MAX_SEEN = 4000;
/** Of how many paths the last body is remembered. Each takes some 400 bytes. */
const MAX_PATHS = 5000;
/** In characters. A longer path, which may hold a hundred ids, is replaced by its hash. */
const MAX_PATH = 200;

/**
 * A body is kept when it comes for the second time, from any caller: bodies that come once would only use up
 * memory. Colleagues get many equal bodies, and each of those is kept once.
 *
 * @param maxBytes The bound on the estimated memory; the bodies used last are kept.
 */
export function createSameBytes(maxBytes: number): SameBytes {
  const bodies = new Bodies(maxBytes);
  return {
    of: (fullPath) => {
      const path = fullPath.length > MAX_PATH ? hash('sha256', fullPath, 'base64') : fullPath;
      const expected = bodies.lastOf(path);
      return {
        body: expected?.body,
        read: async (body, encoding, parse) => {
          if (expected !== undefined && isOf(expected, body, encoding))
            return bodies.use(expected, path);
          // It only finds what is then compared. 15 µs for 100 kB, of some 2 ms that reading it takes.
          const print = `${path} ${encoding ?? ''} ${body.byteLength} ${crc32(body)}`;
          const known = bodies.find(print);
          if (known !== undefined && isOf(known, body, encoding)) return bodies.use(known, path);
          const { value, length } = await parse();
          const bytes = Math.floor(
            BYTES_PER_ENTRY + body.byteLength + length * BYTES_PER_CHARACTER,
          );
          bodies.meet({ print, body, encoding, value, bytes }, path);
          return value;
        },
      };
    },
  };
}

/** The kept bodies, and which of them came last. */
class Bodies {
  readonly #maxBytes: number;
  readonly #kept: LRUCache<string, Kept>;
  readonly #seen = new LRUCache<string, true>({ max: MAX_SEEN });
  /** The print of the last body that was kept or came again, by path. */
  readonly #last = new LRUCache<string, string>({ max: MAX_PATHS });

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#kept = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
  }

  lastOf(path: string): Kept | undefined {
    return this.find(this.#last.get(path) ?? '');
  }

  find(print: string): Kept | undefined {
    return this.#kept.peek(print);
  }

  /** Its value, which has come again. */
  use(entry: Kept, path: string): unknown {
    const isKept = this.#kept.get(entry.print) === entry;
    if (isKept && this.#last.peek(path) !== entry.print) this.#last.set(path, entry.print);
    return entry.value;
  }

  /** A body has been parsed. It is kept if it came before, and is not too large. */
  meet(entry: Kept, path: string): void {
    if (entry.bytes > this.#maxBytes / 4 || !this.#hasCome(entry.print)) return;
    // A copy, since a small body is a part of a larger buffer, which would be kept with it.
    const copy = { ...entry, body: new Uint8Array(entry.body) };
    this.#kept.set(entry.print, copy);
    keepReadings(entry.value);
    this.use(copy, path);
  }

  #hasCome(print: string): boolean {
    if (this.#kept.has(print) || this.#seen.delete(print)) return true;
    this.#seen.set(print, true);
    return false;
  }
}

const isOf = (entry: Kept, body: Uint8Array, encoding: string | undefined): boolean =>
  entry.encoding === encoding && (entry.body === body || Buffer.compare(entry.body, body) === 0);
