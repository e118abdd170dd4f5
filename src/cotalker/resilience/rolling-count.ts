/** Counts successes and failures of the last while. */
export interface RollingCount {
  add(isFailure: boolean): void;
  read(): { readonly total: number; readonly failures: number };
  clear(): void;
}

interface Bucket {
  /** Which slice of time it counts. */
  readonly slice: number;
  total: number;
  failures: number;
}

const BUCKETS = 10;

/**
 * Takes the same memory however many calls there are: the window is cut into slices, and the oldest
 * slice is left out as a whole.
 *
 * @param now Milliseconds on a clock that never goes back.
 */
export function createRollingCount(windowMs: number, now: () => number): RollingCount {
  let buckets: Bucket[] = [];
  const current = (): number => Math.floor(now() / (windowMs / BUCKETS));
  const keepFrom = (oldest: number): void => {
    buckets = buckets.filter(({ slice }) => slice >= oldest);
  };
  return {
    add: (isFailure) => {
      const slice = current();
      let bucket = buckets.at(-1);
      if (bucket?.slice !== slice) {
        keepFrom(slice - BUCKETS + 1);
        bucket = { slice, total: 0, failures: 0 };
        buckets.push(bucket);
      }
      bucket.total += 1;
      if (isFailure) bucket.failures += 1;
    },
    read: () => {
      keepFrom(current() - BUCKETS + 1);
      const sum = (key: 'total' | 'failures'): number =>
        buckets.reduce((count, bucket) => count + bucket[key], 0);
      return { total: sum('total'), failures: sum('failures') };
    },
    clear: () => {
      buckets = [];
    },
  };
}
