/** The most that Redis may add to a request, in milliseconds: to all of its calls together. */
const PATIENCE_MS = 50;

/** What is left of the time that Redis may add to a request; it may be asked for several things side by side. */
export interface Patience {
  /** Asks with the milliseconds left; 0 where there are none. */
  spend<T>(ask: (ms: number) => Promise<T>): Promise<T>;
}

const patiences = new WeakMap<object, Patience>();

/** @param request An object of this request alone, the same for all that is asked for it. */
export function patienceOf(request: object): Patience {
  const patience = patiences.get(request) ?? createPatience();
  patiences.set(request, patience);
  return patience;
}

function createPatience(): Patience {
  let spentMs = 0;
  let pending = 0;
  let since = 0;
  return {
    spend: async (ask) => {
      if (pending === 0) since = performance.now();
      pending += 1;
      const leftMs = PATIENCE_MS - spentMs - (performance.now() - since);
      try {
        return await ask(Math.max(0, leftMs));
      } finally {
        pending -= 1;
        if (pending === 0) spentMs += performance.now() - since;
      }
    },
  };
}
