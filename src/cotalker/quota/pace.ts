/** So many calls in a window of time. */
export interface Quota {
  readonly calls: number;
  readonly windowMs: number;
}

/** After demand has stood above the pace for so many windows without a 429, more is tried. */
const RISE_AFTER = 12;
/** A 429 holds for so many: five minutes, where a window has five seconds. */
const HOLD = 60;
/** So much more is tried at once, and so many windows are waited for what comes of it. */
const RISE = 1.1;
const RISE_EVERY = 2;
/** If no call waited for this many windows, the demand has ended in between. */
const STANDS = 1.1;
/** Demand that has stood for a window keeps the company at its limit: one of so many places is left to new tokens then. */
const SPARE_ONE_OF = 50;
/** None is left of fewer places than this. */
const SPARE_FROM = 25;
/** More than this is never tried, in calls a window. */
const MAX_TRIED = 10_000;
/** A 429 takes this part of the pace away at the most: where others have spent the quota, little may have gone through. */
const MAX_FALL = 0.5;

/**
 * How many calls of a company go out in a window. Where it begins is what is known of Cotalker, from one source; the
 * rest is learnt. A 429 brings the pace down to what went through. Minutes later it is back where it began, whether
 * there is demand or not: others may have spent the quota then. From there it rises, a little at a time, where demand
 * stands above it for long and no 429 comes.
 */
export class Pace {
  readonly windowMs: number;
  readonly #now: () => number;
  #limit: number;
  /** What is known of the limit beforehand; what the service itself says, if it does. */
  #known: number;
  #isStated = false;
  /** When the last 429 came that told something new, and the pace until then. */
  #refusedAt = -Infinity;
  #before: number;
  /** When the first 429 of this window came, and the pace until then: several at once are one event. */
  #first = { at: -Infinity, limit: 0 };
  /** What went through in the window before it. */
  #through = 0;
  /** Since when calls have waited in each window, and when they did so last. */
  #standingSince = -Infinity;
  #stoodAt = -Infinity;
  #risesFrom = -Infinity;

  /** @param now Milliseconds on a clock that never goes back. */
  constructor({ calls, windowMs }: Quota, now: () => number) {
    this.windowMs = windowMs;
    this.#now = now;
    this.#limit = this.#known = this.#before = calls;
  }

  /** Calls in a window. */
  get limit(): number {
    return this.#isHeld ? this.#limit : this.usual;
  }

  /** Whether a 429 holds it down. */
  get #isHeld(): boolean {
    return this.#now() < this.#refusedAt + HOLD * this.windowMs;
  }

  /** What it is again once a 429 holds no more. */
  get usual(): number {
    return Math.max(this.#limit, this.#known);
  }

  /**
   * A call was answered 429.
   *
   * @param sentAt When it went out: one that did so before the last 429 came tells nothing new.
   * @param through How many went through in the window.
   */
  refused(sentAt: number, through: number): void {
    if (sentAt < this.#refusedAt) return;
    const at = this.#now();
    if (at >= this.#first.at + this.windowMs) this.#first = { at, limit: this.limit };
    this.#fall(Math.max(1, Math.ceil(this.#first.limit * MAX_FALL)), through);
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

  #fall(limit: number, through: number): void {
    this.#before = this.limit;
    this.#refusedAt = this.#now();
    this.#through = through;
    this.#limit = limit;
    this.#risesFrom = this.#refusedAt + (HOLD + RISE_AFTER) * this.windowMs;
    this.#stoodAt = -Infinity;
  }

  #meetThrough(): void {
    const most = this.#isStated ? Math.min(this.#before, this.#known) : this.#before;
    this.#limit = Math.max(this.#limit, Math.min(most, Math.floor(this.#through)));
  }

  /** To be told at least once a window as long as calls wait for the pace. */
  stand(): void {
    const now = this.#now();
    if (now > this.#stoodAt + STANDS * this.windowMs) this.#standingSince = now;
    this.#stoodAt = now;
    const { limit } = this;
    if (now < Math.max(this.#risesFrom, this.#standingSince + RISE_AFTER * this.windowMs)) return;
    const most = this.#isStated ? this.#known : MAX_TRIED;
    if (limit >= most) return;
    this.#limit = Math.min(most, Math.max(limit + 1, Math.floor(limit * RISE)));
    this.#risesFrom = now + RISE_EVERY * this.windowMs;
  }

  /**
   * How many of so many places are left to the first calls of new tokens, which wait for no turn: none, unless calls have
   * waited for a whole window. A company that is always at its limit would refuse every new user otherwise.
   */
  spareOf(places: number, isStanding = this.#isStanding): number {
    return isStanding && places >= SPARE_FROM ? Math.ceil(places / SPARE_ONE_OF) : 0;
  }

  /** How many of so many places calls that wait may use: all but those of {@link spareOf}. */
  butSpare(places: number, isStanding?: boolean): number {
    return places - this.spareOf(places, isStanding);
  }

  get #isStanding(): boolean {
    const now = this.#now();
    const { windowMs } = this;
    return now <= this.#stoodAt + STANDS * windowMs && now >= this.#standingSince + windowMs;
  }

  /** The service says what the limit is. */
  state(calls: number): void {
    if (this.#isStated && calls === this.#known) return;
    this.#isStated = true;
    this.#known = Math.max(1, calls);
    // A service may state another limit for each kind of call: what a 429 has taken away it does not give back.
    this.#limit = this.#isHeld ? Math.min(this.#limit, this.#known) : this.#known;
  }

  /** Another instance has learnt the limit. */
  adopt(calls: number): void {
    const { limit } = this;
    // As if it had had the 429 itself, with all that has gone through until then.
    if (calls < limit) this.#fall(calls, calls);
    if (calls <= limit) return;
    this.#limit = calls;
    this.#risesFrom = Math.max(this.#risesFrom, this.#now() + RISE_EVERY * this.windowMs);
    this.#stoodAt = -Infinity;
  }
}
