import type { Caller } from './callers.ts';
import { createLimit, type Limit, type Service } from './limit.ts';
import { type LineClock, REAL_CLOCK } from '../../clock.ts';
import { FairQueue } from './fair-queue.ts';
import { Judge } from './judge.ts';
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

export const EXEMPT_MS = 10_000;
/**
 * How much of a turn of the event loop goes into beginning requests. Node calls back for all sockets that can be
 * read before it begins any, so what is begun is finished first, and the line is where everything waits.
 */
const BEGIN_MS = 1;
const MAX_PER_TURN = 32;
/**
 * After this long in one turn, a finished request starts no other. Sockets and new connections go first. So they do
 * after this long of refusing those whose answer would come too late.
 */
const LONGEST_TURN_MS = 10;
/** An answer of so many bytes takes the processor for as long as a usual request does in all. */
const BYTES_PER_TURN = 50_000;
/** How often all that wait are looked at, and those whose answer would come too late are refused. */
const LOOK_MS = 50;

interface QueuedRequest extends Waiting {
  readonly since: number;
}

/** The one line in which requests wait for the processor. */
export class RequestLine {
  readonly #clock: LineClock;
  readonly #queue: FairQueue<QueuedRequest>;
  readonly #limit: Limit;
  /** Says who is refused. It is to be asked of every request that comes, before it enters. */
  readonly judge: Judge;
  /** Whether all that wait will be looked at. */
  #isWatched = false;
  /** When beginning began in this turn of the event loop. */
  #turnBegan: number | undefined;
  #steps = 0;
  /** Whether one has begun in this turn in the place of one that was finished. */
  #isOneBegun = false;

  constructor({ deadlineMs, exemptMs = EXEMPT_MS, clock = REAL_CLOCK }: LineOptions) {
    this.#clock = clock;
    this.#queue = new FairQueue(clock.idle);
    this.#limit = createLimit(clock);
    const [queue, limit] = [this.#queue, this.#limit];
    this.judge = new Judge({ deadlineMs, exemptMs, clock, queue, limit });
  }

  get size(): number {
    return this.#queue.size;
  }

  /** Begins or refuses it, now or in a later turn of the event loop. */
  enter(waiting: Waiting): void {
    const entry = { ...waiting, since: this.#clock.now() };
    if (this.#steps === 0 && this.#hasTime() && this.#mayBegin()) this.#serve(entry);
    else this.#queue.push(waiting.caller, entry);
    if (this.#steps === 0 && this.size > 0) this.#schedule();
    this.#watch();
  }

  /** A request that was begun is over. A large answer costs its caller turns of the next one. */
  finished({ caller, service, isCheap, answerBytes }: Served): void {
    this.judge.served(caller);
    this.#queue.charge(caller, Math.floor(answerBytes / BYTES_PER_TURN));
    this.#limit.finished(service, this.size === 0 && !this.judge.isDropping, isCheap);
    // One begins as one is finished, also where many are in a turn: begun together, they would come back together.
    if (this.size === 0 || !this.#mayBegin()) return;
    const isOfThisTurn = service.since >= (this.#turnBegan ?? 0);
    if (!this.#hasTime(LONGEST_TURN_MS) && isOfThisTurn) return;
    this.#isOneBegun = true;
    this.#shift();
  }

  #mayBegin(): boolean {
    return this.#limit.mayBegin(this.judge.isDropping);
  }

  /** @returns Whether it has begun. */
  #serve(entry: QueuedRequest): boolean {
    if (entry.isGone()) return false;
    const waitedMs = this.#clock.now() - entry.since;
    const reason = this.judge.refusalAfter(entry.caller, waitedMs);
    this.judge.begun(entry.caller, waitedMs);
    if (reason === undefined) entry.begin(waitedMs, this.#limit.begun());
    else entry.refuse(reason);
    return reason === undefined;
  }

  /** Refuses whoever waits in vain before its turn comes, and lets go of who has left. */
  #watch(): void {
    if (this.#isWatched || this.size === 0) return;
    this.#isWatched = true;
    this.#clock.later(LOOK_MS, () => this.#look(this.#clock.now()));
  }

  #look(now: number): void {
    const isOver = ({ caller, since, isGone }: QueuedRequest): boolean =>
      isGone() || this.judge.refusalAfter(caller, now - since) !== undefined;
    for (const entry of this.#queue.takeOut(isOver)) {
      this.#serve(entry);
      if (this.#clock.now() - now < LONGEST_TURN_MS) continue;
      this.#clock.nextTurn(() => this.#look(this.#clock.now()));
      return;
    }
    this.#isWatched = false;
    this.#watch();
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
    if (this.size > 0 && !this.#isOneBegun && this.#hasTime() && this.#mayBegin()) this.#shift();
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
