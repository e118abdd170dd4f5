import { CotalkerError } from '../errors.ts';
import type { Interceptor } from '../exchange.ts';

/** Told of what the quota keeps back. */
export interface QuotaObserver {
  /**
   * A request was refused before its first call: its turn would come too late, or it needs more than the quota has in its
   * time. Or a call was refused by Cotalker (429).
   */
  refused(cause: RefusalCause): void;
  /** A call has waited for so many milliseconds. */
  waited(ms: number): void;
}

export const UNTOLD: QuotaObserver = { refused: () => undefined, waited: () => undefined };

/** Where calls are not paced, what Cotalker refuses is told all the same. */
export const tellsRefusals =
  (observer: QuotaObserver): Interceptor =>
  (next) =>
  (call, context) =>
    next(call, context).catch((error: unknown) => {
      if (error instanceof CotalkerError && error.status === 429) observer.refused('cotalker');
      throw error;
    });

export const observeAllOfQuota = (observers: readonly QuotaObserver[]): QuotaObserver => ({
  refused: (cause) => {
    for (const observer of observers) observer.refused(cause);
  },
  waited: (ms) => {
    for (const observer of observers) observer.waited(ms);
  },
});

export const REFUSAL_CAUSES = ['too_late', 'too_large', 'cotalker'] as const;
export type RefusalCause = (typeof REFUSAL_CAUSES)[number];

/** How much of their quotas companies use. */
export interface QuotaLoad {
  /** The part of its quota that the busiest company uses, from 0 to 1. */
  readonly busiest: number;
  /** Of how many companies instances do not share it, though they should. */
  readonly unshared: number;
}
