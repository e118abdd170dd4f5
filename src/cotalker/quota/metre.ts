/** So much faster than the quota: what is left over is not lost. */
const FASTER = 1.1;

/**
 * After a window that was full, all its places come free at nearly one time, a window later. If those who wait took
 * them at once, whoever asks a moment later would wait for a whole window, again and again. So they begin one after
 * the other, at the rate of the quota, and from then on places come free at that rate.
 */
export class Metre {
  readonly #windowMs: number;
  #next = -Infinity;
  #fullAt = -Infinity;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /**
   * A call goes.
   *
   * @param limit Calls in a window.
   * @param isFull Whether it is the last that there was room for.
   */
  went(limit: number, isFull: boolean, now: number): void {
    if (isFull) this.#fullAt = now;
    this.#next = Math.max(this.#next, now) + this.#windowMs / (limit * FASTER);
  }

  /** Milliseconds until the next one begins; 0: it need not wait. */
  msLeft(now: number): number {
    // A company that has not been at its limit lately begins whatever there is room for.
    return now < this.#fullAt + 2 * this.#windowMs ? Math.max(0, this.#next - now) : 0;
  }
}
