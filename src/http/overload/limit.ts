import type { LimitClock } from '../../clock.ts';
import { Pace, SAMPLE_MS } from './pace.ts';

/**
 * How many requests may be in work while the loop does not rest. It is as many as a busy loop finishes in the time that one
 * request takes without waiting (Little's law). One begins as one is finished, so that requests wait in the line, where
 * they can still be turned away, and not half done.
 * In an overload they also begin at even distances; see `pace.ts`.
 */
export interface Limit {
  /** Whether one more may begin now. `isOverload`: whether one is found; where none is, about twice as many may. */
  mayBegin(isOverload: boolean): boolean;
  begun(): Service;
  /**
   * @param isCalm Whether nothing waits.
   * @param isCheap Whether it has taken no call, as a page: what serving takes does not show in it.
   */
  finished(service: Service, isCalm: boolean, isCheap?: boolean): void;
  /** How long the line takes for one request, in milliseconds, at its pace. 0: not known yet, as while code is compiled. */
  readonly paceMs: number;
  /** What serving takes where nothing waits, in milliseconds. */
  readonly calmMs: number;
}

/** When a request was begun, by both clocks. */
export interface Service {
  readonly since: number;
  readonly idle: number;
}

/**
 * The weight of a request in what serving takes: one that was served sooner tells more than one that was held up. Where
 * the loop did not rest meanwhile, as in a burst, it was others that held it up.
 */
const SOONER = 0.05;
const LATER = 0.005;
/** The weight of the latest request in the part of those that take calls. */
const LATEST_KIND = 0.02;
/** So many times as many are begun where no overload is found, since what comes varies. */
const AMPLE = 2;
const LEAST = 2;
/** Where the loop did not rest for this part of a request, others held the request up. */
const RESTING = 0.2;

/** What serving takes by all that is known, once a request has taken so long. */
function learn(calmMs: number, ms: number, hasRested: boolean): number {
  if (calmMs === 0) return ms;
  // Also where the loop is busy: else the first request, before all is compiled, would count for as long as it is.
  if (ms < calmMs) return calmMs + (ms - calmMs) * SOONER;
  return hasRested ? calmMs + (ms - calmMs) * LATER : calmMs;
}

export function createLimit(clock: LimitClock): Limit {
  const { now, idle } = clock;
  const pace = new Pace(clock);
  let inService = 0;
  let calmMs = 0;
  /** Since when nothing is in service, while nothing is. */
  let emptySince = -Infinity;
  /** The part of requests that take calls: in work, the others are for no time. */
  let slowPart = 1;

  const limitWhere = (isOverload: boolean): number => {
    // In a loop that rests they wait for Cotalker, and not for each other.
    if (pace.rests || !pace.isWarm) return Infinity;
    return Math.max(LEAST, pace.perMs * calmMs * slowPart * (isOverload ? 1 : AMPLE));
  };
  return {
    mayBegin: (isOverload) => {
      pace.sample(calmMs);
      pace.setOverload(isOverload);
      return inService < limitWhere(isOverload) && pace.isDue();
    },
    begun: () => {
      const begun = { now: now(), idle: idle() };
      // What the loop did without requests, such as starting the process, tells nothing of what it can bear.
      if (inService === 0 && begun.now - emptySince > SAMPLE_MS) pace.restart(begun);
      pace.begun(begun.now);
      inService += 1;
      return { since: begun.now, idle: begun.idle };
    },
    finished: (service, isCalm, isCheap = false) => {
      const ms = now() - service.since;
      inService -= 1;
      if (inService === 0) emptySince = now();
      pace.finished();
      pace.sample(calmMs);
      slowPart += (Number(!isCheap) - slowPart) * LATEST_KIND;
      if (isCheap || (calmMs > 0 && !isCalm)) return;
      calmMs = learn(calmMs, ms, pace.rests && idle() - service.idle > ms * RESTING);
    },
    get paceMs() {
      return pace.perMs === 0 ? 0 : 1 / pace.perMs;
    },
    get calmMs() {
      return calmMs;
    },
  };
}
