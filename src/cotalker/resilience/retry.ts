import { setTimeout as sleep } from 'node:timers/promises';
import { abortError } from '../abort.ts';
import { CotalkerError } from '../errors.ts';
import type { RetryBudget } from './retry-budget.ts';

export interface RetryOptions {
  /** How often a call is made at the most, the first time included. */
  readonly attempts: number;
  /** The longest wait before the first retry in milliseconds; it doubles with each retry, up to `capMs`. */
  readonly baseMs: number;
  readonly capMs: number;
  /** From 0 (included) to 1 (excluded). */
  readonly random: () => number;
}

export const RETRY_DEFAULTS: RetryOptions = {
  attempts: 3,
  baseMs: 200,
  capMs: 2000,
  random: Math.random,
};

/** How long there is for a call, retries included. */
export interface TimeLimit {
  /** Ends the call, and any wait between its attempts. */
  readonly signal: AbortSignal;
  /** When the time is up, as `performance.now()` counts it. */
  readonly deadline: number;
}

/**
 * Resolves to what one of the attempts resolves to.
 *
 * Only a transient failure leads to another attempt, and only where the budget has one left and the
 * wait ends before the deadline; otherwise the failure is thrown at once.
 */
export type Retry = <T>(attempt: () => Promise<T>, limit: TimeLimit) => Promise<T>;

/**
 * @param isFutile Whether another attempt would be refused anyway.
 */
export function createRetry(
  budget: RetryBudget,
  isFutile: () => boolean,
  { attempts, baseMs, capMs, random }: RetryOptions,
): Retry {
  /** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
  const backoff = (retry: number): number => random() * Math.min(capMs, baseMs * 2 ** (retry - 1));
  // What Cotalker asks for is the least; the jitter on top keeps callers from coming back all at once.
  const waitBefore = (retry: number, { retryAfter = 0 }: CotalkerError): number =>
    retryAfter * 1000 + backoff(retry);

  return async (attempt, { signal, deadline }) => {
    for (let retry = 1; ; retry += 1) {
      try {
        const answer = await attempt();
        budget.deposit();
        return answer;
      } catch (error) {
        if (!(error instanceof CotalkerError) || !error.isTransient) throw error;
        if (retry >= attempts || isFutile()) throw error;
        const waitMs = waitBefore(retry, error);
        if (performance.now() + waitMs >= deadline || !budget.withdraw()) throw error;
        await pause(waitMs, signal);
      }
    }
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
  } catch {
    throw abortError(signal);
  }
}
