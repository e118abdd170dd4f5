import type { Run } from '../resilience/expected-calls.ts';
import type { LineOwner } from '../resilience/line.ts';
import type { Pace } from './pace.ts';

/** A request that comes again is expected to need this part of its time. */
const NEEDED = 0.8;

/**
 * Tells requests that are refused when to come again: each a time of its own, at which it would go through, were it
 * not for others who come then.
 */
export class ComeAgain {
  readonly #pace: Pace;
  /** Until then, all there is has been promised to those that were refused before. */
  #promisedUntil = -Infinity;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /**
   * @param waitMs Until all of its calls would be made.
   * @returns Whole seconds, at least 1.
   */
  after(waitMs: number, { since, deadline }: LineOwner, { calls }: Run, now: number): number {
    const { limit, windowMs } = this.#pace;
    const at = Math.max(now + waitMs - (deadline - since) * NEEDED, this.#promisedUntil);
    this.#promisedUntil = at + (calls * windowMs) / limit;
    return Math.max(1, Math.ceil((at - now) / 1000));
  }
}
