import type { RateLimit } from '../exchange.ts';
import type { CallLine } from '../resilience/call-line.ts';
import type { Capacity, LineOwner, Release, Urgency, Work } from '../resilience/terms.ts';
import { Alarm } from './alarm.ts';
import type { AccountBounds, AccountOptions } from './account-options.ts';
import { createCompanyLine } from './company-line.ts';
import { Forecast } from './forecast.ts';
import { Pace } from './pace.ts';
import { Newcomers } from './newcomers.ts';
import { Share } from './share.ts';
import { SharedShare } from './shared.ts';
import { marginOf, Standstill } from './standstill.ts';
import type { QuotaObserver } from './quota-observer.ts';
import { Window } from './window.ts';

/** What has come of a call that went out. */
interface Outcome {
  readonly sentAt: number;
  /** Whether nobody has waited for its answer: Cotalker may not have counted it yet. */
  readonly isLost?: boolean;
  /** What Cotalker asks to wait for, in milliseconds, where it has answered 429. */
  readonly pauseMs: number | undefined;
  readonly rateLimit: RateLimit | undefined;
}

/**
 * The quota of a company, or of a token whose company is not known: how many of its calls go out, and the line of
 * those that wait.
 *
 * A call meets its parts in this order. Its line asks for what is `free`. The `Share` tells what this instance may use of the
 * `Pace`, less what is kept for `Newcomers` and what the `Window` counts already. The `Standstill` tells whether Cotalker
 * takes calls at all. If nothing is free, the `Forecast` tells how long the wait would be, and the line lets the call wait or
 * refuses it. A call that goes holds a place in the window. Its answer comes to `note`: the window counts it for a whole
 * window from then on. A 429 brings the pace down instead, and begins a standstill.
 */
export class Account implements Capacity {
  readonly company: string;
  readonly line: CallLine;
  readonly #pace: Pace;
  readonly #share: Share;
  readonly #atOnce: number;
  readonly #isOfWrites: boolean;
  readonly #window: Window;
  readonly #observer: QuotaObserver;
  readonly #now: () => number;
  readonly #standstill = new Standstill();
  readonly #newcomers: Newcomers;
  readonly #forecast: Forecast;
  readonly #alarm = new Alarm(() => this.line.serve());
  /** The company that it has turned out to be of. */
  #movedTo: Account | undefined;

  constructor(options: AccountOptions, { atOnce = Infinity, ask }: AccountBounds = {}) {
    const { quota, now } = options;
    const pace = (this.#pace = new Pace(quota, now));
    const window = (this.#window = new Window(quota.windowMs));
    const newcomers = (this.#newcomers = new Newcomers(quota.windowMs));
    const own = { pace, window, newcomers, part: options.share };
    const share = ask ? new SharedShare({ ...own, ask, now, sharer: this }) : new Share(own);
    this.#forecast = new Forecast((this.#share = share), this.#standstill);
    this.#atOnce = atOnce;
    this.#isOfWrites = options.isOfWrites ?? false;
    this.#observer = options.observer;
    this.#now = now;
    this.company = options.company;
    this.line = createCompanyLine(this, this.#forecast, atOnce < Infinity, options);
  }

  /** The account itself, or the company's that it has become part of. */
  get current(): Account {
    return this.#movedTo?.current ?? this;
  }

  /** Whether a call would wait for the quota now. */
  get isAtLimit(): boolean {
    const now = this.#now();
    return now < this.#standstill.until || this.#share.isFull(now);
  }

  /** The part of the quota that is used, and 1 while calls wait for it. */
  get load(): number {
    if (this.line.isStanding && this.isAtLimit) return 1;
    return Math.min(1, this.#window.used(this.#now()) / this.#share.limit);
  }

  /** Whether nothing waits, and nothing counts. */
  get isIdle(): boolean {
    return !this.line.isStanding && this.#window.used(this.#now()) === 0;
  }

  /** Whether instances do not share what it uses though they should, since Redis fails. */
  get isAlone(): boolean {
    return this.#share.isFailing && !this.isIdle;
  }

  free(urgency: Urgency): number {
    const now = this.#now();
    const { held } = this.#window;
    const told = this.#standstill.free(now) - held;
    const free = Math.min(this.#share.free(now), told, this.#atOnce - held);
    return urgency === 'now' ? free : Math.min(free, this.#freeOfLive(now));
  }

  take(urgency: Urgency): Release {
    const isLive = urgency === 'later';
    this.#window.hold(isLive);
    this.#share.take();
    return () => this.current.#window.hold(isLive, -1);
  }

  msFor(work: Work): number {
    return this.#forecast.msFor(work, this.#now());
  }

  watch(owner?: LineOwner): void {
    this.#share.watch(owner);
    const now = this.#now();
    if (this.#share.isFull(now)) this.#pace.stand();
    this.#alarm.set(this.#nextMs(now));
  }

  /** Milliseconds until more may go. */
  #nextMs(now: number): number {
    const { held } = this.#window;
    const pausedMs = this.#standstill.msLeft(held, now);
    if (pausedMs > 0 && this.#share.free(now) > 0) return pausedMs;
    // What is under way makes room when it ends.
    const nextMs = held >= this.#atOnce ? this.#pace.windowMs : this.#share.nextMs(now);
    return Math.max(nextMs, pausedMs);
  }

  /** To be told before the call's turn is given back. */
  note({ sentAt, isLost = false, pauseMs, rateLimit }: Outcome, urgency: Urgency): void {
    const now = this.#now();
    const countedBy = isLost ? Math.max(now, sentAt + this.#forecast.callMs) : now;
    if (!isLost) this.#forecast.note(now - sentAt);
    this.#standstill.went();
    if (pauseMs === undefined) {
      this.#window.spend(urgency === 'later', countedBy);
      this.#share.went(sentAt);
    } else {
      this.#observer.refused('cotalker');
      this.#share.refused(sentAt, now);
      this.#pauseAll(pauseMs, marginOf(this.#pace.windowMs, this.#atOnce < Infinity));
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

  demand(): number {
    const { now, later } = this.line.demand;
    return now + Math.max(0, Math.min(later, this.#freeOfLive(this.#now())));
  }

  changed(isLess: boolean): void {
    if (isLess) this.line.narrow();
    this.line.serve();
  }

  #freeOfLive(now: number): number {
    return this.#share.liveLimit - this.#window.usedLive(now);
  }

  /** Nothing goes for so long, from any instance. */
  #pauseAll(ms: number, margin = 0): void {
    if (this.pause(ms, margin)) this.#share.pause(this.#standstill.until - this.#now());
  }

  /** @returns Whether that is noticeably longer than was known. */
  pause(ms: number, margin = 0): boolean {
    const now = this.#now();
    if (!this.#standstill.pause(ms, margin, now)) return false;
    this.line.narrow(this.#standstill.until);
    return true;
  }

  #correct({ left, policies }: RateLimit): void {
    const { windowMs } = this.#pace;
    const policy = policies.find((each) => each.windowMs === windowMs);
    // Of what a write's answer says of limits, nobody knows whether it is that of writes.
    if (policy !== undefined && !this.#isOfWrites) this.#pace.state(policy.calls);
    if (left === undefined) return;
    if (left.calls === 0) this.#pauseAll(left.ms);
    this.#standstill.tell(left, this.#now());
  }
}
