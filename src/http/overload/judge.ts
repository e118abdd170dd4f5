import type { LineClock } from '../../clock.ts';
import { type Caller, STRANGERS } from './callers.ts';
import { type Codel, createCodel } from './codel.ts';
import { Counts } from './counts.ts';
import type { FairQueue } from './fair-queue.ts';
import type { Limit } from './limit.ts';
import type { Reason } from './turned-away.ts';

const INTERVAL_MS = 500;
const TARGET_MS = 100;
/**
 * In an overload, a request is accepted only if it will wait less than this part of the usual service time, or than one
 * request takes in the line. After twice that it is refused.
 */
const WAITING_PART = 0.05;
const LEAST_WAIT_MS = 3;
/**
 * A known caller who has so many requests here, and this part of all or more, floods: what more it sends is no overload.
 * The part is for a line that is long before an overload is looked for, where all callers have many.
 */
const FLOOD = 2;
const FLOOD_PART = 0.01;

/** What is judged by. */
interface Evidence {
  readonly deadlineMs: number;
  readonly exemptMs: number;
  readonly clock: LineClock;
  readonly queue: FairQueue<unknown>;
  readonly limit: Limit;
}

/**
 * Says who is refused, as a request comes and while it waits. The overload of strangers is found out by itself, so
 * that a flood of them refuses nobody else.
 */
export class Judge {
  readonly #evidence: Evidence;
  readonly #known: Codel;
  readonly #strangers: Codel;
  /** Requests that have come and are not over. */
  readonly #here = new Counts();

  constructor(evidence: Evidence) {
    const { exemptMs, clock } = evidence;
    const options = { intervalMs: INTERVAL_MS, targetMs: TARGET_MS, exemptMs, clock };
    this.#evidence = evidence;
    this.#known = createCodel(options);
    this.#strangers = createCodel(options);
  }

  /** Whether there is an overload, of whomever. */
  get isDropping(): boolean {
    return this.#known.isDropping || this.#strangers.isDropping;
  }

  /**
   * To be told of every request that comes, served or not.
   *
   * @returns To be called once its answer is sent, it is a stream, or its caller left before it began (`hasLeft`).
   */
  arrived(caller: Caller): (hasLeft?: boolean) => void {
    const isFlood = this.#here.of(caller) >= Math.max(FLOOD, this.#here.total * FLOOD_PART);
    const isCounted = caller === STRANGERS || !isFlood;
    if (isCounted) this.#codelOf(caller).arrived();
    const over = this.#here.add(caller);
    return (hasLeft = false) => {
      over();
      if (hasLeft && isCounted) this.#codelOf(caller).served();
    };
  }

  begun(caller: Caller, waitedMs: number): void {
    this.#codelOf(caller).begun(waitedMs);
  }

  served(caller: Caller): void {
    this.#codelOf(caller).served();
  }

  /** As `refusalOf`. In a trial it takes its time: the answer is no, unless the overload turns out to be over. */
  ask(caller: Caller, answer: (reason: Reason | undefined) => void): void {
    const codel = this.#codelOf(caller);
    const reason = this.refusalOf(caller);
    if (reason === 'standing_line' && codel.isTrying)
      this.#evidence.clock.later(codel.keepMs(), () => {
        if (codel.isDropping && !codel.isTrying) answer(reason);
        else this.ask(caller, answer);
      });
    else answer(reason);
  }

  /** Why one more request of this caller's is not to be taken; undefined: it is. */
  refusalOf(caller: Caller): Reason | undefined {
    const { isDropping, isStanding } = this.#codelOf(caller);
    const waitMs = this.waitOf(caller);
    if (isDropping) return waitMs > this.#longestWait(caller) ? 'standing_line' : undefined;
    // The pace is that of requests only where they wait for each other. Before that, other work makes it look slow.
    return isStanding && this.#isTooLate(waitMs) ? 'deadline' : undefined;
  }

  /** Why one that has waited for so long is not to be served; undefined: it is. */
  refusalAfter(caller: Caller, waitedMs: number): Reason | undefined {
    const { isDropping } = this.#codelOf(caller);
    if (isDropping && waitedMs > 2 * this.#longestWait(caller)) return 'standing_line';
    return this.#isTooLate(waitedMs) ? 'deadline' : undefined;
  }

  /** What one more of this caller's would wait, in milliseconds, by the pace that is seen. */
  waitOf(caller: Caller): number {
    const { queue, limit } = this.#evidence;
    return queue.ahead(caller) * limit.paceMs;
  }

  /** Where there is an overload. A stranger waits for the turns of known callers as well. */
  #longestWait(caller: Caller): number {
    const { queue, limit } = this.#evidence;
    const usualMs = Math.max(LEAST_WAIT_MS, limit.paceMs, limit.calmMs * WAITING_PART);
    const waitMs = Math.min(TARGET_MS, usualMs);
    return waitMs + queue.before(caller) * limit.paceMs;
  }

  /** Whether the answer would come after the deadline. */
  #isTooLate(waitMs: number): boolean {
    const { deadlineMs, limit } = this.#evidence;
    // Where Cotalker hangs, the half of the deadline is what serving takes: new ones may fare better.
    return waitMs + Math.min(limit.calmMs, deadlineMs / 2) > deadlineMs;
  }

  #codelOf(caller: Caller): Codel {
    return caller === STRANGERS ? this.#strangers : this.#known;
  }
}
