import { type CacheUse, createCachedCalls } from './cache/cached-calls.ts';
import { compose, type Exchange, type Interceptor } from './exchange.ts';
import { counted, followed, limited, remembered, watched } from './own-calls.ts';
import {
  BREAKER_DEFAULTS,
  type BreakerOptions,
  createBreaker,
  guarded,
  refusedWhileOpen,
} from './resilience/breaker.ts';
import { inSlot } from './resilience/in-slot.ts';
import { retried, RETRY_DEFAULTS, type RetryOptions } from './resilience/retry.ts';
import { createSlots, type SlotLimits, type Slots } from './resilience/slots.ts';
import { createFlights } from './sharing/coalesce.ts';

/** What keeps Cotalker safe from a query. */
export interface SessionLimits extends SlotLimits {
  /** Calls that one request may make in all; retries, which have a budget of their own, not counted. */
  readonly callsPerRequest: number;
}

/** How the gateway bears an upstream that fails; what is left out has its default. */
export interface Resilience {
  readonly retry?: Partial<RetryOptions>;
  readonly breaker?: Partial<BreakerOptions>;
}

export interface PipelineOptions {
  readonly limits: SessionLimits;
  readonly resilience?: Resilience;
  /** Where answers are kept, and looked up; undefined: nowhere. */
  readonly cache?: CacheUse | undefined;
  /** See each GET that goes out, retries included: they count, time and trace. */
  readonly observers?: readonly Interceptor[];
}

/** What a call passes on its way to Cotalker, for all requests of the process. */
export interface Pipeline {
  readonly exchange: Exchange;
  /** Whether Cotalker can be asked: false while calls are refused, since too many have failed. */
  isAvailable(): boolean;
  /** A request is over: calls that were expected of it take no room any more. */
  readonly leave: Slots['leave'];
}

/** The interceptors, in the order in which a call meets them: read it from top to bottom. */
export function createPipeline(
  wire: Exchange,
  { limits, resilience = {}, cache, observers = [] }: PipelineOptions,
): Pipeline {
  const breaker = createBreaker({ ...BREAKER_DEFAULTS, ...resilience.breaker });
  const slots = createSlots(limits);
  const flights = createFlights();
  const cached = cache && createCachedCalls(cache);

  const exchange = compose(
    [
      // Who can answer without a call? No limit counts these, no slot is taken, and an open breaker stops none.
      remembered,
      watched,
      ...(cached ? [cached.find] : []),
      flights.join,

      // May the request make a call of its own?
      refusedWhileOpen(breaker),
      limited(limits.callsPerRequest),

      // From here on it is made, and others may share it. What comes of it is kept once, for all who do.
      followed,
      flights.open,
      ...(cached ? [cached.keep] : []),

      // What is below is done for each attempt. Between two attempts the call holds nothing. What else it may have to
      // wait for stands ahead of the slot, so that it holds none while it waits.
      retried(breaker.isOpen, { ...RETRY_DEFAULTS, ...resilience.retry }),
      inSlot(slots),
      guarded(breaker),

      // The GET goes out.
      counted,
      ...observers,
    ],
    wire,
  );
  return {
    exchange,
    isAvailable: () => !breaker.isOpen(),
    leave: slots.leave,
  };
}
