/** So many in a window are chance, and nothing is kept for others. */
const FEW = 2;
/** They are not judged by less than this part of a window. */
const SOONEST_PART = 1 / 5;

/**
 * The tokens that Cotalker has accepted lately, each by a call that did not go by the company's pace. Where they have
 * begun to come, more are expected at the same rate. So room is kept for their first calls: else these are the ones
 * too many. Once a whole window has seen them, the next ones find the places of those that came a window before.
 */
export class Newcomers {
  readonly #windowMs: number;
  /** When each was accepted. */
  #times: number[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Cotalker has accepted a token. */
  add(now: number): void {
    this.#drop(now);
    this.#times.push(now);
  }

  /** How many places of a limit are kept for those that are likely to come: half of it at most. */
  kept(limit: number, now: number): number {
    return Math.min(this.#expected(now), Math.floor(limit / 2));
  }

  /** Until when places are kept: those that have come by then are all that were expected. */
  get keptUntil(): number {
    return (this.#times[0] ?? -Infinity) + this.#windowMs;
  }

  /** When fewer are expected; undefined where none are. */
  nextEnd(now: number): number | undefined {
    const expected = this.#expected(now);
    const [first] = this.#times;
    if (expected === 0 || first === undefined) return undefined;
    const came = this.#times.length;
    return first + (came * this.#windowMs) / (came + expected - 1);
  }

  /** How many more will have come a window after the first of them. */
  #expected(now: number): number {
    this.#drop(now);
    const [first] = this.#times;
    if (first === undefined || this.#times.length <= FEW) return 0;
    const sinceMs = Math.max(now - first, this.#windowMs * SOONEST_PART);
    return Math.ceil((this.#times.length * (this.#windowMs - sinceMs)) / sinceMs);
  }

  #drop(now: number): void {
    const left = this.#times.findIndex((at) => at > now - this.#windowMs);
    if (left !== 0) this.#times.splice(0, left < 0 ? this.#times.length : left);
  }
}
