/**
 * How many requests may be in work while the line stands. It is as many as finish in the time that one request
 * takes without waiting (Little's law), and a little more. One begins as one is finished, so that requests wait in
 * the line, where they can still be turned away, and not half done.
 */
export interface Limit {
  /** Whether one more may begin. `stands`: whether the line does; where it does not, about twice as many may. */
  mayBegin(stands: boolean): boolean;
  begun(): void;
  /** @param serviceMs Since it was begun. `isCalm`: nothing waits. */
  finished(serviceMs: number, isCalm: boolean): void;
  /** How long the line takes for one request, in milliseconds, at the pace that is seen; 0: not known yet. */
  readonly paceMs: number;
  /** What serving takes where nothing waits, in milliseconds. */
  readonly calmMs: number;
}

/** Both in milliseconds. */
export interface LimitClock {
  readonly now: () => number;
  /** For how long the event loop had nothing to do. */
  readonly idle: () => number;
}

const SAMPLE_MS = 250;
/** The weight of the latest sample in the pace. */
const LATEST = 0.3;
/** The weight of a request in what serving takes: one that was served sooner tells more than one that was held up. */
const SOONER = 0.05;
const LATER = 0.005;
/** More than that is begun than is needed; where the line does not stand, more, since what comes varies. */
const ROOM = 1.1;
const AMPLE = 2;
const LEAST = 2;
/** A loop that rests for more than this part is not overloaded; while requests wait, the limit is too low. */
const RESTING = 0.2;

export function createLimit({ now, idle }: LimitClock): Limit {
  let sampled = { now: now(), idle: idle() };
  let finished = 0;
  let inService = 0;
  let perMs = 0;
  let calmMs = 0;
  let limit = Infinity;
  let rests = true;

  const sample = (stands: boolean): void => {
    const current = { now: now(), idle: idle() };
    const elapsed = current.now - sampled.now;
    if (elapsed < SAMPLE_MS) return;
    const pace = finished / elapsed;
    const restingPart = (current.idle - sampled.idle) / elapsed;
    rests = restingPart > RESTING;
    // A loop that rests could have finished more.
    if (!rests || pace > perMs) perMs += (pace - perMs) * (perMs === 0 ? 1 : LATEST);
    const needed = Math.max(LEAST, perMs * calmMs * (stands ? ROOM : AMPLE));
    if (!rests) limit = needed;
    else limit = stands ? Math.max(needed, inService * (1 + restingPart)) : Infinity;
    finished = 0;
    sampled = current;
  };
  return {
    mayBegin: (stands) => {
      sample(stands);
      return inService < limit;
    },
    begun: () => {
      inService += 1;
    },
    finished: (ms, isCalm) => {
      inService -= 1;
      finished += 1;
      if (calmMs === 0) calmMs = ms;
      else if (isCalm && rests) calmMs += (ms - calmMs) * (ms < calmMs ? SOONER : LATER);
    },
    get paceMs() {
      return perMs === 0 ? 0 : 1 / perMs;
    },
    get calmMs() {
      return calmMs;
    },
  };
}
