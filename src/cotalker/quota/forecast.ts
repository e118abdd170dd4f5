import type { Run } from '../resilience/expected-calls.ts';
import type { LineOwner, Work } from '../resilience/terms.ts';
import { FEWEST_EVERY } from '../resilience/work.ts';
import { CallTime } from '../resilience/slots.ts';
import type { Share } from './share.ts';
import type { Standstill } from './standstill.ts';

/** A request that comes again is expected to need this part of its time. */
const NEEDED = 0.8;

/** Tells when calls of a company will have gone. Times are in milliseconds. */
export class Forecast {
  readonly #share: Share;
  readonly #standstill: Standstill;
  readonly #callTime = new CallTime();
  /** Until then, all there is has been promised to those that were refused before; see {@link comeAgain}. */
  #promisedUntil = -Infinity;

  constructor(share: Share, standstill: Standstill) {
    this.#share = share;
    this.#standstill = standstill;
  }

  /** What a call takes by rule. */
  get callMs(): number {
    return this.#callTime.ms;
  }

  /** A call has ended after so many milliseconds. */
  note(ms: number): void {
    this.#callTime.note(ms);
  }

  /** From now until all of these calls are made. */
  msFor({ calls, own, isAlone }: Work, now: number): number {
    const { window, newcomers, taken } = this.#share;
    // Each fourth turn may go to a smaller one that comes later. None is smaller than a single call.
    const all =
      isAlone || own.calls === 1 ? calls : Math.ceil((calls * FEWEST_EVERY) / (FEWEST_EVERY - 1));
    const limit = all > this.#share.limit ? this.#share.lastingLimit : this.#share.limit;
    const { keptUntil } = newcomers;
    const others = { taken, kept: newcomers.kept(limit, now), keptUntil, callMs: this.callMs };
    const from = Math.max(now, this.#standstill.until);
    const untilMs = from - now + window.msFor(all, limit, from, others);
    // With nobody else there, it waits for nothing, and may take what it takes.
    if (untilMs === 0 && isAlone && window.used(now) + taken === 0) return 0;
    return untilMs + Math.max(this.callMs, own.ms);
  }

  /** How many calls a request can make in its time where it has all of its company's quota, and no 429 holds that down. */
  mostFor({ since, deadline }: LineOwner, { ms }: Run): number {
    const { windowMs, most } = this.#share;
    const leftMs = deadline - since - Math.max(this.callMs, ms);
    return most * (1 + Math.max(0, Math.floor(leftMs / windowMs)));
  }

  /**
   * When a request that is refused is to come again: each at a time of its own. It goes through then if no others
   * come. No wait is longer than the present line plus one deadline. Beyond that, the time is chosen at random within the
   * last window.
   *
   * @param waitMs Until all of its calls would be made.
   * @param hasBegun Whether it had turns before, and then none in time: when that was, the forecast was wrong.
   * @returns Whole seconds from now, at least 1.
   */
  comeAgain(
    waitMs: number,
    { since, deadline }: LineOwner,
    { calls }: Run,
    hasBegun: boolean,
    now: number,
  ): number {
    const timeMs = deadline - since;
    const soonest = now + waitMs - (hasBegun ? 0 : timeMs * NEEDED);
    const { windowMs, limit } = this.#share;
    const latest = now + waitMs + timeMs;
    const next = Math.max(soonest, this.#promisedUntil);
    const at = next < latest ? next : latest - Math.random() * Math.min(windowMs, timeMs);
    this.#promisedUntil = Math.max(this.#promisedUntil, at) + (calls * windowMs) / limit;
    return Math.max(1, Math.ceil((at - now) / 1000));
  }
}
