/** Tells when none of the watched promises is pending. */
export interface IdleWatch {
  watch<T>(promise: Promise<T>): Promise<T>;
  /**
   * Calls back once, as soon as nothing is pending and all that follows from what has settled is done;
   * but at the latest when the patience is used up, so that what never settles holds up nobody.
   *
   * @param turn `last`: only when nobody else waits, since what the others wait for may bring up more.
   */
  whenIdle(callback: () => void, turn?: 'last'): void;
}

/** @param patienceMs How long after the start of the watch anybody waits, in milliseconds. */
export function createIdleWatch(patienceMs: number): IdleWatch {
  const start = performance.now();
  const callbacks: (() => void)[] = [];
  const lastCallbacks: (() => void)[] = [];
  let pending = 0;
  let isImpatient = false;
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
      // After all promise jobs and ticks that are due, and those that they lead to: a DataLoader takes
      // one of each to make its calls.
      setImmediate(check);
    } else {
      const left = start + patienceMs - performance.now();
      timer ??= setTimeout(losePatience, Math.max(0, left)).unref();
    }
  };
  const losePatience = (): void => {
    isImpatient = true;
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
  };
}
