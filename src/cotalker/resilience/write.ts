import { abortError, CotalkerError } from '../errors.ts';
import type { Interceptor, RequestContext } from '../exchange.ts';
import type { LineOwner } from './terms.ts';

/*
 * What a write passes on its way, and a GET does not; see docs/decisions/0020-a-write-is-sent-once.md.
 */

/**
 * Tells a write that may have happened from one that has not. It has not where nothing of it has gone out, or where
 * Cotalker refuses it with a 4xx. A 3xx or 5xx may come after the deed; a 408 or 5xx, too, from a proxy that waits no
 * longer.
 */
export const sentOnce: Interceptor = (next) => (call, context) =>
  next(call, context).catch((error: unknown) => {
    if (context.sent.isOut !== true || !(error instanceof CotalkerError)) throw error;
    const { status = 0, nodeCode, message } = error;
    if (status >= 400 && status < 500 && status !== 408) throw error;
    throw new CotalkerError('OUTCOME_UNKNOWN', message, { status: error.status, nodeCode });
  });

/** @param forget Told once a write may have changed what the caller has been told before, or is not the caller's to make. */
export const thenForgotten =
  (forget: (request: RequestContext, what: 'other' | 'all') => void): Interceptor =>
  (next) =>
  (call, context) =>
    next(call, context).then(
      (answer) => {
        forget(context.request, 'other');
        return answer;
      },
      (error: unknown) => {
        const isUnknown = error instanceof CotalkerError && error.code === 'UNAUTHENTICATED';
        if (context.sent.isOut) forget(context.request, isUnknown ? 'all' : 'other');
        throw error;
      },
    );

/** The time that a write, or a second attempt, needs at the least: a second, or a quarter of a short deadline. */
export const leastMs = ({ since, deadline }: LineOwner): number =>
  Math.min(1000, (deadline - since) / 4);

/** Lets no write go out that nobody waits for any more, or whose answer would hardly come in time. */
export const inTime: Interceptor = (next) => (call, context) => {
  const { signal, owner } = context.request;
  if (signal.aborted) return Promise.reject(abortError(signal));
  if (owner.deadline - performance.now() < leastMs(owner))
    return Promise.reject(new CotalkerError('UPSTREAM_TIMEOUT', 'no time is left for the write'));
  return next(call, context);
};

/** From here on, a write goes on if its caller leaves: people close a page once they have sent something. */
export const toItsEnd: Interceptor = (next) => (call, context) => {
  const leftMs = Math.floor(context.request.owner.deadline - performance.now());
  return next(call, { ...context, signal: AbortSignal.timeout(Math.max(1, leftMs)) });
};
