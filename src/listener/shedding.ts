/** Tells a gateway that is too small from one that had a burst to bear. */
export interface SheddingWatch {
  /** A request was turned away. */
  note(): void;
  /** Whether requests have been turned away for a while, up to now. */
  readonly persists: boolean;
}

/** A pause of this length ends it, in milliseconds. */
const PAUSE_MS = 2000;

/** @param afterMs How long it takes to be called persistent. */
export function createSheddingWatch(afterMs: number): SheddingWatch {
  let first = -Infinity;
  let last = -Infinity;
  return {
    note: () => {
      const now = performance.now();
      if (now - last > PAUSE_MS) first = now;
      last = now;
    },
    get persists() {
      return performance.now() - last <= PAUSE_MS && last - first >= afterMs;
    },
  };
}
