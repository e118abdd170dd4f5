import type { Run } from '../resilience/expected-calls.ts';
import type { LineOwner } from '../resilience/line.ts';
import type { Quota } from './pace.ts';
import type { Share } from './share.ts';

/** A request that comes again is expected to need this part of its time. */
const NEEDED = 0.8;

/**
 * Tells requests that are refused when to come again: each a time of its own, at which it would go through, were it
 * not for others who come then.
 */
export class ComeAgain {
  readonly #share: Pick<Share, 'limit'>;
  readonly #windowMs: number;
  /** Until then, all there is has been promised to those that were refused before. */
  #promisedUntil = -Infinity;

  constructor(share: Pick<Share, 'limit'>, { windowMs }: Quota) {
    this.#share = share;
    this.#windowMs = windowMs;
  }

  /**
   * @param waitMs Until all of its calls would be made.
   * @returns Whole seconds, at least 1.
   */
  after(waitMs: number, { since, deadline }: LineOwner, { calls }: Run, now: number): number {
    const at = Math.max(now + waitMs - (deadline - since) * NEEDED, this.#promisedUntil);
    this.#promisedUntil = at + (calls * this.#windowMs) / this.#share.limit;
    return Math.max(1, Math.ceil((at - now) / 1000));
  }
}
