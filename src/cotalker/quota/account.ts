import { CotalkerError } from '../errors.ts';
import type { RateLimit } from '../exchange.ts';
import type { Expected, ExpectedCalls } from '../resilience/expected-calls.ts';
import {
  type Capacity,
  Line,
  type LineOwner,
  type Release,
  type Urgency,
} from '../resilience/line.ts';
import { FEWEST_EVERY, type Work } from '../resilience/places.ts';
import { Pace, type Quota } from './pace.ts';
import { Window } from './window.ts';

/** Told of what the quota keeps back. */
export interface QuotaTeller {
  /** A request was refused since its turn would come too late, or a call was refused by Cotalker (429). */
  refused(cause: RefusalCause): void;
  /** A call has waited for so many milliseconds. */
  waited(ms: number): void;
}

export const REFUSAL_CAUSES = ['too_late', 'cotalker'] as const;
export type RefusalCause = (typeof REFUSAL_CAUSES)[number];

export interface AccountOptions {
  /** Where it begins; see `pace.ts`. */
  readonly quota: Quota;
  /** The part of a company's quota that this instance takes: above 0, at most 1. */
  readonly share: number;
  /** What requests take by their documents. */
  readonly expected: Pick<ExpectedCalls, 'of'>;
  readonly teller: QuotaTeller;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

export interface AccountBounds {
  /** How many of its calls may be under way at once. Default: as many as there are. */
  readonly atOnce?: number;
}

/** What has come of a call that went out. */
export interface Outcome {
  readonly sentAt: number;
  /** What Cotalker asks to wait for, in milliseconds, where it has answered 429. */
  readonly pauseMs: number | undefined;
  readonly rateLimit: RateLimit | undefined;
}

/** What a document is taken for that has not run yet. */
const UNSEEN = 4;
/** The part of a quota that live polls may take. */
const LIVE_PART = 0.2;
/** The longest pause that Cotalker is granted, in milliseconds: after it, calls try how things are. */
const MAX_PAUSE_MS = 60_000;
/** So much of a window longer, since a service may round down. */
const PAUSE_MARGIN = 0.1;
/** A request that comes again is expected to need this part of its time. */
const COMES_AGAIN = 0.8;
/** How much the last call counts for how long one takes. */
const NEWEST_PART = 1 / 16;

/**
 * The quota of a company, or of a token whose company is not known: how many of its calls go out, and the line of
 * those that wait.
 */
export class Account implements Capacity {
  readonly line: Line;
  readonly #pace: Pace;
  readonly #share: number;
  readonly #atOnce: number;
  readonly #window: Window;
  readonly #teller: QuotaTeller;
  readonly #now: () => number;
  /** Nothing goes before. */
  #pausedUntil = -Infinity;
  /** Calls that may still go before a moment, as Cotalker has told. */
  #left = { calls: Infinity, until: -Infinity };
  /** Until then, all there is has been promised to requests that were told to come again. */
  #promisedUntil = -Infinity;
  /** How long a call takes, in milliseconds. */
  #callMs = 0;
  #timer: NodeJS.Timeout | undefined;
  /** The company that it has turned out to be of. */
  #movedTo: Account | undefined;

  constructor(
    { quota, share, expected, teller, now }: AccountOptions,
    { atOnce = Infinity }: AccountBounds = {},
  ) {
    this.#pace = new Pace({ ...quota, calls: Math.max(1, Math.floor(quota.calls * share)) });
    this.#share = share;
    this.#atOnce = atOnce;
    this.#window = new Window(quota.windowMs);
    this.#teller = teller;
    this.#now = now;
    this.line = new Line(this, {
      perOwner: Infinity,
      room: () => this.#pace.limit,
      expected,
      unseen: UNSEEN,
      tooLate: (...asked) => this.#refuse(...asked),
      now,
    });
  }

  /** The account itself, or the company's that it has become part of. */
  get current(): Account {
    return this.#movedTo?.current ?? this;
  }

