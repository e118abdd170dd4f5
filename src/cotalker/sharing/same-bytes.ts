import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * Keeps parsed bodies for when exactly the same bytes come again. They are never stale and never leak: Cotalker has
 * just sent this caller these bytes, for this caller's own call.
 */
export interface Recall {
  /**
   * @param path The path of the call, with its query.
   * @param identity Identifies the caller. It decides which body to expect, never the content.
   */
  of(path: string, identity: string): Recollection;
}

/** The kept body of one call. */
export interface Recollection {
  /**
   * The body that is likely to come, compressed as it was: the caller's last one, else the last of any caller;
   * undefined if none is kept.
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
  /** Of the path that it came from. */
  readonly path: string;
  readonly body: Uint8Array;
  readonly encoding: string | undefined;
  readonly value: unknown;
  /** Its estimated size in memory, in bytes. */
  readonly bytes: number;
  /** The callers whose last body it is. */
  readonly callers: Set<string>;
}

/** Measured: records take some four times their JSON, the parsed body 1.5 times, an entry without any 600 bytes. */
const BYTES_PER_CHARACTER = 5.5;
const BYTES_PER_ENTRY = 1024;

/** The most bodies that came only once, stored as fingerprints of some 250 bytes each. When full, it starts again. */
const MAX_SEEN = 4000;
/** The most pairs of caller and path whose last body is known, each some 400 bytes. */
const MAX_CALLERS = 5000;
/** In characters. A longer path, which may hold a hundred ids, is replaced by its hash. */
const MAX_PATH = 200;

/**
 * A body is kept when it comes for the second time, from any caller: bodies that come once would only use up
 * memory. Colleagues get many equal bodies, and each of those is kept once.
 *
 * @param maxBytes The bound on the estimated memory; the bodies used last are kept.
 */
export function createRecall(maxBytes: number): Recall {
  /** By fingerprint, the one used last at the end. */
  const kept = new Map<string, Kept>();
  const seen = new Set<string>();
  const lastOfCaller = new Map<string, Kept>();
  const lastOfPath = new Map<string, Kept>();
  let size = 0;

  const forget = (entry: Kept): void => {
    if (kept.get(entry.print) !== entry) return;
    size -= entry.bytes;
    kept.delete(entry.print);
    for (const caller of entry.callers) lastOfCaller.delete(caller);
    if (lastOfPath.get(entry.path) === entry) lastOfPath.delete(entry.path);
  };
  const keep = (entry: Kept): void => {
    const former = kept.get(entry.print);
    if (former !== undefined) forget(former);
    kept.set(entry.print, entry);
    size += entry.bytes;
    for (const oldest of kept.values()) {
      if (size <= maxBytes) return;
      forget(oldest);
    }
  };
  const forgetCaller = (caller: string): void => {
    lastOfCaller.get(caller)?.callers.delete(caller);
    lastOfCaller.delete(caller);
  };
  /** Used just now, and so the last to go; unless it has gone already. */
  const use = (entry: Kept, caller: string): void => {
    if (kept.get(entry.print) !== entry) return;
    kept.delete(entry.print);
    kept.set(entry.print, entry);
    lastOfPath.set(entry.path, entry);
    forgetCaller(caller);
    entry.callers.add(caller);
    lastOfCaller.set(caller, entry);
    const [oldest] = lastOfCaller.keys();
    if (lastOfCaller.size > MAX_CALLERS && oldest !== undefined) forgetCaller(oldest);
  };
  /** Whether a fingerprint has come before. */
  const meet = (print: string): boolean => {
    if (kept.has(print) || seen.delete(print)) return true;
    if (seen.size >= MAX_SEEN) seen.clear();
    seen.add(print);
    return false;
  };

  return {
    of: (fullPath, identity) => {
      const path = fullPath.length > MAX_PATH ? hash('sha256', fullPath, 'base64') : fullPath;
      const caller = `${identity} ${path}`;
      const expected = lastOfCaller.get(caller) ?? lastOfPath.get(path);
      const isOf = (entry: Kept | undefined, body: Uint8Array, encoding: string | undefined) =>
        entry !== undefined &&
        entry.encoding === encoding &&
        (entry.body === body || Buffer.compare(entry.body, body) === 0);
      return {
        body: expected?.body,
        read: async (body, encoding, parse) => {
          if (expected !== undefined && isOf(expected, body, encoding)) {
            use(expected, caller);
            return expected.value;
          }
          // It only finds the candidate; all bytes are compared after. 15 µs for 100 kB, where reading takes some 2
          // ms.
          const print = `${path} ${encoding ?? ''} ${body.byteLength} ${crc32(body)}`;
          const known = kept.get(print);
          if (known !== undefined && isOf(known, body, encoding)) {
            use(known, caller);
            return known.value;
          }
          const { value, length } = await parse();
          const bytes = BYTES_PER_ENTRY + body.byteLength + length * BYTES_PER_CHARACTER;
          if (bytes <= maxBytes / 4 && meet(print)) {
            // A copy, because a small body is part of a larger buffer, which would stay in memory with it.
            const copy = new Uint8Array(body);
            const entry = {
              print,
              path,
              body: copy,
              encoding,
              value,
              bytes,
              callers: new Set<string>(),
            };
            keep(entry);
            use(entry, caller);
          }
          return value;
        },
      };
    },
  };
}
