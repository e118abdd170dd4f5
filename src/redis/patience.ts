/* How long requests wait for a slow Redis: 50 ms in all for each, and not at all for a while after a late answer. */

/** The most that a slow Redis may add to a request, in milliseconds: to all of its calls together. */
const PATIENCE_MS = 50;
/** Whatever takes less is not slow: a request may ask often, one question after the other. */
const USUAL_MS = 15;

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

/** @param now In milliseconds. */
export function createPatience(now: () => number = () => performance.now()): Patience {
  let spentMs = 0;
  let pending = 0;
  let since = 0;
  return {
    spend: async (ask) => {
      if (pending === 0) since = now();
      pending += 1;
      const leftMs = PATIENCE_MS - spentMs - (now() - since);
      try {
        return await ask(leftMs > 0 ? Math.max(USUAL_MS, leftMs) : 0);
      } finally {
        pending -= 1;
        const tookMs = now() - since;
        if (pending === 0 && tookMs >= USUAL_MS) spentMs += tookMs;
      }
    },
  };
}

/** Stops questions to Redis after a late answer, for a longer pause each time. */
export interface RedisBreaker {
  /**
   * Whether Redis may be asked. After a pause only one may, until its outcome is known. Call `end` after
   * each one.
   */
  begin(): boolean;
  /** @param outcome `none`: it was given up too early to know. */
  end(outcome: 'answered' | 'late' | 'none'): void;
  /** Whether there is no pause, so writes may be sent too. */
  readonly isOver: boolean;
}

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

export function createRedisBreaker(now: () => number = () => performance.now()): RedisBreaker {
  let lengthMs = 0;
  let endsAt = 0;
  let isProbing = false;
  return {
    get isOver() {
      return lengthMs === 0;
    },
    begin: () => {
      if (lengthMs === 0) return true;
      if (isProbing || now() < endsAt) return false;
      isProbing = true;
      return true;
    },
    end: (outcome) => {
      isProbing = false;
      if (outcome === 'answered') lengthMs = 0;
      // Those that were under way when the first was late say nothing more.
      if (outcome !== 'late' || now() < endsAt) return;
      lengthMs = Math.min(LONGEST_MS, Math.max(FIRST_MS, 2 * lengthMs));
      endsAt = now() + lengthMs;
    },
  };
}

export const TOO_LATE = Symbol('too late');

/** The promise's outcome, or `TOO_LATE`. */
export function within<T>(promise: Promise<T>, ms: number): Promise<T | typeof TOO_LATE> {
  return new Promise((resolve, reject) => {
    // If this process itself was late, the answer may have arrived: timers run before sockets, so look at the
    // sockets once more.
    const timer = setTimeout(() => setImmediate(() => setImmediate(resolve, TOO_LATE)), ms);
    timer.unref();
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
