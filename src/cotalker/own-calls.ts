import { CotalkerError } from './errors.ts';
import type { Interceptor, RequestContext, WaitForSlot } from './exchange.ts';

/* What is between a GraphQL request and its own calls; the rest of the pipeline is between calls and Cotalker. */

/** A GET is made once a request, while it is in flight and later; a failure is not asked for again either. */
export const reused: Interceptor = (next) => (call, context) => {
  const { request, path } = context;
  const known = call.again ? undefined : request.answers.get(path);
  const isTooOld = call.fresh === true && request.fromCache.has(path);
  if (known !== undefined && !isTooOld) return request.trace.follow(call, 'reused', known, context);
  const answer = next(call, context);
  request.answers.set(path, answer);
  return answer;
};

/** Tells who waits for the end of all calls; see `createIdleWatch`. */
export const watched: Interceptor = (next) => (call, context) =>
  context.request.idle.watch(next(call, context));

/** @param callsPerRequest How many calls a request may make; the first are made, the rest fail. */
export const limited =
  (callsPerRequest: number): Interceptor =>
  (next) =>
  (call, context) => {
    const { made } = context.request;
    if (made.count >= callsPerRequest)
      return Promise.reject(
        new CotalkerError('UPSTREAM_BUDGET_EXCEEDED', 'the request has made all its calls'),
      );
    made.count += 1;
    return next(call, context);
  };

/** Shows the call in the request's trace, as one that it made. */
export const followed: Interceptor = (next) => (call, context) =>
  context.request.trace.follow(call, 'made', next(call, context), context);

/** Notes how often the GET goes out, and when: for the trace, and for the quota. */
export const counted: Interceptor = (next) => (call, context) => {
  const { sent } = context;
  sent.count += 1;
  sent.at = performance.now();
  sent.wallClockAt = Date.now();
  sent.rateLimit = undefined;
  return next(call, context);
};

/** The turn of a call that nobody else shares. */
export const whenOwnTurn =
  (request: RequestContext): WaitForSlot =>
  (take, go, fail) =>
    void take(request).then(go, fail);
