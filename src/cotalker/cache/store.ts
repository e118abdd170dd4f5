import type { Entry } from './entry.ts';
import type { EntryKey } from './seal.ts';

/** Where entries are kept. */
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
