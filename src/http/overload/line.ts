import { performance } from 'node:perf_hooks';
import type { Caller } from './callers.ts';
import { createCodel } from './codel.ts';
import { createLimit, type LimitClock } from './limit.ts';
import { createFairQueue } from './fair-queue.ts';
import type { Reason } from './turned-away.ts';

/** A request that is to be served. */
export interface Waiting {
  readonly caller: Caller;
  /** Of its body: to read them takes the processor, so a large one takes several of its caller's turns. */
  readonly bytes?: number;
  /** Its caller has left. */
  readonly isGone: () => boolean;
  readonly begin: (waitedMs: number) => void;
  readonly refuse: (reason: Reason) => void;
}

/** The one line in which requests wait for the processor. */
export interface Line {
  readonly size: number;
  /** Why one more request of this caller's is not to be taken; undefined: it is. */
  refusalOf(caller: Caller): Reason | undefined;
  /** To be told of every request that comes, served or not. */
  arrived(): void;
  /** Begins or refuses it, now or in a later turn of the event loop. */
  enter(waiting: Waiting): void;
  /** A request is over; `serviceMs`: since it was begun; undefined: it never was. */
  finished(serviceMs: number | undefined): void;
  /** What one more of this caller's would wait, in milliseconds, by what the oldest has waited. */
  waitOf(caller: Caller): number;
}

export interface LineOptions {
  /** Within which a request has to be answered, from its coming on. */
  readonly deadlineMs: number;
  /** For so long after the start no line is said to stand, in milliseconds. */
  readonly exemptMs?: number;
  readonly clock?: LineClock;
}

export interface LineClock extends LimitClock {
  /** The process's CPU time, all threads together, in milliseconds. */
  readonly cpu: () => number;
  /** Calls back in the next turn of the event loop. */
  readonly nextTurn: (callback: () => void) => void;
  /** Calls back after a millisecond. */
  readonly soon: (callback: () => void) => void;
}

const INTERVAL_MS = 500;
const TARGET_MS = 100;
/** Where the line stands, one is taken that is to wait for no more than a part of what serving takes, and this at the
 * least. It leaves again where it has waited for twice that. */
const WAITING_PART = 0.15;
const LEAST_WAIT_MS = 5;
const EXEMPT_MS = 10_000;
/**
 * How much of a turn of the event loop goes into beginning requests. Node calls back for all sockets that can be
 * read before it begins any, so what is begun is finished first, and the line is where everything waits.
 */
const BEGIN_MS = 1;
const MAX_PER_TURN = 32;
/** A body of JSON with many keys takes as long to read as a usual request of its own takes in all: 1 MB some 40 ms. */
const BYTES_PER_TURN = 50_000;

interface Entry extends Waiting {
  readonly since: number;
}

const REAL_CLOCK: LineClock = {
  now: () => performance.now(),
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  idle: () => performance.eventLoopUtilization().idle,
  nextTurn: (callback) => void setImmediate(callback),
  soon: (callback) => void setTimeout(callback, 1),
};

export function createLine({
  deadlineMs,
  exemptMs = EXEMPT_MS,
  clock = REAL_CLOCK,
}: LineOptions): Line {
  const queue = createFairQueue<Entry>(({ since }) => since);
  const { now, nextTurn } = clock;
  const codel = createCodel({
    ...{ intervalMs: INTERVAL_MS, targetMs: TARGET_MS, exemptMs, clock },
  });
  const limit = createLimit(clock);
  /** When beginning began in this turn of the event loop. */
  let turnBegan: number | undefined;
  let steps = 0;
  /** Whether one has begun in this turn in the place of one that was finished. */
  let isOneBegun = false;

  const mayBegin = (): boolean => limit.mayBegin(codel.isDropping);
  const isTooLate = (waitMs: number): boolean =>
    // Where Cotalker hangs, the half of the deadline is what serving takes: new ones may fare better.
    waitMs + Math.min(limit.calmMs, deadlineMs / 2) > deadlineMs;
  const longestWait = (): number =>
    Math.min(TARGET_MS, Math.max(LEAST_WAIT_MS, limit.calmMs * WAITING_PART));
  const refusalAfter = (waitMs: number): Reason | undefined => {
    if (codel.isDropping && waitMs > 2 * longestWait()) return 'standing_line';
    return isTooLate(waitMs) ? 'deadline' : undefined;
  };
  const waitOf = (caller: Caller): number => {
    const { oldest } = queue;
    return oldest === undefined
      ? 0
      : (now() - oldest.since) * Math.min(1, queue.ahead(caller) / queue.size);
  };
  const serve = (entry: Entry): void => {
    if (entry.isGone()) return;
    const waitedMs = now() - entry.since;
    const reason = refusalAfter(waitedMs);
    codel.begun(waitedMs);
    if (reason === undefined) {
      limit.begun();
      entry.begin(waitedMs);
    } else entry.refuse(reason);
  };
  const shift = (): void => {
    const entry = queue.shift();
    if (entry !== undefined) serve(entry);
  };
  const hasTime = (): boolean => {
    if (turnBegan === undefined) {
      turnBegan = now();
      nextTurn(endTurn);
    }
    return now() - turnBegan < BEGIN_MS;
  };
  const endTurn = (): void => {
    turnBegan = undefined;
    isOneBegun = false;
  };
  /** One a callback, so that Node does what follows from each in between, and it counts. */
  const step = (): void => {
    steps -= 1;
    if (!isOneBegun && hasTime() && mayBegin()) shift();
    if (steps === 0) schedule();
  };
  const retry = (): void => {
    steps = 0;
    schedule();
  };
  const begin = (): void => {
    turnBegan = undefined;
    step();
  };
  const schedule = (): void => {
    if (queue.size > 0 && !mayBegin()) {
      // Not in the next turn: a loop that only looks whether it may begin would not rest.
      steps = 1;
      clock.soon(retry);
      return;
    }
    steps = Math.min(queue.size, MAX_PER_TURN);
    for (let n = 0; n < steps; n += 1) nextTurn(n === 0 ? begin : step);
  };

  return {
    get size() {
      return queue.size;
    },
    arrived: codel.arrived,
    refusalOf: (caller) => {
      // By number, not by age: the turn of the event loop that it comes in may have been a long one.
      const isFull = codel.isDropping && queue.ahead(caller) * limit.paceMs > longestWait();
      return isFull ? 'standing_line' : refusalAfter(waitOf(caller));
    },
    waitOf,
    enter: (waiting) => {
      const entry = { ...waiting, since: now() };
      if (steps === 0 && hasTime() && mayBegin()) {
        serve(entry);
        return;
      }
      queue.push(waiting.caller, entry, 1 + Math.floor((waiting.bytes ?? 0) / BYTES_PER_TURN));
      if (steps === 0) schedule();
    },
    finished: (ms) => {
      codel.finished(ms !== undefined);
      if (ms === undefined) return;
      limit.finished(ms, queue.size === 0 && !codel.isDropping);
      // One begins as one is finished, also where many are in a turn: begun together, they would come back together.
      if (queue.size > 0 && mayBegin()) {
        isOneBegun = true;
        hasTime();
        shift();
      }
    },
  };
}
