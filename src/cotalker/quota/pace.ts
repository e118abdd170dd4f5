/** So many calls in a window of time. */
export interface Quota {
  readonly calls: number;
  readonly windowMs: number;
}

/** After demand has stood above the pace for so many windows without a 429, more is tried; */
const RISE_AFTER = 12;
/** but not before so many have passed since the last 429: five minutes, where a window has five seconds. */
const HOLD = 60;
/** So much more is tried at once, and so many windows are waited for what comes of it. */
const RISE = 1.1;
const RISE_EVERY = 2;
/** The part of it that live polls may take. */
const LIVE_PART = 0.2;
/** The most that is ever tried, in calls a window. */
const MAX_LIMIT = 10_000;
/** A 429 takes this part of the pace away at the most: where others have spent the quota, little may have gone through. */
const MAX_FALL = 0.5;

/**
 * How many calls of a company go out in a window. Where it begins is what is known of Cotalker, from one source; the
 * rest is learnt. A 429 brings the pace down to what went through; it rises, a little at a time, where demand stands
 * above it for long and no 429 comes.
 */
export class Pace {
  readonly windowMs: number;
  #limit: number;
  /** What the service itself says that the limit is. */
  #stated = Infinity;
  /** When the last 429 came that told something new, and the pace until then. */
  #refusedAt = -Infinity;
  #before: number;
  /** What went through in the window before it. */
  #through = 0;
  #standingSince: number | undefined;
  #risesFrom = -Infinity;

  constructor({ calls, windowMs }: Quota) {
    this.windowMs = windowMs;
    this.#limit = calls;
    this.#before = calls;
  }

  /** Calls in a window. */
  get limit(): number {
    return this.#limit;
  }

  /** How many of them may be live polls. */
  get liveLimit(): number {
    return Math.max(1, Math.floor(this.#limit * LIVE_PART));
  }

  /**
   * A call was answered 429.
   *
   * @param sentAt When it went out: one that did so before the last 429 came tells nothing new.
   * @param through How many went through in the window.
   */
  refused(sentAt: number, through: number, now: number): void {
    if (sentAt < this.#refusedAt) return;
    this.#before = this.#limit;
    this.#refusedAt = now;
    this.#through = through;
    this.#limit = Math.max(1, Math.ceil(this.#before * MAX_FALL));
    this.#risesFrom = now + HOLD * this.windowMs;
    this.#standingSince = undefined;
    this.#meetThrough();
  }

  /** A call was answered otherwise. It may have gone out before a 429 came: then it went through, too. */
  went(sentAt: number): void {
    if (sentAt >= this.#refusedAt) return;
    this.#through += 1;
    this.#meetThrough();
  }

  #meetThrough(): void {
    this.#limit = Math.max(this.#limit, Math.min(this.#before, this.#through));
  }

  /** To be told whether calls wait for the pace, whenever one goes. */
  watch(isStanding: boolean, now: number): void {
    this.#standingSince = isStanding ? (this.#standingSince ?? now) : undefined;
    if (this.#standingSince === undefined || this.#limit >= this.#stated) return;
    if (now < Math.max(this.#risesFrom, this.#standingSince + RISE_AFTER * this.windowMs)) return;
    const more = Math.max(this.#limit + 1, Math.floor(this.#limit * RISE));
    this.#limit = Math.min(more, this.#stated, MAX_LIMIT);
    this.#risesFrom = now + RISE_EVERY * this.windowMs;
  }

  /** The service says what the limit is. */
  state(calls: number): void {
    if (calls === this.#stated) return;
    this.#stated = Math.max(1, Math.min(MAX_LIMIT, calls));
    this.#limit = this.#stated;
  }
}
