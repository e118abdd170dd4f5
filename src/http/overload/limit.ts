import type { LimitClock } from '../../clock.ts';

/**
 * How many requests may be in work while the line stands. It is as many as a busy loop finishes in the time that one
 * request takes without waiting (Little's law). One begins as one is finished, so that requests wait in the line, where
 * they can still be turned away, and not half done.
 *
 * In an overload they also begin at even distances, at a pace at which the loop rests a part of the time. Those that begin
 * together come back together, and then wait for each other. BBR paces packets so, by the rate of the bottleneck.
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
const LEAST = 2;
/** In an overload, this part of the time is for the loop to rest: in a loop that is full, all that is in work waits for long turns. */
const SPARE = 0.15;
/** How much the pace changes with each sample, as a part of what the rest differs from that. */
const STEERING = 0.5;
/** How far the pace is steered from what was seen before the overload, which to refuse takes time as well. */
const FARTHEST = 4;
/** A turn of the loop that was long is made up for by beginning so much sooner, in milliseconds. */
const MADE_UP_MS = 5;
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

/** The pace at which the loop finishes requests, and in an overload the one at which they begin. */
class Pace {
  /** Requests a millisecond; 0: not known yet. */
  perMs = 0;
  /** Whether the loop has rested, so that nothing has to wait. */
  rests = true;
  /** When the next one may begin in an overload. */
  nextAt = 0;
  readonly #clock: LimitClock;
  #since: { readonly now: number; readonly idle: number };
  #finished = 0;
  /** The pace before the overload; undefined: there is none. */
  #before: number | undefined;

  constructor(clock: LimitClock) {
    this.#clock = clock;
    this.#since = { now: clock.now(), idle: clock.idle() };
  }

  get sampledAt(): number {
    return this.#since.now;
  }

  /** What the loop did until now tells nothing of what it can bear. */
  restart(since: { readonly now: number; readonly idle: number }): void {
    this.#since = since;
    this.#finished = 0;
    this.rests = true;
  }

  finished(): void {
    this.#finished += 1;
    this.sample();
  }

  begun(now: number): void {
    if (this.perMs > 0) this.nextAt = Math.max(this.nextAt, now - MADE_UP_MS) + 1 / this.perMs;
  }

  /** To be told whether there is an overload, whenever one may begin. */
  steer(isOverload: boolean): void {
    this.#before = isOverload && this.perMs > 0 ? (this.#before ?? this.perMs) : undefined;
  }

  sample(): void {
    const now = this.#clock.now();
    const elapsed = now - this.#since.now;
    if (elapsed < SAMPLE_MS) return;
    const idle = this.#clock.idle();
    const rested = idle - this.#since.idle;
    this.rests = rested / elapsed > RESTING;
    if (this.#before === undefined) {
      // By the time that the loop was active. By all of it, few in work would make a slow pace.
      const seen = this.#finished / Math.max(1, elapsed - rested);
      if (this.#finished > 0) this.perMs += (seen - this.perMs) * (this.perMs === 0 ? 1 : LATEST);
    } else {
      const steered = this.perMs * (1 + (rested / elapsed - SPARE) * STEERING);
      this.perMs = Math.min(this.#before * FARTHEST, Math.max(this.#before / FARTHEST, steered));
    }
    this.#finished = 0;
    this.#since = { now, idle };
  }
}

export function createLimit(clock: LimitClock): Limit {
  const { now, idle } = clock;
  const pace = new Pace(clock);
  let inService = 0;
  let calmMs = 0;
  /** Since when nothing is in service, while nothing is. */
  let emptySince = -Infinity;
  let warmAt = Infinity;
  /** The part of requests that take calls: in work, the others are for no time. */
  let slowPart = 1;

  const limitWhere = (isOverload: boolean): number => {
    if ((pace.rests && !isOverload) || pace.sampledAt < warmAt) return Infinity;
    return Math.max(LEAST, pace.perMs * calmMs * slowPart * (isOverload ? 1 : AMPLE));
  };
  return {
    mayBegin: (isOverload) => {
      pace.sample();
      pace.steer(isOverload);
      return inService < limitWhere(isOverload) && (!isOverload || now() >= pace.nextAt);
    },
    begun: () => {
      const begun = { now: now(), idle: idle() };
      if (warmAt === Infinity) warmAt = begun.now + WARM_UP_MS;
      // As starting the process does.
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
      slowPart += (Number(!isCheap) - slowPart) * LATEST_KIND;
      if (isCheap || (calmMs > 0 && !isCalm)) return;
      calmMs = learn(calmMs, ms, pace.rests && idle() - service.idle > ms * RESTING);
    },
    get paceMs() {
      return pace.perMs === 0 || pace.sampledAt < warmAt ? 0 : 1 / pace.perMs;
    },
    get calmMs() {
      return calmMs;
    },
  };
}
