import { createCachedCalls } from './cache/cached-calls.ts';
import { type Memory, NO_MEMORY } from './cache/memory.ts';
import type { Caller } from './call.ts';
import type { Exchange, Interceptor, RequestContext } from './exchange.ts';
import { createQuotas } from './quota/in-quota.ts';
import { tellsRefusals, UNTOLD } from './quota/quota-observer.ts';
import type { PipelineOptions } from './options.ts';
import {
  BREAKER_DEFAULTS,
  createBreaker,
  guarded,
  refusedWhileOpen,
} from './resilience/breaker.ts';
import { createExpectedCalls, NOTHING_EXPECTED } from './resilience/expected-calls.ts';
import { inSlot } from './resilience/in-line.ts';
import { retried, RETRY_DEFAULTS } from './resilience/retry.ts';
import type { CallLine } from './resilience/call-line.ts';
import type { LineOwner } from './resilience/terms.ts';
import { createSlots } from './resilience/slots.ts';
import { createFlights, type Flights } from './sharing/coalesce.ts';
import { inTime, sentOnce, thenForgotten, toItsEnd } from './resilience/write.ts';
import { CotalkerError } from './errors.ts';

export { whenOwnTurn } from './resilience/in-line.ts';
export type Pipeline = ReturnType<typeof createPipeline>;

/** The exchange with these interceptors around it; a call meets the first one first. */
export const compose = (interceptors: readonly Interceptor[], exchange: Exchange): Exchange =>
  interceptors.reduceRight((next, interceptor) => interceptor(next), exchange);

/**
 * What a call passes on its way to Cotalker, for all requests of the process: the interceptors, in the order in which
 * a call meets them. Read it from top to bottom.
 */
export function createPipeline(
  wire: Exchange,
  {
    limits,
    resilience = {},
    isBehind,
    cache,
    quotaObserver = UNTOLD,
    observers = [],
  }: PipelineOptions,
) {
  const breaker = createBreaker({ ...BREAKER_DEFAULTS, ...resilience.breaker });
  const expected = createExpectedCalls();
  const slots = createSlots({ ...limits, isBehind }, expected);
  const quotas = limits.quota && createQuotas(limits.quota, expected, quotaObserver);
  const ofWritesAlone = limits.writes && { tokens: quotas?.tokens, ...limits.writes };
  const writes = ofWritesAlone && createQuotas(ofWritesAlone, NOTHING_EXPECTED, quotaObserver);
  const pace = quotas?.pace ?? tellsRefusals(quotaObserver);
  const retries = { ...RETRY_DEFAULTS, ...resilience.retry, isPaced: quotas !== undefined };
  const flights = createFlights();
  const cached = cache && createCachedCalls(cache, quotas?.isAtLimit ?? (() => false));

  const exchange = compose(
    [
      // Who can answer without a call? No limit counts these, no slot is taken, and an open breaker stops none.
      reused,
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
      retried(breaker.isOpen, retries),
      pace,
      inSlot(slots.line),
      guarded(breaker),

      // The GET goes out.
      counted,
      ...observers,
    ],
    wire,
  );
  const forget = forgetBy(flights, cached);
  const paces = writes ? [writes.pace, pace] : [pace];
  const ofWrites = { ...limits, forget, breaker, paces, line: slots.line, observers };
  return {
    exchange,
    write: compose(interceptorsOfWrites(ofWrites), wire),
    /** @throws CotalkerError where a write of the request would come too late by the quota of writes. */
    checkWrite: (request: RequestContext): void => writes?.check(request),
    /** Whether Cotalker can be asked: false while calls are refused, since too many have failed. */
    isAvailable: (): boolean => !breaker.isOpen(),
    /** What is remembered for the caller of a request, beside answers to its calls. */
    memoryOf: (request: RequestContext): Memory => cached?.memoryOf(request) ?? NO_MEMORY,
    forgetLists: (caller: Caller): void => cached?.forget(caller, 'menu'),
    /** A request is over: calls that were expected of it take no room any more. */
    leave: (owner: LineOwner): void => {
      writes?.leave(owner);
      slots.leave(owner, quotas?.leave(owner) ?? false);
    },
    /** Undefined where calls are not paced. */
    quotas,
  };
}

interface PartsOfWrites {
  readonly forget: Parameters<typeof thenForgotten>[0];
  readonly breaker: ReturnType<typeof createBreaker>;
  readonly callsPerRequest: number;
  readonly paces: readonly Interceptor[];
  readonly line: CallLine;
  readonly observers: readonly Interceptor[];
}

/** What a write passes. Nothing answers it but Cotalker, nobody shares it, and it is not made again. */
const interceptorsOfWrites = (parts: PartsOfWrites): readonly Interceptor[] => [
  sentOnce,
  thenForgotten(parts.forget),
  watched,
  refusedWhileOpen(parts.breaker),
  limited(parts.callsPerRequest),
  followed,
  ...parts.paces,
  inSlot(parts.line),
  inTime,
  guarded(parts.breaker),
  toItsEnd,
  counted,
  ...parts.observers,
];

/** What was known of a caller before a write may not hold any more. */
const forgetBy =
  (flights: Flights, cached: ReturnType<typeof createCachedCalls> | undefined) =>
  (request: RequestContext, what: 'other' | 'all'): void => {
    request.answers.clear();
    flights.forget(request);
    cached?.forget(request.caller, what, request);
  };

/* What is between a GraphQL request and its own calls; the rest of the pipeline is between calls and Cotalker. */

/** A GET is made once a request, while it is in flight and later; a failure is not asked for again either. */
const reused: Interceptor = (next) => (call, context) => {
  const { request, path } = context;
  const known = call.again ? undefined : request.answers.get(path);
  const isTooOld = call.fresh === true && request.fromCache.has(path);
  if (known !== undefined && !isTooOld) return request.trace.follow(call, 'reused', known, context);
  const answer = next(call, context);
  request.answers.set(path, answer);
  return answer;
};

const watched: Interceptor = (next) => (call, context) =>
  context.request.idle.watch(next(call, context));

/** @param allowed How many calls a request may make; the first are made, the rest fail. */
const limited =
  (allowed: number): Interceptor =>
  (next) =>
  (call, context) => {
    const { made } = context.request;
    if (made.count >= allowed)
      return Promise.reject(
        new CotalkerError('UPSTREAM_BUDGET_EXCEEDED', 'it has none left', { calls: { allowed } }),
      );
    made.count += 1;
    return next(call, context);
  };

const followed: Interceptor = (next) => (call, context) =>
  context.request.trace.follow(call, 'made', next(call, context), context);

/** Notes how often the GET goes out, and when: for the trace, and for the quota. */
const counted: Interceptor = (next) => (call, context) => {
  const { sent, beside } = context;
  sent.count += 1;
  if (beside !== undefined) beside.count += 1;
  sent.at = performance.now();
  sent.wallClockAt = Date.now();
  sent.rateLimit = undefined;
  return next(call, context);
};
