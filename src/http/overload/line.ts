import { performance } from 'node:perf_hooks';
import type { Caller } from './callers.ts';
import { createCodel } from './codel.ts';
import { createLimit, type LimitClock, type Service } from './limit.ts';
import { createFairQueue } from './fair-queue.ts';
import type { Reason } from './turned-away.ts';

/** A request that is to be served. */
export interface Waiting {
  readonly caller: Caller;
  /** Of its body: to read them takes the processor, so a large one takes several of its caller's turns. */
  readonly bytes?: number;
  /** Its caller has left. */
  readonly isGone: () => boolean;
  readonly begin: (waitedMs: number, service: Service) => void;
  readonly refuse: (reason: Reason) => void;
}

export interface Served {
  readonly caller: Caller;
  readonly service: Service;
  /** What was written on its connection, which has one request at a time. */
  readonly answerBytes: number;
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
  /** A request is over; undefined: it was never begun. A large answer costs its caller turns of the next one. */
  finished(served: Served | undefined): void;
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
/** Where the line stands, one is taken that is to wait for a part of what serving takes; it leaves after twice that. */
const WAITING_PART = 0.15;
const LEAST_WAIT_MS = 5;
const EXEMPT_MS = 10_000;
/**
 * How much of a turn of the event loop goes into beginning requests. Node calls back for all sockets that can be
 * read before it begins any, so what is begun is finished first, and the line is where everything waits.
 */
const BEGIN_MS = 1;
const MAX_PER_TURN = 32;
/** Past this, one that began in this turn and is finished lets none begin: sockets and new connections go first. */
const LONGEST_TURN_MS = 10;
/** JSON with many keys takes as long to read as a usual request does in all: 1 MB some 40 ms. So does a long answer. */
const BYTES_PER_TURN = 50_000;
const turnsOfBytes = (bytes: number): number => Math.floor(bytes / BYTES_PER_TURN);
interface QueuedRequest extends Waiting {
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
  const queue = createFairQueue<QueuedRequest>(({ since }) => since);
  const { now, nextTurn } = clock;
  const codel = createCodel({ intervalMs: INTERVAL_MS, targetMs: TARGET_MS, exemptMs, clock });
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
    const { oldest, size } = queue;
    if (oldest === undefined) return 0;
    return (now() - oldest.since) * Math.min(1, queue.ahead(caller) / size);
  };
  /** @returns Whether it has begun. */
  const serve = (entry: QueuedRequest): boolean => {
    if (entry.isGone()) return false;
    const waitedMs = now() - entry.since;
    const reason = refusalAfter(waitedMs);
    codel.begun(waitedMs);
    if (reason === undefined) entry.begin(waitedMs, limit.begun());
    else entry.refuse(reason);
    return reason === undefined;
  };
  /** Begins the next one. Who has waited for too long is refused on the way to it, some at a time. */
  const shift = (): void => {
    for (let n = 0; n < MAX_PER_TURN; n += 1) {
      const entry = queue.shift();
      if (entry === undefined || serve(entry)) return;
    }
  };
  const hasTime = (ms = BEGIN_MS): boolean => {
    if (turnBegan === undefined) {
      turnBegan = now();
      nextTurn(endTurn);
    }
    return now() - turnBegan < ms;
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
  const begin = (): void => {
    turnBegan = undefined;
    step();
  };
  const schedule = (): void => {
    if (queue.size > 0 && !mayBegin()) {
      // Not in the next turn: a loop that only looks whether it may begin would not rest.
      steps = 1;
      clock.soon(() => {
        steps = 0;
        schedule();
      });
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
      if (steps === 0 && hasTime() && mayBegin()) serve(entry);
      else queue.push(waiting.caller, entry, 1 + turnsOfBytes(waiting.bytes ?? 0));
      if (steps === 0 && queue.size > 0) schedule();
    },
    finished: (served) => {
      codel.finished(served !== undefined);
      if (served === undefined) return;
      queue.charge(served.caller, turnsOfBytes(served.answerBytes));
      limit.finished(served.service, queue.size === 0 && !codel.isDropping);
      // One begins as one is finished, also where many are in a turn: begun together, they would come back together.
      if (queue.size === 0 || !mayBegin()) return;
      if (!hasTime(LONGEST_TURN_MS) && served.service.since >= (turnBegan ?? 0)) return;
      isOneBegun = true;
      shift();
    },
  };
}
