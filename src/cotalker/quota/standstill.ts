import type { RateLimit } from '../exchange.ts';

/** The longest pause that Cotalker is granted, in milliseconds: after it, calls try how things are. */
const MAX_PAUSE_MS = 60_000;
const MAX_SPREAD_MS = 5000;

/**
 * How much longer a pause is than Cotalker asks, in milliseconds: a service may round down to seconds.
 *
 * @param windowMs The quota's window: a short one is not to be doubled.
 * @param isNew Whether it is for a new token alone. Of many such, which know of no common quota, each is to come again
 *   at a time of its own.
 */
export const marginOf = (windowMs: number, isNew: boolean): number =>
  Math.min(1000, windowMs / 10) + (isNew ? Math.random() * Math.min(MAX_SPREAD_MS, windowMs) : 0);

/** A pause that grows by no more than the smaller of these, in milliseconds, is the same for those who wait. */
const NOTICED_PART = 1 / 20;
const NOTICED_MS = 100;

/** What Cotalker has said of a company: until when nothing goes, and how many calls may still go for a while. */
export class Standstill {
  #until = -Infinity;
  /** The end that those who wait were last told of. */
  #noticed = -Infinity;
  #left = { calls: Infinity, until: -Infinity };

  /** Nothing goes before. */
  get until(): number {
    return this.#until;
  }

  /** How many calls may go, those that have a turn and no answer yet among them. */
  free(now: number): number {
    if (now < this.#until) return 0;
    return now < this.#left.until ? this.#left.calls : Infinity;
  }

  /** A call was answered. */
  went(): void {
    this.#left.calls -= 1;
  }

  /**
   * Milliseconds until more may go.
   *
   * @param held Calls that have a turn, and no answer yet.
   */
  msLeft(held: number, now: number): number {
    const isUsed = this.#left.calls <= held;
    return Math.max(0, (isUsed ? Math.max(this.#until, this.#left.until) : this.#until) - now);
  }

  /** @returns Whether it lasts noticeably longer now than it did. Calls refused together each end a little later. */
  pause(ms: number, margin: number, now: number): boolean {
    this.#until = Math.max(this.#until, now + Math.min(MAX_PAUSE_MS, ms) + margin);
    const noticed = Math.min(NOTICED_MS, (this.#until - now) * NOTICED_PART);
    if (this.#until <= this.#noticed + noticed) return false;
    this.#noticed = this.#until;
    return true;
  }

  /** What is left. Calls that are on their way may be counted in it, or not: they are taken from it. */
  tell({ calls, ms }: NonNullable<RateLimit['left']>, now: number): void {
    this.#left = { calls, until: now + Math.min(MAX_PAUSE_MS, ms) };
  }
}