  /** The part of the quota that is used, and 1 while calls wait for it. */
  get load(): number {
    if (this.line.isStanding) return 1;
    return Math.min(1, this.#window.used(this.#now()) / this.#pace.limit);
  }

  free(urgency: Urgency): number {
    const now = this.#now();
    if (now < this.#pausedUntil) return 0;
    const { limit } = this.#pace;
    const told = now < this.#left.until ? this.#left.calls : Infinity;
    const free = Math.min(limit - this.#window.used(now), told, this.#atOnce - this.#window.held);
    return urgency === 'now' ? free : Math.min(free, liveLimit(limit) - this.#window.usedLive(now));
  }

  take(urgency: Urgency): Release {
    const isLive = urgency === 'later';
    this.#window.hold(isLive);
    this.#left.calls -= 1;
    this.#pace.watch(this.line.isStanding && this.free('now') <= 0, this.#now());
    return () => this.current.#window.hold(isLive, -1);
  }

  msFor({ calls, isAlone }: Work): number {
    const now = this.#now();
    const isIdle = now >= this.#pausedUntil && this.#window.used(now) === 0;
    // It has all there is, even where that is not enough.
    if (isAlone && isIdle) return 0;
    // Each fourth turn may go to a smaller one that comes later.
    const all = isAlone ? calls : Math.ceil((calls * FEWEST_EVERY) / (FEWEST_EVERY - 1));
    return this.#msUntil(all) + this.#callMs;
  }

  watch(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.line.serve();
      },
      Math.max(1, Math.ceil(this.#msUntilNext())),
    ).unref();
  }

  /** To be told before the call's turn is given back. */
  note({ sentAt, pauseMs, rateLimit }: Outcome, urgency: Urgency): void {
    const now = this.#now();
    this.#callMs += (now - sentAt - this.#callMs) * NEWEST_PART;
    if (pauseMs === undefined) {
      this.#window.spend(sentAt, urgency === 'later', now);
      this.#pace.went(sentAt);
    } else {
      this.#teller.refused('cotalker');
      this.#pace.refused(sentAt, this.#window.answered(now), now);
      this.#pause(Math.min(MAX_PAUSE_MS, pauseMs) + PAUSE_MARGIN * this.#pace.windowMs);
    }
    if (rateLimit !== undefined) this.#correct(rateLimit);
  }

  /** Goes on as part of a company's: what has been made counts there, and who waits here waits there. */
  moveTo(company: Account): void {
    this.#movedTo = company;
    clearTimeout(this.#timer);
    this.#window.moveTo(company.#window);
    this.line.moveTo(company.line);
  }

  #msUntil(calls: number): number {
    const now = this.#now();
    const from = Math.max(now, this.#pausedUntil);
    return from - now + this.#window.msFor(calls, this.#pace.limit, from);
  }

  /** Until more may go than now. */
  #msUntilNext(): number {
    const now = this.#now();
    if (this.free('now') > 0) return (this.#window.nextLive() ?? now + this.#pace.windowMs) - now;
    // What is under way makes room when it ends.
    if (this.#window.held >= this.#atOnce) return this.#pace.windowMs;
    const told = this.#left.calls <= 0 ? this.#left.until - now : 0;
    return Math.max(this.#msUntil(1), told);
  }

  #pause(ms: number): void {
    const until = this.#now() + ms;
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    const retryAfter = Math.ceil(ms / 1000);
    this.line.narrow(until, () => {
      // It is Cotalker that refuses: by its status, an answer that holds a part is told from one that holds nothing.
      return new CotalkerError('RATE_LIMITED', 'the company has to wait', {
        retryAfter,
        status: 429,
      });
    });
  }

  #correct({ left, policies }: RateLimit): void {
    const { windowMs } = this.#pace;
    const policy = policies.find((each) => each.windowMs === windowMs);
    if (policy !== undefined) this.#pace.state(Math.floor(policy.calls * this.#share));
    if (left === undefined) return;
    const ms = Math.min(left.ms, MAX_PAUSE_MS);
    if (left.calls === 0) this.#pause(ms);
    // What else is on its way may be counted in it, or not.
    this.#left = { calls: left.calls - (this.#window.held - 1), until: this.#now() + ms };
  }

  /** Tells each a time of its own, at which it would go through, were it not for others who come then. */
  #refuse(waitMs: number, { since, deadline }: LineOwner, own: Expected): CotalkerError {
    this.#teller.refused('too_late');
    const now = this.#now();
    const { limit, windowMs } = this.#pace;
    const at = Math.max(now + waitMs - (deadline - since) * COMES_AGAIN, this.#promisedUntil);
    this.#promisedUntil = at + (own.calls * windowMs) / limit;
    const retryAfter = Math.max(1, Math.ceil((at - now) / 1000));
    return new CotalkerError('RATE_LIMITED', 'its turn would come too late', { retryAfter });
  }
}

const liveLimit = (limit: number): number => Math.max(1, Math.floor(limit * LIVE_PART));
