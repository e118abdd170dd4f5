/** Tells when none of the watched promises is pending. */
export interface IdleWatch {
  watch<T>(promise: Promise<T>): Promise<T>;
  /** Calls back once, as soon as nothing is pending and all that follows from what has settled is done. */
  whenIdle(callback: () => void): void;
}

export function createIdleWatch(): IdleWatch {
  const callbacks: (() => void)[] = [];
  let pending = 0;

  const check = (): void => {
    if (pending > 0) return;
    for (const callback of callbacks.splice(0)) callback();
  };
  /** After the promise jobs that are due, and those that they lead to: as DataLoader's own schedule. */
  const checkLater = (): void => {
    if (pending === 0 && callbacks.length > 0) {
      void Promise.resolve().then(() => process.nextTick(check));
    }
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
    whenIdle: (callback) => {
      callbacks.push(callback);
      checkLater();
    },
  };
}
