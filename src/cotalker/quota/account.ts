import { CotalkerError } from '../errors.ts';
import type { RateLimit } from '../exchange.ts';
import type { ExpectedCalls } from '../resilience/expected-calls.ts';
import { type Capacity, Line, type Release, type Urgency } from '../resilience/line.ts';
import { FEWEST_EVERY, type Work } from '../resilience/places.ts';
import { CallTime } from '../resilience/slots.ts';
import { Alarm } from './alarm.ts';
import { ComeAgain } from './come-again.ts';
import type { Outcome } from './outcome.ts';
import { Pace, type Quota } from './pace.ts';
import { Newcomers } from './newcomers.ts';
import { Standstill } from './standstill.ts';
import type { QuotaObserver } from './quota-observer.ts';
import { Window } from './window.ts';

export interface AccountOptions {
  /** Where it begins; see `pace.ts`. */
  readonly quota: Quota;
  /** The part of a company's quota that this instance takes: above 0, at most 1. */
  readonly share: number;
  /** What requests take by their documents. */
  readonly expected: Pick<ExpectedCalls, 'of'>;
  readonly observer: QuotaObserver;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

export interface AccountBounds {
  /** How many of its calls may be under way at once. Default: as many as there are. */
  readonly atOnce?: number;
}

/** What a document is taken for that has not run yet. */
const UNSEEN = 4;
/** So much of a window longer, since a service may round down. */
const PAUSE_MARGIN = 0.1;
/** A request that needs more of a window than this does not wait until all of it is there. */
const LARGE_PART = 0.25;

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
  readonly #observer: QuotaObserver;
  readonly #now: () => number;
  readonly #standstill = new Standstill();
  readonly #newcomers: Newcomers;
  readonly #comeAgain: ComeAgain;
  readonly #callTime = new CallTime();
  readonly #alarm = new Alarm(() => this.line.serve());
  /** The company that it has turned out to be of. */
  #movedTo: Account | undefined;

  constructor(
    { quota, share, expected, observer, now }: AccountOptions,
    { atOnce = Infinity }: AccountBounds = {},
  ) {
    this.#pace = new Pace({ ...quota, calls: Math.max(1, Math.floor(quota.calls * share)) });
    this.#comeAgain = new ComeAgain(this.#pace);
    this.#share = share;
    this.#atOnce = atOnce;
    this.#window = new Window(quota.windowMs);
    this.#newcomers = new Newcomers(quota.windowMs);
    this.#observer = observer;
    this.#now = now;
    this.line = new Line(this, {
      perOwner: Infinity,
      // Once the calls it needs can go with those that others have left: what has begun waits for no other window.
      mayBegin: (own, begun) =>
        begun() + Math.min(own, this.#pace.limit * LARGE_PART) <= this.free('now'),
      keepsOrder: true,
      expected,
      unseen: UNSEEN,
      tooLate: (waitMs, owner, own) => {
        observer.refused('too_late');
        const retryAfter = this.#comeAgain.after(waitMs, owner, own, now());
        return new CotalkerError('RATE_LIMITED', 'its turn would come too late', { retryAfter });
      },
      // Who is bound otherwise has waited for an answer, and not for the quota.
      isTooLateAtDeadline: atOnce === Infinity,
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
    const limit = this.#newcomers.leaveOf(this.#pace.limit, now);
    const told = this.#standstill.free(now);
    const free = Math.min(limit - this.#window.used(now), told, this.#atOnce - this.#window.held);
    return urgency === 'now'
      ? free
      : Math.min(free, this.#pace.liveLimit - this.#window.usedLive(now));
  }

  take(urgency: Urgency): Release {
    const isLive = urgency === 'later';
    this.#window.hold(isLive);
    this.#standstill.take();
    this.#pace.watch(this.line.isStanding && this.free('now') <= 0, this.#now());
    return () => this.current.#window.hold(isLive, -1);
  }

  msFor({ calls, own, isAlone }: Work): number {
    const now = this.#now();
    const isIdle = now >= this.#standstill.until && this.#window.used(now) === 0;
    // It has all there is, even where that is not enough.
    if (isAlone && isIdle) return 0;
    // Each fourth turn may go to a smaller one that comes later. None is smaller than a single call.
    const all =
      isAlone || own.calls === 1 ? calls : Math.ceil((calls * FEWEST_EVERY) / (FEWEST_EVERY - 1));
    return this.#msUntil(all) + Math.max(this.#callTime.ms, own.ms);
  }

  watch(): void {
    // What there is to wait for may have become less, as where a request has ended.
    this.#alarm.set(this.#msUntilNext());
  }

  /** To be told before the call's turn is given back. */
  note({ sentAt, pauseMs, rateLimit }: Outcome, urgency: Urgency): void {
    const now = this.#now();
    this.#callTime.note(now - sentAt);
    if (pauseMs === undefined) {
      this.#window.spend(sentAt, urgency === 'later', now);
      this.#pace.went(sentAt);
    } else {
      this.#observer.refused('cotalker');
      this.#pace.refused(sentAt, this.#window.answered(now), now);
      this.#pause(pauseMs, PAUSE_MARGIN * this.#pace.windowMs);
    }
    if (rateLimit !== undefined) this.#correct(rateLimit);
  }

  /** Goes on as part of a company's: what has been made counts there, and who waits here waits there. */
  moveTo(company: Account): void {
    this.#movedTo = company;
    this.#alarm.stop();
    this.#window.moveTo(company.#window);
    company.#newcomers.add(this.#now());
    this.line.moveTo(company.line);
  }

  #msUntil(calls: number): number {
    const now = this.#now();
    const from = Math.max(now, this.#standstill.until);
    const limit = this.#newcomers.leaveOf(this.#pace.limit, now);
    return from - now + this.#window.msFor(calls, limit, from);
  }

  /** Until more may go than now. */
  #msUntilNext(): number {
    const now = this.#now();
    // One that needs more than is free waits for the next place.
    if (this.free('now') > 0) return (this.#window.next() ?? now + this.#pace.windowMs) - now;
    // What is under way makes room when it ends.
    if (this.#window.held >= this.#atOnce) return this.#pace.windowMs;
    const fewer = (this.#newcomers.nextEnd(now) ?? Infinity) - now;
    return Math.max(Math.min(this.#msUntil(1), fewer), this.#standstill.msLeft(now));
  }

  #pause(ms: number, margin = 0): void {
    const now = this.#now();
    if (!this.#standstill.pause(ms, margin, now)) return;
    const { until } = this.#standstill;
    const retryAfter = Math.ceil((until - now) / 1000);
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
    if (left.calls === 0) this.#pause(left.ms);
    this.#standstill.tell(left, this.#window.held - 1, this.#now());
  }
}
