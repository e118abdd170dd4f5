import type { Caller } from './callers.ts';
import { type Codel, createCodel } from './codel.ts';
import { createLimit, type Limit, type Service } from './limit.ts';
import { type LineClock, REAL_CLOCK } from '../../clock.ts';
import { FairQueue } from './fair-queue.ts';
import type { Reason } from './turned-away.ts';

/** A request that is to be served. */
export interface Waiting {
  readonly caller: Caller;
  /** Its caller has left. */
  readonly isGone: () => boolean;
  readonly begin: (waitedMs: number, service: Service) => void;
  readonly refuse: (reason: Reason) => void;
}

export interface Served {
  readonly caller: Caller;
  readonly service: Service;
  /** Whether it has taken no call. Default: it has. */
  readonly isCheap?: boolean;
  /** What was written on its connection, which has one request at a time. */
  readonly answerBytes: number;
}

export interface LineOptions {
  /** Within which a request has to be answered, from its coming on. */
  readonly deadlineMs: number;
  /** For so long after the start no line is said to stand, in milliseconds. */
  readonly exemptMs?: number;
  readonly clock?: LineClock;
}

const INTERVAL_MS = 500;
const TARGET_MS = 100;
/** In an overload, a request is accepted only if it will wait less than this part of the usual service time. After twice that it is refused. */
const WAITING_PART = 0.15;
const LEAST_WAIT_MS = 3;
export const EXEMPT_MS = 10_000;
/**
 * How much of a turn of the event loop goes into beginning requests. Node calls back for all sockets that can be
 * read before it begins any, so what is begun is finished first, and the line is where everything waits.
 */
const BEGIN_MS = 1;
const MAX_PER_TURN = 32;
/** After this long in one turn, a finished request starts no other. Sockets and new connections go first. */
const LONGEST_TURN_MS = 10;
/** An answer of so many bytes takes the processor for as long as a usual request does in all. */
const BYTES_PER_TURN = 50_000;

interface QueuedRequest extends Waiting {
  readonly since: number;
}

/** The one line in which requests wait for the processor. */
export class RequestLine {
  readonly #deadlineMs: number;
  readonly #clock: LineClock;
  readonly #codel: Codel;
  readonly #limit: Limit;
  readonly #queue = new FairQueue<QueuedRequest>(({ since }) => since);
  /** When beginning began in this turn of the event loop. */
  #turnBegan: number | undefined;
  #steps = 0;
  /** Whether one has begun in this turn in the place of one that was finished. */
  #isOneBegun = false;

  constructor({ deadlineMs, exemptMs = EXEMPT_MS, clock = REAL_CLOCK }: LineOptions) {
    this.#deadlineMs = deadlineMs;
    this.#clock = clock;
    this.#codel = createCodel({ intervalMs: INTERVAL_MS, targetMs: TARGET_MS, exemptMs, clock });
    this.#limit = createLimit(clock);
  }

  get size(): number {
    return this.#queue.size;
  }

  /** To be told of every request that comes, served or not. */
  arrived(): void {
    this.#codel.arrived();
  }

  /** As `refusalOf`. In a trial it takes its time: the answer is no, unless the overload turns out to be over. */
  ask(caller: Caller, answer: (reason: Reason | undefined) => void): void {
    const reason = this.refusalOf(caller);
    if (reason === 'standing_line' && this.#codel.isTrying)
      this.#clock.later(this.#codel.keepMs(), () => {
        if (this.#codel.isDropping && !this.#codel.isTrying) answer(reason);
        else this.ask(caller, answer);
      });
    else answer(reason);
  }

