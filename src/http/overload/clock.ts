import { performance } from 'node:perf_hooks';
/* What the line knows of time, all in milliseconds; tests move it by hand. */

interface Clock {
  /** On a clock that never goes back. */
  readonly now: () => number;
}

export interface CodelClock extends Clock {
  /** The process's CPU time, all threads together. */
  readonly cpu: () => number;
}

export interface LimitClock extends Clock {
  /** For how long the event loop had nothing to do. */
  readonly idle: () => number;
}

export interface LineClock extends CodelClock, LimitClock {
  /** Calls back in the next turn of the event loop. */
  readonly nextTurn: (callback: () => void) => void;
  /** Calls back after so many milliseconds. */
  readonly later: (ms: number, callback: () => void) => void;
}

export const REAL_CLOCK: LineClock = {
  now: () => performance.now(),
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  idle: () => performance.eventLoopUtilization().idle,
  nextTurn: (callback) => void setImmediate(callback),
  later: (ms, callback) => void setTimeout(callback, ms),
};
