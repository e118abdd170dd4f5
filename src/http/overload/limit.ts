import type { LimitClock } from '../../clock.ts';

/**
 * How many requests may be in work while the line stands. It is as many as a busy loop finishes in the time that one
 * request takes without waiting (Little's law). One begins as one is finished, so that requests wait in the line, where
 * they can still be turned away, and not half done.
 */
export interface Limit {
  /** Whether one more may begin. `stands`: whether the line does; where it does not, about twice as many may. */
  mayBegin(stands: boolean): boolean;
  begun(): Service;
  /**
   * @param isCalm Whether nothing waits.
   * @param isCheap Whether it has taken no call, as a page: what serving takes does not show in it.
   */
  finished(service: Service, isCalm: boolean, isCheap?: boolean): void;
  /** How long the line takes for one request, in milliseconds, at the pace that is seen. 0: not known yet, as while code is compiled. */
  readonly paceMs: number;
  /** What serving takes where nothing waits, in milliseconds. */
  readonly calmMs: number;
}

/** When a request was begun, by both clocks. */
export interface Service {
  readonly since: number;
  readonly idle: number;
}

const SAMPLE_MS = 250;
/** The weight of the latest sample in the pace. */
const LATEST = 0.3;
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
/** So many times as many are begun in an overload. In a loop that is full, each turn is long, and all that is in work waits for it. */
const SPARING = 0.85;
const LEAST = 2;
/** For so long from the first request on, code is compiled: what the loop can bear shows later. */
const WARM_UP_MS = 2000;
/** A loop that rests for more than this part is not overloaded; while requests wait, the limit is too low. */
const RESTING = 0.2;

/** What serving takes by all that is known, once a request has taken so long. */
function learn(calmMs: number, ms: number, hasRested: boolean): number {
  if (calmMs === 0) return ms;
  // Also where the loop is busy: else the first request, before all is compiled, would count for as long as it is.
  if (ms < calmMs) return calmMs + (ms - calmMs) * SOONER;
  return hasRested ? calmMs + (ms - calmMs) * LATER : calmMs;
}

export function createLimit({ now, idle }: LimitClock): Limit {
  let sampled = { now: now(), idle: idle() };
  let [finished, inService] = [0, 0];
  let [perMs, calmMs] = [0, 0];
  let rests = true;
  /** Since when nothing is in service, while nothing is. */
  let emptySince = -Infinity;
  /** What a loop that rests can bear beyond what is in service. */
  let bearable = Infinity;
  let warmAt = Infinity;
  /** The part of requests that take calls: in work, the others are for no time. */
  let slowPart = 1;

  const sample = (): void => {
    const at = now();
    const elapsed = at - sampled.now;
    if (elapsed < SAMPLE_MS) return;
    const current = { now: at, idle: idle() };
    const rested = current.idle - sampled.idle;
    rests = rested / elapsed > RESTING;
    bearable = rests ? inService * (1 + rested / elapsed) : 0;
    // By the time that the loop was active. By all of it, few in work would make a slow pace, and that would let fewer begin.
    const pace = finished / Math.max(1, elapsed - rested);
    if (finished > 0) perMs += (pace - perMs) * (perMs === 0 ? 1 : LATEST);
    finished = 0;
    sampled = current;
  };
  const limitWhere = (stands: boolean): number => {
    if ((rests && !stands) || sampled.now < warmAt) return Infinity;
    return Math.max(LEAST, perMs * calmMs * slowPart * (stands ? SPARING : AMPLE), bearable);
  };
  return {
    mayBegin: (stands) => {
      sample();
      return inService < limitWhere(stands);
    },
    begun: () => {
      const begun = { now: now(), idle: idle() };
      if (warmAt === Infinity) warmAt = begun.now + WARM_UP_MS;
      if (inService === 0 && begun.now - emptySince > SAMPLE_MS) {
        // What the loop did without requests, such as starting the process, tells nothing of what it can bear.
        sampled = begun;
        finished = 0;
        rests = true;
      }
      inService += 1;
      return { since: begun.now, idle: begun.idle };
    },
    finished: (service, isCalm, isCheap = false) => {
      const ms = now() - service.since;
      inService -= 1;
      if (inService === 0) emptySince = now();
      finished += 1;
      sample();
      slowPart += (Number(!isCheap) - slowPart) * LATEST_KIND;
      if (isCheap || (calmMs > 0 && !isCalm)) return;
      calmMs = learn(calmMs, ms, rests && idle() - service.idle > ms * RESTING);
    },
    get paceMs() {
      return perMs === 0 || sampled.now < warmAt ? 0 : 1 / perMs;
    },
    get calmMs() {
      return calmMs;
    },
  };
}
