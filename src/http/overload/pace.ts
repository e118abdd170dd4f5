import type { LimitClock } from '../../clock.ts';

/** In milliseconds. */
export const SAMPLE_MS = 250;
/** For so long from the first request on, code is compiled: what the loop can bear shows later. */
const WARM_UP_MS = 2000;
/** The weight of the latest sample in the pace. */
const LATEST = 0.3;
/** A loop that rests for more than this part is not overloaded. */
const RESTING = 0.2;
/** In an overload, this part of the time is for the loop to rest: in a loop that is full, all that is in work waits for long turns. */
const SPARE = 0.2;
/** With each sample, the pace changes by this part of the difference between the rest and `SPARE`. */
const STEERING = 0.5;
/** The slowest pace of an overload, as a part of the one before it: refusals may not take all of the loop's time. */
const SLOWEST = 0.5;
/** After a long turn of the loop, requests begin sooner, by so many milliseconds at most. */
const MADE_UP_MS = 5;

/** A reading of both clocks, in milliseconds. */
interface Reading {
  readonly now: number;
  readonly idle: number;
}

/**
 * How many requests the loop finishes in a millisecond in which it works. In an overload it is set, not seen: requests begin at even distances,
 * at a pace at which the loop rests for a part of the time. Those that begin together come back together, and then wait for
 * each other. BBR paces packets so, by the rate of the bottleneck.
 */
export class Pace {
  readonly #clock: LimitClock;
  #since: Reading;
  #finished = 0;
  /** Whether the loop had nothing to do before this sample. */
  #isFirst = true;
  #warmAt = Infinity;
  #isWarm = false;
  #perMs = 0;
  #rests = true;
  /** What it was before the overload; undefined: there is none. */
  #before: number | undefined;
  /** When the next one may begin in an overload. */
  #nextAt = 0;
  /** Whether that has kept anyone waiting since the last sample. */
  #isHeldBack = false;

  constructor(clock: LimitClock) {
    this.#clock = clock;
    this.#since = { now: clock.now(), idle: clock.idle() };
  }

  /** Requests a millisecond; 0: not known yet. */
  get perMs(): number {
    return this.#perMs;
  }

  /** Whether the loop rested for more than a fifth of the last sample. */
  get rests(): boolean {
    return this.#rests;
  }

  /** Whether a sample has ended since code is compiled. Those before do not count: the first request alone makes a pace of seconds. */
  get isWarm(): boolean {
    return this.#isWarm;
  }

  /** What the loop did before does not count. */
  restart(reading: Reading): void {
    this.#rests = true;
    this.#beginSample(reading);
    this.#isFirst = true;
  }

  #beginSample(reading: Reading): void {
    this.#since = reading;
    this.#finished = 0;
    this.#isHeldBack = false;
  }

  begun(now: number): void {
    if (this.#warmAt === Infinity) this.#warmAt = now + WARM_UP_MS;
    // What begins without an overload is not counted against it later: the pace may not be known by then.
    if (this.#before === undefined) return;
    this.#nextAt = Math.max(this.#nextAt, now - MADE_UP_MS) + 1 / this.#perMs;
  }

  finished(): void {
    this.#finished += 1;
  }

  /** Whether the next one may begin, by this alone. */
  isDue(): boolean {
    if (this.#before === undefined || this.#clock.now() >= this.#nextAt) return true;
    this.#isHeldBack = true;
    return false;
  }

  /** To be told before one begins whether there is an overload. */
  setOverload(isOverload: boolean): void {
    const isPaced = isOverload && this.#perMs > 0;
    if (isPaced === (this.#before !== undefined)) return;
    this.#before = isPaced ? this.#perMs : undefined;
    this.#beginSample({ now: this.#clock.now(), idle: this.#clock.idle() });
  }

  /** @param serviceMs What serving takes: so long it takes until a change of the pace shows. */
  sample(serviceMs: number): void {
    const now = this.#clock.now();
    const elapsed = now - this.#since.now;
    if (elapsed < SAMPLE_MS) return;
    const idle = this.#clock.idle();
    const rest = (idle - this.#since.idle) / elapsed;
    this.#rests = rest > RESTING;
    if (this.#before === undefined) this.#learn(now, elapsed * (1 - rest));
    else this.#steer(this.#before, rest - SPARE, serviceMs);
    this.#beginSample({ now, idle });
  }

  /** By the time that the loop was active. By all of it, few in work would make a slow pace. */
  #learn(now: number, activeMs: number): void {
    // Where a burst begins, it is read and begun, and few requests have ended yet.
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (isFirst || now < this.#warmAt) return;
    this.#isWarm = true;
    if (this.#finished === 0) return;
    const seen = this.#finished / Math.max(1, activeMs);
    this.#perMs += (seen - this.#perMs) * (this.#perMs === 0 ? 1 : LATEST);
  }

  #steer(before: number, surplus: number, serviceMs: number): void {
    // A loop that rests since few come needs no faster pace.
    if (surplus > 0 && !this.#isHeldBack) return;
    const gain = (STEERING * SAMPLE_MS) / Math.max(SAMPLE_MS, serviceMs);
    // It rises twice as fast as it falls, at most: the loop also rests while a trial refuses nobody.
    const step = Math.min(surplus, 2 * SPARE) * gain;
    this.#perMs = Math.max(before * SLOWEST, this.#perMs * (1 + step));
  }
}
