import type { Grant } from './in-redis.ts';
import type { Pace } from './pace.ts';

/** What an instance had, and wanted, when Redis told it something. */
interface Asked {
  /** Its places, with those that were granted to it. */
  readonly mine: number;
  readonly wanted: number;
  readonly now: number;
}

/** What was told of others is taken for true for this part of a window. */
const KNOWN_PART = 1 / 4;
/** If there were too few places, Redis is asked again between these two parts of a window. */
const SOONEST_PART = 1 / 100;
const LATEST_PART = 1 / 10;
/** A place counts for this many windows if nobody tells of it again: its call may be answered late. */
const COUNTS_WINDOWS = 2;
/** The longest that Redis is left alone before it is asked again, in milliseconds; see `redis/patience.ts`. */
const LONGEST_MS = 10_000;

/** The first pause after a late answer of Redis, plus time for the next answer, in milliseconds. */
const GRACE_MS = 600;

/** What Redis has told an instance of a company last, or that it tells nothing. Times are in milliseconds. */
export class Told {
  readonly #windowMs: number;
  /** How long a place counts at the most. */
  readonly countsMs: number;
  /** The company's limit, as Redis has told it last, whenever that was. */
  agreed: Pick<Grant, 'limit' | 'version'>;
  #grant: Grant | undefined;
  #at = -Infinity;
  /** All that it may use without taking what the others have. */
  #rest = Infinity;
  #isLimited = false;
  /** Since when Redis has not answered. */
  #failedAt: number | undefined;
  /** From then on calls go by the fixed part. */
  #partFrom = 0;
  /** Until then the others may not know yet that it answers again. */
  #easeUntil = -Infinity;

  constructor({ windowMs, limit }: Pace) {
    this.#windowMs = windowMs;
    this.agreed = { limit, version: 0 };
    this.countsMs = windowMs * COUNTS_WINDOWS;
  }

  note(grant: Grant, { mine, wanted, now }: Asked): void {
    const { granted, others, limit } = grant;
    this.#grant = this.agreed = grant;
    this.#at = now;
    this.#rest = Math.max(mine, limit - others);
    this.#isLimited = granted < wanted;
    // The others may find out as much later as the failure has lasted.
    if (this.#failedAt !== undefined && now >= this.#failedAt + GRACE_MS)
      this.#easeUntil = now + Math.min(LONGEST_MS, now - this.#failedAt) + this.countsMs;
    this.#failedAt = undefined;
  }

  fail(now: number): void {
    if (this.#failedAt !== undefined) return;
    const isLimited = this.#isLimited && this.#isTrueAt(now);
    this.#failedAt = now;
    this.#partFrom = now + (isLimited ? GRACE_MS : 0);
  }

  get isFailing(): boolean {
    return this.#failedAt !== undefined;
  }

  /**
   * Whether calls go by the fixed part of the quota that each instance takes while Redis does not answer, or others may
   * still do so. Where there were too few places they wait a moment: if it is this instance alone that gets no answer,
   * the others have the rest.
   */
  isByPart(now: number): boolean {
    return now < this.#easeUntil || (this.isFailing && now >= this.#partFrom);
  }

  /** Whether Redis granted less than was asked for, or tells nothing. */
  get isLimited(): boolean {
    return this.#isLimited || this.isFailing;
  }

  /** How many instances share the quota. */
  get instances(): number {
    return this.#grant?.instances ?? 1;
  }

  /** What is still likely to be true; undefined where that is nothing. */
  at(now: number): Grant | undefined {
    return this.isFailing || !this.#isTrueAt(now) ? undefined : this.#grant;
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

  #isTrueAt(now: number): boolean {
    return now < this.#at + this.#windowMs * KNOWN_PART;
  }
}
