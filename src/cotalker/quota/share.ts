import type { Newcomers } from './newcomers.ts';
import type { Pace } from './pace.ts';
import type { Window } from './window.ts';

export interface ShareOptions {
  /** Of the whole company. */
  readonly pace: Pace;
  /** The calls of this instance that count. */
  readonly window: Window;
  readonly newcomers: Newcomers;
  /** The part of a company's quota that is this instance's, as long as instances share nothing. */
  readonly part: number;
}

/** The account of a company, as far as its share has to know it. */
export interface Sharer {
  /** How many calls wait, or are expected of the requests that are there. */
  demand(): number;
  /** Another instance has been told to wait. */
  pause(ms: number): void;
  /** More may go, or less. */
  changed(isLess: boolean): void;
}

/** The part of the pace that live polls may take. */
export const LIVE_PART = 0.2;

/** What an instance may use of a company's quota: a fixed part. `shared.ts` has one that Redis grants. */
export class Share {
  protected readonly pace: Pace;
  readonly window: Window;
  readonly newcomers: Newcomers;
  readonly #part: number;

  constructor({ pace, window, newcomers, part }: ShareOptions) {
    this.pace = pace;
    this.window = window;
    this.newcomers = newcomers;
    this.#part = part;
  }

  /** Calls in a window that are this instance's, as long as instances share nothing. */
  protected get part(): number {
    return Math.max(1, Math.floor(this.pace.limit * this.#part));
  }

  /** Calls in a window, those that are left to new tokens among them. */
  protected get places(): number {
    return this.part;
  }

  /** Calls in a window, but for those. */
  get limit(): number {
    return this.pace.butSpare(this.places);
  }

  /** The same where calls wait for longer than a window. */
  get lastingLimit(): number {
    return this.pace.butSpare(this.places, true);
  }

  /** How many are this instance's at best: where no other has a call, and nothing holds the company's pace down. */
  get most(): number {
    return Math.max(1, Math.floor(this.pace.usual * this.#part));
  }

  /** How many of them may be live polls. */
  get liveLimit(): number {
    return Math.max(1, Math.floor(this.part * LIVE_PART));
  }

  /** How many of them other instances have made, or may make. */
  get taken(): number {
    return 0;
  }

  /** Whether Redis should tell what the instance may use, and does not. */
  get isFailing(): boolean {
    return false;
  }

  get windowMs(): number {
    return this.pace.windowMs;
  }

  /** How many calls may go now. */
  free(now: number): number {
    const { limit } = this;
    return limit - this.newcomers.kept(limit, now) - this.window.used(now);
  }

  /** Whether calls that wait do so for the quota. */
  isFull(now: number): boolean {
    return this.free(now) <= 0;
  }

  /** A call goes. */
  take(): void {}

  /**
   * Calls wait.
   *
   * @param owner The request of a call that begins to wait.
   */
  watch(owner?: object): void;
  watch(): void {}

  /** Milliseconds until more may go, a window at the most. */
  nextMs(now: number): number {
    const place = this.window.next(now) ?? Infinity;
    const fewer = this.newcomers.nextEnd(now) ?? Infinity;
    return Math.min(this.windowMs, place - now, fewer - now);
  }

  /** For how many calls of the company one of this instance stands. */
  protected get standsFor(): number {
    return 1 / this.#part;
  }

  /** How many calls that count have gone through, as far as it is known. */
  protected answeredAt(now: number): number {
    return this.window.answered(now) * this.standsFor;
  }

  /** A call was answered, and not with a 429. */
  went(sentAt: number): void {
    this.pace.went(sentAt, this.standsFor);
  }

  /** A call was answered 429. */
  refused(sentAt: number, now: number): void {
    this.pace.refused(sentAt, Math.round(this.answeredAt(now)));
  }

  /** Cotalker asks all of the company to wait for so many milliseconds. */
  pause(ms: number): void;
  pause(): void {}
}
