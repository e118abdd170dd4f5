/** So many in a window are chance, and nothing is kept for others. */
const FEW = 2;

/**
 * The tokens that Cotalker has accepted lately, each by a call that did not go by the company's pace. As many are
 * expected again, so room is kept for their first calls: else these are the ones too many.
 */
export class Newcomers {
  readonly #windowMs: number;
  /** A window after each was accepted. */
  #ends: number[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Cotalker has accepted a token. */
  add(now: number): void {
    this.#drop(now);
    this.#ends.push(now + this.#windowMs);
  }

  /** What is left of a limit, in calls a window, once room is kept for those that are likely to come: half at least. */
  leaveOf(limit: number, now: number): number {
    return limit - Math.min(this.#expected(now), Math.floor(limit / 2));
  }

  /** When fewer are expected; undefined where none are. */
  nextEnd(now: number): number | undefined {
    return this.#expected(now) > 0 ? this.#ends[0] : undefined;
  }

  #expected(now: number): number {
    this.#drop(now);
    return Math.max(0, this.#ends.length - FEW);
  }

  #drop(now: number): void {
    const left = this.#ends.findIndex((end) => end > now);
    if (left !== 0) this.#ends.splice(0, left < 0 ? this.#ends.length : left);
  }
}
