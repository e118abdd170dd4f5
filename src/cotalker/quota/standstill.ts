import type { RateLimit } from '../exchange.ts';

/** The longest pause that Cotalker is granted, in milliseconds: after it, calls try how things are. */
const MAX_PAUSE_MS = 60_000;

/**
 * How much longer a pause is than Cotalker asks, in milliseconds: a service may round down to seconds.
 *
 * @param windowMs The quota's window: a short one is not to be doubled.
 */
export const marginOf = (windowMs: number): number => Math.min(1000, windowMs / 10);

/** What Cotalker has said of a company: until when nothing goes, and how many calls may still go for a while. */
export class Standstill {
  #until = -Infinity;
  #left = { calls: Infinity, until: -Infinity };

  /** Nothing goes before. */
  get until(): number {
    return this.#until;
  }

  /** How many calls may go. */
  free(now: number): number {
    if (now < this.#until) return 0;
    return now < this.#left.until ? this.#left.calls : Infinity;
  }

  /** A call goes. */
  take(): void {
    this.#left.calls -= 1;
  }

  /** Milliseconds until more may go. */
  msLeft(now: number): number {
    const until = this.#left.calls <= 0 ? Math.max(this.#until, this.#left.until) : this.#until;
    return Math.max(0, until - now);
  }

  /** @returns Whether it lasts longer now than it did. */
  pause(ms: number, margin: number, now: number): boolean {
    const until = now + Math.min(MAX_PAUSE_MS, ms) + margin;
    const isLonger = until > this.#until;
    if (isLonger) this.#until = until;
    return isLonger;
  }

  /** @param onTheWay Calls that may be counted in what is left, or not. */
  tell(left: NonNullable<RateLimit['left']>, onTheWay: number, now: number): void {
    this.#left = { calls: left.calls - onTheWay, until: now + Math.min(MAX_PAUSE_MS, left.ms) };
  }
}
