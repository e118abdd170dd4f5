/** What is left of the time that lookups may add to a request; they may run side by side. */
export interface Patience {
  /** Makes a lookup with the milliseconds left; 0 where there are none. */
  spend<T>(lookup: (ms: number) => Promise<T>): Promise<T>;
}

/** @param totalMs How long one or more lookups may be under way, all of that time together. */
export function createPatience(totalMs: number): Patience {
  let spentMs = 0;
  let pending = 0;
  let since = 0;
  return {
    spend: async (lookup) => {
      if (pending === 0) since = performance.now();
      pending += 1;
      const leftMs = totalMs - spentMs - (performance.now() - since);
      try {
        return await lookup(Math.max(0, leftMs));
      } finally {
        pending -= 1;
        if (pending === 0) spentMs += performance.now() - since;
      }
    },
  };
}
