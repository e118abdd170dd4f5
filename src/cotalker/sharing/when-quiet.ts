/** Watches promises, and calls back when none is pending. */
export interface IdleWatch {
  watch<T>(promise: Promise<T>): Promise<T>;
  /**
   * Calls back once, when nothing is pending and all code that follows from settled promises has run. It calls back
   * after `patienceMs` at the latest, so a promise that never settles blocks nobody. The time of `inTurn` does not count.
   *
   * @param turn `last`: only when nobody else waits, because the others may start more calls.
   */
  whenIdle(callback: () => void, turn?: 'last'): void;
  /** Watches one that waits for a turn, not for Cotalker: what called back meanwhile would only wait behind it. */
  inTurn<T>(promise: Promise<T>): Promise<T>;
}

/** @param patienceMs The longest wait from the start of the watch, in milliseconds. */
export function createIdleWatch(patienceMs: number): IdleWatch {
  let end = performance.now() + patienceMs;
  const callbacks: (() => void)[] = [];
  const lastCallbacks: (() => void)[] = [];
  let pending = 0;
  let isImpatient = false;
  let turns = 0;
  let turnsSince = 0;
  let timer: NodeJS.Timeout | undefined;

  const check = (): void => {
    if (pending > 0 && !isImpatient) return;
    const due = callbacks.length > 0 ? callbacks : lastCallbacks;
    for (const callback of due.splice(0)) callback();
    checkLater();
  };
  const checkLater = (): void => {
    if (callbacks.length + lastCallbacks.length === 0) {
      clearTimeout(timer);
      timer = undefined;
    } else if (pending === 0 || isImpatient) {
      // After all due promise jobs and ticks, and those that they start: a DataLoader needs one of each to make its
      // calls.
      setImmediate(check);
    } else if (turns === 0) {
      timer ??= setTimeout(losePatience, Math.max(0, end - performance.now())).unref();
    }
  };
  const losePatience = (): void => {
    isImpatient = true;
    checkLater();
  };
  const endTurn = (): void => {
    turns -= 1;
    if (turns > 0) return;
    end += performance.now() - turnsSince;
    checkLater();
  };
  const settle = (): void => {
    pending -= 1;
    checkLater();
  };

  return {
    watch: (promise) => {
      pending += 1;
      promise.then(settle, settle);
      return promise;
    },
    whenIdle: (callback, turn) => {
      (turn === 'last' ? lastCallbacks : callbacks).push(callback);
      checkLater();
    },
    inTurn: (promise) => {
      if (turns === 0) turnsSince = performance.now();
      turns += 1;
      clearTimeout(timer);
      timer = undefined;
      promise.then(endTurn, endTurn);
      return promise;
    },
  };
}
