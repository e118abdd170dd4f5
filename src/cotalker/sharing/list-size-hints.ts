import { hash } from 'node:crypto';

/** How long the lists of one caller were when they were last read: enough to choose a way, never an answer. */
export interface KnownSizes {
  /** Undefined where it was not seen lately. */
  of(list: string): number | undefined;
  note(list: string, size: number): void;
}

interface Noted {
  readonly size: number;
  readonly at: number;
}

export interface KnownSizesOptions {
  /** How many lists are remembered, of all callers; the one noted longest ago goes first. */
  readonly maxEntries?: number;
  /** How long a size is believed, in milliseconds: lists grow and shrink. */
  readonly maxAgeMs?: number;
}

/**
 * What the process remembers between requests, by caller. An entry is a hash, a number and a moment, some
 * 200 bytes: of a search that the list is filtered by nothing can be read.
 *
 * @returns The sizes that one caller's requests share, by whatever tells callers apart.
 */
export function createKnownSizes({
  maxEntries = 10_000,
  maxAgeMs = 600_000,
}: KnownSizesOptions = {}): (identity: string) => KnownSizes {
  const noted = new Map<string, Noted>();
  const keyOf = (identity: string, list: string): string =>
    hash('sha256', `${identity} ${list}`, 'base64');
  return (identity) => ({
    of: (list) => {
      const entry = noted.get(keyOf(identity, list));
      return entry === undefined || performance.now() - entry.at > maxAgeMs
        ? undefined
        : entry.size;
    },
    note: (list, size) => {
      const key = keyOf(identity, list);
      noted.delete(key);
      noted.set(key, { size, at: performance.now() });
      const [oldest] = noted.keys();
      if (noted.size > maxEntries && oldest !== undefined) noted.delete(oldest);
    },
  });
}
