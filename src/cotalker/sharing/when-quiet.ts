/** Watches promises, and calls back when none is pending. */
export class IdleWatch {
  readonly #callbacks: (() => void)[] = [];
  readonly #lastCallbacks: (() => void)[] = [];
  #end: number;
  #pending = 0;
  #isImpatient = false;
  #turns = 0;
  #turnsSince = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param patienceMs The longest wait from the start of the watch, in milliseconds. */
  constructor(patienceMs: number) {
    this.#end = performance.now() + patienceMs;
  }

  watch<T>(promise: Promise<T>): Promise<T> {
    this.#pending += 1;
    promise.then(this.#settle, this.#settle);
    return promise;
  }

  /**
   * Calls back once, when nothing is pending and all code that follows from settled promises has run. It calls back
   * after `patienceMs` at the latest, so a promise that never settles blocks nobody. The time of `inTurn` does not count.
   *
   * @param turn `last`: only when nobody else waits, because the others may start more calls.
   */
  whenIdle(callback: () => void, turn?: 'last'): void {
    (turn === 'last' ? this.#lastCallbacks : this.#callbacks).push(callback);
    this.#checkLater();
  }

  /** Watches one that waits for a turn, not for Cotalker: what called back meanwhile would only wait behind it. */
  inTurn<T>(promise: Promise<T>): Promise<T> {
    if (this.#turns === 0) this.#turnsSince = performance.now();
    this.#turns += 1;
    this.#stopTimer();
    promise.then(this.#endTurn, this.#endTurn);
    return promise;
  }

  #checkLater(): void {
    if (this.#callbacks.length + this.#lastCallbacks.length === 0) this.#stopTimer();
    else if (this.#isDue) {
      // After all due promise jobs and ticks, and those that they start: a DataLoader needs one of each to make its
      // calls.
      setImmediate(this.#check);
    } else if (this.#turns === 0) {
      const leftMs = Math.max(0, this.#end - performance.now());
      this.#timer ??= setTimeout(this.#losePatience, leftMs).unref();
    }
  }

  get #isDue(): boolean {
    return this.#pending === 0 || this.#isImpatient;
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #check = (): void => {
    if (!this.#isDue) return;
    const due = this.#callbacks.length > 0 ? this.#callbacks : this.#lastCallbacks;
    for (const callback of due.splice(0)) callback();
    this.#checkLater();
  };

  readonly #losePatience = (): void => {
    this.#isImpatient = true;
    this.#checkLater();
  };

  readonly #endTurn = (): void => {
    this.#turns -= 1;
    if (this.#turns > 0) return;
    this.#end += performance.now() - this.#turnsSince;
    this.#checkLater();
  };

  readonly #settle = (): void => {
    this.#pending -= 1;
    this.#checkLater();
  };
}
