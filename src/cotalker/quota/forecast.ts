import type { Work } from '../resilience/place.ts';
import { FEWEST_EVERY } from '../resilience/places.ts';
import { CallTime } from '../resilience/slots.ts';
import type { Share } from './share.ts';
import type { Standstill } from './standstill.ts';

/** Tells when calls of a company will have gone. Times are in milliseconds, from a moment on. */
export class Forecast {
  readonly #share: Share;
  readonly #standstill: Standstill;
  readonly #callTime = new CallTime();

  constructor(share: Share, standstill: Standstill) {
    this.#share = share;
    this.#standstill = standstill;
  }

  /** A call has ended after so many milliseconds. */
  note(ms: number): void {
    this.#callTime.note(ms);
  }

  /** Until all of these calls are made. */
  msFor({ calls, own, isAlone }: Work, now: number): number {
    const { window, taken } = this.#share;
    const isIdle = now >= this.#standstill.until && window.used(now) + taken === 0;
    // It has all there is, even where that is not enough.
    if (isAlone && isIdle) return 0;
    // Each fourth turn may go to a smaller one that comes later. None is smaller than a single call.
    const all =
      isAlone || own.calls === 1 ? calls : Math.ceil((calls * FEWEST_EVERY) / (FEWEST_EVERY - 1));
    return this.msUntil(all, now) + Math.max(this.#callTime.ms, own.ms);
  }

  /** Until so many more calls have gone out. */
  msUntil(calls: number, now: number): number {
    const { window, newcomers, limit, taken } = this.#share;
    const from = Math.max(now, this.#standstill.until);
    return from - now + window.msFor(calls, newcomers.leaveOf(limit, now), from, taken);
  }
}
