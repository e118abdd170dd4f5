import { performance } from 'node:perf_hooks';
/* What is known of time, all in milliseconds; tests move it by hand. */

interface Clock {
  /** On a clock that never goes back. */
  readonly now: () => number;
}

export interface CpuClock extends Clock {
  /** The CPU time of the thread that all requests share: what others on the machine do does not count. */
  readonly cpu: () => number;
}

export interface LimitClock extends Clock {
  /** For how long the event loop had nothing to do. */
  readonly idle: () => number;
}

export interface LineClock extends CpuClock, LimitClock {
  /** Calls back in the next turn of the event loop. */
  readonly nextTurn: (callback: () => void) => void;
  /** Calls back after so many milliseconds. */
  readonly later: (ms: number, callback: () => void) => void;
}

export const REAL_CLOCK: LineClock = {
  now: () => performance.now(),
  cpu: () => {
    // That of all threads, `cpuUsage`, took 60 µs a look.
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  },
  idle: () => performance.eventLoopUtilization().idle,
  nextTurn: (callback) => void setImmediate(callback),
  later: (ms, callback) => void setTimeout(callback, ms),
};
