import type { CacheUse } from './cache/cached-calls.ts';
import type { Interceptor } from './exchange.ts';
import type { QuotaLimits } from './quota/in-quota.ts';
import type { QuotaObserver } from './quota/quota-observer.ts';
import type { BreakerOptions } from './resilience/breaker.ts';
import type { RetryOptions } from './resilience/retry.ts';
import type { SlotLimits } from './resilience/slots.ts';

/** What keeps Cotalker safe from a query. */
export interface SessionLimits extends SlotLimits {
  /** Calls that one request may make in all; retries, which have a budget of their own, not counted. */
  readonly callsPerRequest: number;
  /** How many calls a company may make in a window of time; undefined: calls are not paced. */
  readonly quota?: QuotaLimits | undefined;
  /** How many of these may be writes, whatever the quota leaves. */
  readonly writes?: QuotaLimits | undefined;
}

/** How the gateway bears an upstream that fails; what is left out has its default. */
export interface Resilience {
  readonly retry?: Partial<RetryOptions>;
  readonly breaker?: Partial<BreakerOptions>;
}

export interface PipelineOptions {
  readonly limits: SessionLimits;
  readonly resilience?: Resilience;
  /** Whether answers of Cotalker wait for the processor. Default: they never do. */
  readonly isBehind?: (() => boolean) | undefined;
  readonly cache?: CacheUse | undefined;
  readonly quotaObserver?: QuotaObserver;
  /** See each call that goes out, retries included: they count, time and trace. */
  readonly observers?: readonly Interceptor[];
}
