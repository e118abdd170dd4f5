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

  /**
   * A call was answered otherwise. It may have gone out before a 429 came: then it went through, too.
   *
   * @param calls For how many calls of the company it stands.
   */
  went(sentAt: number, calls = 1): void {
    if (sentAt >= this.#refusedAt) return;
    this.#through += calls;
    this.#meetThrough();
  }

  #meetThrough(): void {
    this.#limit = Math.max(this.#limit, Math.min(this.#before, Math.floor(this.#through)));
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

  /** Another instance has learnt the limit. */
  adopt(calls: number, now: number): void {
    if (calls === this.#limit) return;
    if (calls < this.#limit) {
      // As if it had had the 429 itself, with all that has gone through until then.
      this.#before = this.#limit;
      this.#refusedAt = now;
      this.#through = calls;
    }
    const rest = calls < this.#limit ? HOLD : RISE_EVERY;
    this.#risesFrom = Math.max(this.#risesFrom, now + rest * this.windowMs);
    this.#standingSince = undefined;
    this.#limit = calls;
  }
}
