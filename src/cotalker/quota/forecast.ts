import { FEWEST_EVERY, type Work } from '../resilience/places.ts';
import { CallTime } from '../resilience/slots.ts';
import type { Newcomers } from './newcomers.ts';
import type { Share } from './share.ts';
import type { Standstill } from './standstill.ts';
import type { Window } from './window.ts';

interface ForecastOptions {
  readonly share: Share;
  readonly window: Window;
  readonly newcomers: Newcomers;
  readonly standstill: Standstill;
}

/** Tells when calls of a company will have gone. Times are in milliseconds, from a moment on. */
export class Forecast {
  readonly #options: ForecastOptions;
  readonly #callTime = new CallTime();

  constructor(options: ForecastOptions) {
    this.#options = options;
  }

  /** A call has ended after so many milliseconds. */
  note(ms: number): void {
    this.#callTime.note(ms);
  }

  /** Until all of these calls are made. */
  msFor({ calls, own, isAlone }: Work, now: number): number {
    const { share, window, standstill } = this.#options;
    const isIdle = now >= standstill.until && window.used(now) + share.taken === 0;
    // It has all there is, even where that is not enough.
    if (isAlone && isIdle) return 0;
    // Each fourth turn may go to a smaller one that comes later. None is smaller than a single call.
    const all =
      isAlone || own.calls === 1 ? calls : Math.ceil((calls * FEWEST_EVERY) / (FEWEST_EVERY - 1));
    return this.msUntil(all, now) + Math.max(this.#callTime.ms, own.ms);
  }

  /** Until so many more calls have gone out. */
  msUntil(calls: number, now: number): number {
    const { share, window, newcomers, standstill } = this.#options;
    const from = Math.max(now, standstill.until);
    const limit = newcomers.leaveOf(share.limit, now);
    return from - now + window.msFor(calls, limit, from, share.taken);
  }
}
