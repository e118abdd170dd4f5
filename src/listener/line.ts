import type { Caller } from './callers.ts';
import { createCodel } from './codel.ts';
import { createFairQueue } from './queue.ts';
import type { Reason } from './turned-away.ts';

/** A request that is to be served. */
export interface Waiting {
  readonly caller: Caller;
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
  /** A request that was begun is answered, after that many milliseconds. */
  finished(serviceMs: number): void;
  /** What one more of this caller's would wait, in milliseconds, by what the oldest has waited. */
  waitOf(caller: Caller): number;
}

export interface LineOptions {
  /** Within which a request has to be answered, from its coming on. */
  readonly deadlineMs: number;
  readonly exemptMs?: number;
  readonly now?: () => number;
}

const INTERVAL_MS = 1000;
const TARGET_MS = 100;
const EXEMPT_MS = 10_000;
/**
 * How much of a turn of the event loop goes into beginning requests. Node calls back for all sockets that can be
 * read before it begins any, so what is begun is finished first, and the line is where everything waits.
 */
const BEGIN_MS = 2;
const MAX_PER_TURN = 32;
/** The weight of the latest in the mean time that serving takes. */
const LATEST = 0.05;

interface Entry extends Waiting {
  readonly since: number;
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export function createLine({
  deadlineMs,
  exemptMs = EXEMPT_MS,
  now = () => performance.now(),
}: LineOptions): Line {
  const queue = createFairQueue<Entry>(({ since }) => since);
  const clock = { now, cpu: cpuMs };
  const codel = createCodel({
    ...{ intervalMs: INTERVAL_MS, targetMs: TARGET_MS, exemptMs, clock },
  });
  /** When beginning began in this turn of the event loop. */
  let turnBegan: number | undefined;
  let steps = 0;
  let serviceMs = 0;

  const isTooLate = (waitMs: number): boolean =>
    // Where Cotalker hangs, the half of the deadline is what serving takes: new ones may fare better.
    waitMs + Math.min(serviceMs, deadlineMs / 2) > deadlineMs;
  const refusalAfter = (waitMs: number): Reason | undefined => {
    if (codel.isDropping && waitMs > TARGET_MS) return 'standing_line';
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
    if (reason === undefined) entry.begin(waitedMs);
    else entry.refuse(reason);
  };
  const hasTime = (): boolean => {
    if (turnBegan === undefined) {
      turnBegan = now();
      setImmediate(endTurn);
    }
    return now() - turnBegan < BEGIN_MS;
  };
  const endTurn = (): void => {
    turnBegan = undefined;
  };
  /** One a callback, so that Node does what follows from each in between, and it counts. */
  const step = (): void => {
    steps -= 1;
    if (hasTime()) {
      const entry = queue.shift();
      if (entry !== undefined) serve(entry);
    }
    if (steps === 0) schedule();
  };
  const begin = (): void => {
    turnBegan = undefined;
    step();
  };
  const schedule = (): void => {
    steps = Math.min(queue.size, MAX_PER_TURN);
    for (let n = 0; n < steps; n += 1) setImmediate(n === 0 ? begin : step);
  };

  return {
    get size() {
      return queue.size;
    },
    arrived: codel.arrived,
    refusalOf: (caller) => refusalAfter(waitOf(caller)),
    waitOf,
    enter: (waiting) => {
      const entry = { ...waiting, since: now() };
      if (steps === 0 && hasTime()) {
        serve(entry);
        return;
      }
      queue.push(waiting.caller, entry);
      if (steps === 0) schedule();
    },
    finished: (ms) => {
      serviceMs += (ms - serviceMs) * LATEST;
      codel.finished();
    },
  };
}
