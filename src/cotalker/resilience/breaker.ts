import { CotalkerError, isTimeUp, OVERTAKEN } from '../errors.ts';
import type { Interceptor } from '../exchange.ts';

/*
 * We wrote it because the libraries know no call without an outcome. cockatiel 4.0.0 closes the circuit when the
 * probe's caller leaves, and makes all other callers wait for the probe. opossum 10.0.0 counts a filtered error as
 * a success, even for the probe.
 */

export interface BreakerOptions {
  readonly windowMs: number;
  readonly minCalls: number;
  readonly failureRate: number;
  /** How long calls are refused before one is let through as a probe, in milliseconds. */
  readonly openMs: number;
  readonly now: () => number;
  /** Called when calls begin to be refused, and when they are made again. */
  readonly onChange: (state: 'open' | 'closed') => void;
}

export const BREAKER_DEFAULTS: BreakerOptions = {
  windowMs: 10_000,
  minCalls: 20,
  failureRate: 0.5,
  openMs: 5000,
  now: () => performance.now(),
  onChange: () => undefined,
};

export type Breaker = ReturnType<typeof createBreaker>;

const circuitOpen = (): CotalkerError =>
  new CotalkerError('UPSTREAM_UNAVAILABLE', 'the circuit breaker is open');

/** Refuses a call at once, before it waits for anything. */
export const refusedWhileOpen =
  ({ isOpen }: Breaker): Interceptor =>
  (next) =>
  (call, context) =>
    isOpen() ? Promise.reject(circuitOpen()) : next(call, context);

/** Has the breaker judge by each attempt. */
export const guarded =
  ({ run }: Breaker): Interceptor =>
  (next) =>
  (call, context) =>
    run(context.signal, () => next(call, context));

type Outcome = 'success' | 'failure' | 'none';

/** Keeps calls from an upstream that fails, so that it can recover and callers need not wait for it. */
export function createBreaker({
  windowMs,
  minCalls,
  failureRate,
  openMs,
  now,
  onChange,
}: BreakerOptions) {
  const recent = new RollingCount(windowMs, now);
  let openedAt: number | undefined;
  let isProbing = false;
  let era = 0;

  /** Whether a call would be refused now: the breaker is open, and its probe is not due or under way. */
  const isOpen = (): boolean => openedAt !== undefined && (isProbing || now() < openedAt + openMs);
  const open = (): void => {
    if (openedAt === undefined) onChange('open');
    openedAt = now();
    era += 1;
    recent.clear();
  };
  const close = (): void => {
    openedAt = undefined;
    onChange('closed');
  };
  /** A call that began before the breaker opened says nothing about the time since. */
  const judge = (outcome: Outcome, began: number): void => {
    if (outcome === 'none' || began !== era) return;
    recent.add(outcome === 'failure');
    if (outcome !== 'failure') return;
    const { total, failures } = recent.read();
    if (total >= minCalls && failures >= total * failureRate) open();
  };
  const judgeProbe = (outcome: Outcome): void => {
    isProbing = false;
    if (outcome === 'failure') open();
    if (outcome === 'success') close();
  };

  return {
    isOpen,
    /**
     * Makes the call and judges by its outcome.
     *
     * @param signal What the call ends by.
     * @throws CotalkerError `UPSTREAM_UNAVAILABLE` without the call where the breaker is open.
     */
    run: <T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> => {
      if (isOpen()) return Promise.reject(circuitOpen());
      isProbing = openedAt !== undefined;
      const began = era;
      const conclude = isProbing ? judgeProbe : (outcome: Outcome) => judge(outcome, began);
      return call().then(
        (answer) => {
          conclude('success');
          return answer;
        },
        (error: unknown) => {
          conclude(outcomeOf(error, signal));
          throw error;
        },
      );
    },
  };
}

/**
 * Whoever answers is alive: a 401 or an unreadable body is no reason to keep other callers away. Cotalker is ill if it
 * answers 5xx, too late, not to the end, or not at all. What it would have answered to a caller who went away, or to an
 * attempt that another has overtaken, nobody knows. A 429 tells nothing either: it may come from a proxy in front of
 * Cotalker. One company's spent quota is no reason to keep other companies away.
 */
function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  if (error === OVERTAKEN || (signal.aborted && !isTimeUp(signal))) return 'none';
  const status = error instanceof CotalkerError ? error.status : undefined;
  if (status === 429) return 'none';
  return status !== undefined && status < 500 ? 'success' : 'failure';
}

interface Slice {
  readonly number: number;
  total: number;
  failures: number;
}

const SLICES = 10;

/**
 * Counts successes and failures of the last while, in the same memory however many calls there are. Time is cut into
 * slices, and the oldest slice is left out as a whole.
 */
class RollingCount {
  readonly #sliceMs: number;
  readonly #now: () => number;
  #slices: Slice[] = [];

  constructor(windowMs: number, now: () => number) {
    this.#sliceMs = windowMs / SLICES;
    this.#now = now;
  }

  add(isFailure: boolean): void {
    const number = this.#dropOld();
    let slice = this.#slices.at(-1);
    if (slice?.number !== number) {
      slice = { number, total: 0, failures: 0 };
      this.#slices.push(slice);
    }
    slice.total += 1;
    if (isFailure) slice.failures += 1;
  }

  /** As of the last one that was added. */
  read(): { readonly total: number; readonly failures: number } {
    const sum = (of: 'total' | 'failures'): number =>
      this.#slices.reduce((count, slice) => count + slice[of], 0);
    return { total: sum('total'), failures: sum('failures') };
  }

  clear(): void {
    this.#slices = [];
  }

  /** @returns The number of the present slice. */
  #dropOld(): number {
    const present = Math.floor(this.#now() / this.#sliceMs);
    if ((this.#slices[0]?.number ?? present) <= present - SLICES)
      this.#slices = this.#slices.filter(({ number }) => number > present - SLICES);
    return present;
  }
}
