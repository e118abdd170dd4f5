import { setTimeout as sleep } from 'node:timers/promises';
import { abortError } from '../abort.ts';
import { CotalkerError } from '../errors.ts';
import type { CallContext, Exchange, Interceptor } from '../exchange.ts';
import { createRetryBudget } from './retry-budget.ts';

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

/**
 * Resolves to what one of the attempts resolves to.
 *
 * Only a transient failure leads to another attempt, and only where the budget has one left and the
 * wait ends before the deadline; otherwise the failure is thrown at once.
 *
 * @param isFutile Whether another attempt would be refused anyway.
 */
export function retried(
  isFutile: () => boolean,
  { attempts, baseMs, capMs, random }: RetryOptions,
): Interceptor {
  const budget = createRetryBudget();
  /** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
  const backoff = (retry: number): number => random() * Math.min(capMs, baseMs * 2 ** (retry - 1));
  // What Cotalker asks for is the least; the jitter on top keeps callers from coming back all at once.
  const waitBefore = (retry: number, { retryAfter = 0 }: CotalkerError): number =>
    retryAfter * 1000 + backoff(retry);
  /** How long to wait after this failure, in milliseconds; undefined where there is no further attempt. */
  const waitAfter = (error: unknown, { attempt, request }: CallContext): number | undefined => {
    if (!(error instanceof CotalkerError) || !error.isTransient) return undefined;
    if (attempt >= attempts || isFutile()) return undefined;
    const waitMs = waitBefore(attempt, error);
    const isInTime = performance.now() + waitMs < request.owner.deadline;
    return isInTime && budget.withdraw() ? waitMs : undefined;
  };

  return (next) => {
    const exchange: Exchange = (call, context) =>
      next(call, context).then(
        (answer) => {
          budget.deposit();
          return answer;
        },
        (error: unknown) => {
          const waitMs = waitAfter(error, context);
          if (waitMs === undefined) throw error;
          return pause(waitMs, context.signal).then(() =>
            exchange(call, { ...context, attempt: context.attempt + 1 }),
          );
        },
      );
    return exchange;
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
  } catch {
    throw abortError(signal);
  }
}
