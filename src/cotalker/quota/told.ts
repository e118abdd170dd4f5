import type { Grant } from './in-redis.ts';

/** What an instance had, and wanted, when Redis told it something. */
interface Asked {
  /** Its places, with those that were granted to it. */
  readonly mine: number;
  readonly wanted: number;
  readonly now: number;
}

/** Parts of a window: for so long what was told of others is taken for true, */
const KNOWN_PART = 1 / 4;
/** and between these two it is asked for places again where there were not enough. */
const SOONEST_PART = 1 / 100;
const LATEST_PART = 1 / 10;
/** The longest that Redis is left alone before it is asked again, in milliseconds; see `redis/breaker.ts`. */
const LONGEST_MS = 10_000;

/** What Redis has told an instance of a company last, or that it tells nothing. Times are in milliseconds. */
export class Told {
  readonly #windowMs: number;
  /** How long a place counts at the most. */
  readonly countsMs: number;
  #grant: Grant | undefined;
  #at = -Infinity;
  /** All that it may use without taking what the others have. */
  #rest = Infinity;
  #isLimited = false;
  /** Since when Redis has not answered. */
  #failedAt: number | undefined;
  /** Until then the others may not know yet that it answers again. */
  #easeUntil = -Infinity;

  constructor(windowMs: number, countsMs: number) {
    this.#windowMs = windowMs;
    this.countsMs = countsMs;
  }

  note(grant: Grant, { mine, wanted, now }: Asked): void {
    const { granted, others, limit } = grant;
    this.#grant = grant;
    this.#at = now;
    this.#rest = Math.max(mine, limit - others);
    this.#isLimited = granted < wanted;
    // The others may find out as much later as the failure has lasted.
    if (this.#failedAt !== undefined)
      this.#easeUntil = now + Math.min(LONGEST_MS, now - this.#failedAt) + this.countsMs;
    this.#failedAt = undefined;
  }

  fail(now: number): void {
    this.#failedAt ??= now;
    this.#isLimited = true;
  }

  get isFailing(): boolean {
    return this.#failedAt !== undefined;
  }

  /** Whether others may still go by the fixed part of the quota that each takes while Redis does not answer. */
  isByPart(now: number): boolean {
    return this.isFailing || now < this.#easeUntil;
  }

  /** Whether there is no more for it than it got. */
  get isLimited(): boolean {
    return this.#isLimited;
  }

  /** How many instances share the quota. */
  get instances(): number {
    return this.#grant?.instances ?? 1;
  }

  /** What is still likely to be true; undefined where that is nothing. */
  at(now: number): Grant | undefined {
    const isOver = this.isFailing || now >= this.#at + this.#windowMs * KNOWN_PART;
    return isOver ? undefined : this.#grant;
  }

  /** How many places of its own part others have. */
  takenAt(now: number): number {
    return Math.max(0, (this.at(now)?.entitled ?? 0) - this.#rest);
  }

  /** What it may use while Redis does not answer: others have the rest, as long as their places count. */
  boundAt(now: number): number {
    return now < this.#at + this.countsMs ? this.#rest : Infinity;
  }

  /**
   * Until it is worth asking again.
   *
   * @param nextOwnMs Until a place of its own comes free.
   */
  againMs(nextOwnMs: number): number {
    if (!this.#isLimited) return 0;
    const { nextMs = Infinity, pauseMs = 0 } = this.#grant ?? {};
    const waitMs = Math.min(nextMs, nextOwnMs, this.#windowMs * LATEST_PART);
    return Math.max(waitMs, pauseMs, this.#windowMs * SOONEST_PART);
  }
}
