import { isTimeUp, CotalkerError } from '../errors.ts';
import type { Interceptor } from '../exchange.ts';
import { createRollingCount } from './rolling-count.ts';

/*
 * We wrote it because the libraries know no call without an outcome. cockatiel 4.0.0 closes the circuit when the
 * probe's caller leaves, and makes all other callers wait for the probe. opossum 10.0.0 counts a filtered error as
 * a success, even for the probe.
 */

export interface BreakerOptions {
  /** How far back calls are counted, in milliseconds. */
  readonly windowMs: number;
  /** How many calls it takes to judge at all. */
  readonly minCalls: number;
  /** The part of them that has to fail. */
  readonly failureRate: number;
  /** How long calls are refused before one is let through as a probe, in milliseconds. */
  readonly openMs: number;
  /** Milliseconds on a clock that never goes back. */
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

/** Keeps calls from an upstream that fails, so that it can recover and callers need not wait for it. */
export interface Breaker {
  /** Whether a call would be refused now: the breaker is open, and its probe is not due or under way. */
  isOpen(): boolean;
  /**
   * Makes the call and judges by its outcome.
   *
   * @param signal What the call ends by.
   * @throws CotalkerError `UPSTREAM_UNAVAILABLE` without the call where the breaker is open.
   */
  run<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T>;
}

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

export function createBreaker({
  windowMs,
  minCalls,
  failureRate,
  openMs,
  now,
  onChange,
}: BreakerOptions): Breaker {
  const recent = createRollingCount(windowMs, now);
  let openedAt: number | undefined;
  let isProbing = false;
  /** How often it has opened. */
  let era = 0;

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
    const { total, failures } = recent.read();
    if (outcome === 'failure' && total >= minCalls && failures >= total * failureRate) open();
  };
  const judgeProbe = (outcome: Outcome): void => {
    isProbing = false;
    if (outcome === 'failure') open();
    if (outcome === 'success') close();
  };

  return {
    isOpen,
    run: (signal, call) => {
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
 * Whoever answers is alive: a 401 or an unreadable body is no reason to keep other callers away. It is
 * ill where it answers 5xx, not by the deadline, not to the end or not at all. What it would have answered to a caller
 * who went away, nobody knows. A 429 tells nothing either: it may come from a proxy in front of Cotalker. One company's
 * spent quota is no reason to keep other companies away.
 */
function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted && !isTimeUp(signal)) return 'none';
  const status = error instanceof CotalkerError ? error.status : undefined;
  if (status === 429) return 'none';
  return status !== undefined && status < 500 ? 'success' : 'failure';
}