  /** Why one more request of this caller's is not to be taken; undefined: it is. */
  refusalOf(caller: Caller): Reason | undefined {
    // By number, not by age: the turn of the event loop that it comes in may have been a long one.
    const waitMs = this.#queue.ahead(caller) * this.#limit.paceMs;
    if (this.#codel.isDropping && waitMs > this.#longestWait()) return 'standing_line';
    return this.#refusalAfter(this.waitOf(caller));
  }

  /** What one more of this caller's would wait, in milliseconds, by what the oldest has waited. */
  waitOf(caller: Caller): number {
    const { oldest, size } = this.#queue;
    if (oldest === undefined) return 0;
    return (this.#clock.now() - oldest.since) * Math.min(1, this.#queue.ahead(caller) / size);
  }

  /** Begins or refuses it, now or in a later turn of the event loop. */
  enter(waiting: Waiting): void {
    const entry = { ...waiting, since: this.#clock.now() };
    if (this.#steps === 0 && this.#hasTime() && this.#mayBegin()) this.#serve(entry);
    else this.#queue.push(waiting.caller, entry);
    if (this.#steps === 0 && this.size > 0) this.#schedule();
  }

  /** A request that was begun is over. A large answer costs its caller turns of the next one. */
  finished({ caller, service, isCheap, answerBytes }: Served): void {
    this.#codel.served();
    this.#queue.charge(caller, Math.floor(answerBytes / BYTES_PER_TURN));
    this.#limit.finished(service, this.size === 0 && !this.#codel.isDropping, isCheap);
    // One begins as one is finished, also where many are in a turn: begun together, they would come back together.
    if (this.size === 0 || !this.#mayBegin()) return;
    const isOfThisTurn = service.since >= (this.#turnBegan ?? 0);
    if (!this.#hasTime(LONGEST_TURN_MS) && isOfThisTurn) return;
    this.#isOneBegun = true;
    this.#shift();
  }

  #mayBegin(): boolean {
    return this.#limit.mayBegin(this.#codel.isDropping);
  }

  #longestWait(): number {
    return Math.min(TARGET_MS, Math.max(LEAST_WAIT_MS, this.#limit.calmMs * WAITING_PART));
  }

  #refusalAfter(waitMs: number): Reason | undefined {
    if (this.#codel.isDropping && waitMs > 2 * this.#longestWait()) return 'standing_line';
    // Where Cotalker hangs, the half of the deadline is what serving takes: new ones may fare better.
    const servingMs = Math.min(this.#limit.calmMs, this.#deadlineMs / 2);
    return waitMs + servingMs > this.#deadlineMs ? 'deadline' : undefined;
  }

  /** @returns Whether it has begun. */
  #serve(entry: QueuedRequest): boolean {
    if (entry.isGone()) return false;
    const waitedMs = this.#clock.now() - entry.since;
    const reason = this.#refusalAfter(waitedMs);
    this.#codel.begun(waitedMs);
    if (reason === undefined) entry.begin(waitedMs, this.#limit.begun());
    else entry.refuse(reason);
    return reason === undefined;
  }

  /** Begins the next one. Who has waited for too long is refused on the way to it, some at a time. */
  #shift(): void {
    for (let n = 0; n < MAX_PER_TURN; n += 1) {
      const entry = this.#queue.shift();
      if (entry === undefined || this.#serve(entry)) return;
    }
  }

  #hasTime(ms = BEGIN_MS): boolean {
    if (this.#turnBegan === undefined) {
      this.#turnBegan = this.#clock.now();
      this.#clock.nextTurn(() => {
        this.#turnBegan = undefined;
        this.#isOneBegun = false;
      });
    }
    return this.#clock.now() - this.#turnBegan < ms;
  }

  /** One a callback, so that Node does what follows from each in between, and it counts. */
  #step(): void {
    this.#steps -= 1;
    if (!this.#isOneBegun && this.#hasTime() && this.#mayBegin()) this.#shift();
    if (this.#steps === 0) this.#schedule();
  }

  #schedule(): void {
    if (this.size > 0 && !this.#mayBegin()) {
      // Not in the next turn: a loop that only looks whether it may begin would not rest.
      this.#steps = 1;
      this.#clock.later(1, () => {
        this.#steps = 0;
        this.#schedule();
      });
      return;
    }
    this.#steps = Math.min(this.size, MAX_PER_TURN);
    for (let n = 0; n < this.#steps; n += 1)
      this.#clock.nextTurn(() => {
        if (n === 0) this.#turnBegan = undefined;
        this.#step();
      });
  }
}
