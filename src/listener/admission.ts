import { performance } from 'node:perf_hooks';

/** How many requests may be in flight just now. */
export interface Admission {
  readonly limit: number;
  stop(): void;
}

export interface AdmissionOptions {
  /** Requests in flight at the most, however idle the process is. */
  readonly maxInFlight: number;
  /**
   * How late the event loop may be before fewer are let in, in milliseconds. Turning one away takes as
   * long.
   */
  readonly maxLoopDelayMs: number;
}

const SAMPLE_MS = 50;
/** So many are always let in: below, a late event loop is not for the number of requests. */
const FLOOR = 16;
/** A loop that rests now and then has no queue, and is late only since others use the processor. */
const BUSY = 0.95;

/**
 * Lets in fewer requests while the event loop is late, and more again once it is not, as TCP does with
 * its window: a fifth less, once for each generation of requests, since it takes as long to show; and one
 * more each sample. How many a process can serve at once depends on the queries and on how long Cotalker
 * takes, so no fixed number is right; and a mere switch would turn callers away for a single pause of
 * the garbage collector.
 *
 * @param lateMs How long what was begun last had waited for its turn: a loop whose turns are kept short
 *   (`turns.ts`) is in time for its timers, however much there is to do.
 */
export function createAdmission(
  { maxInFlight, maxLoopDelayMs }: AdmissionOptions,
  inFlight: { readonly size: number; readonly finished: number },
  lateMs: () => number,
): Admission {
  let limit = maxInFlight;
  let delay = 0;
  let generationEnds = 0;
  let last = performance.now();
  let usage = performance.eventLoopUtilization();

  const sample = (): void => {
    const now = performance.now();
    const delayBefore = delay;
    delay = Math.max(now - last - SAMPLE_MS, lateMs());
    last = now;
    const { utilization } = performance.eventLoopUtilization(usage);
    usage = performance.eventLoopUtilization();

    // Once is a pause, of the garbage collector say; twice in a row is a queue.
    const isLate = Math.min(delay, delayBefore) > maxLoopDelayMs && utilization >= BUSY;
    if (!isLate) {
      limit = Math.min(maxInFlight, limit + 1);
    } else if (inFlight.finished >= generationEnds) {
      limit = Math.min(limit, Math.max(FLOOR, inFlight.size * 0.8));
      generationEnds = inFlight.finished + inFlight.size;
    }
  };
  const timer = setInterval(sample, SAMPLE_MS).unref();

  return {
    get limit() {
      return limit;
    },
    stop: () => clearInterval(timer),
  };
}
