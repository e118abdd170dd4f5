import { CotalkerError } from '../errors.ts';
import {
  type Answer,
  type CallContext,
  type Interceptor,
  type RequestContext,
  type WaitForSlot,
} from '../exchange.ts';
import type { CallLine } from './call-line.ts';
import type { Release, Urgency } from './terms.ts';

/** Where a call stands in line. */
export interface Standing {
  /** The line in which a request waits. */
  readonly lineOf: (request: RequestContext) => CallLine;
  readonly urgencyOf: (request: RequestContext) => Urgency;
}

/**
 * Makes a call at its turn. A shared call goes at the first turn of any request that waits for it. Where nobody has to
 * wait, no promise is made for it.
 *
 * @param go Makes the call, and gives the turn back.
 */
export function inLine(
  { request, waitForSlot }: CallContext,
  { lineOf, urgencyOf }: Standing,
  go: (release: Release, waitedMs: number) => Promise<Answer>,
): Promise<Answer> {
  const release = lineOf(request).tryTake(request.owner, request.signal, urgencyOf(request));
  if (release !== undefined) return go(release, 0);
  const since = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  waitForSlot(
    (waiting) => {
      const turn = lineOf(waiting).take(waiting.owner, waiting.signal, urgencyOf(waiting));
      return waiting.idle.inTurn(turn);
    },
    (turn) => void go(turn, performance.now() - since).then(resolve, reject),
    reject,
  );
  return promise;
}

export const whenOwnTurn =
  (request: RequestContext): WaitForSlot =>
  (take, go, fail) =>
    void take(request).then(go, fail);

/** Holds a slot for as long as the GET is under way. A retry goes when no other call waits. */
export const inSlot =
  (line: CallLine): Interceptor =>
  (next) =>
  (call, context) => {
    if (context.beside !== undefined)
      return turnBeside(() => line, context.signal, 'later').then((release) =>
        next(call, context).finally(release),
      );
    const standing = {
      lineOf: () => line,
      urgencyOf: ({ urgency }: CallContext['request']) => (context.attempt > 1 ? 'later' : urgency),
    } as const;
    return inLine(context, standing, (release) => {
      // A call that Cotalker's quota has refused is made again.
      return next(call, context).then(
        (answer) => {
          release(false);
          return answer;
        },
        (error: unknown) => {
          release(error instanceof CotalkerError && error.status === 429);
          throw error;
        },
      );
    });
  };

/**
 * A turn for a second attempt, as for a request of its own. It is none of the calls that its document takes, or that its
 * request may have at once. It leaves the turns that requests which have begun still need.
 *
 * @param standsMs How long it may stand in line for it, in milliseconds. Default: it takes one that is free, or none.
 */
export async function turnBeside(
  lineOf: () => CallLine,
  signal: AbortSignal,
  urgency: Urgency,
  standsMs = 0,
): Promise<Release> {
  // It leaves by itself, so it is never refused for its deadline.
  const owner = { since: performance.now(), deadline: Infinity, leastCalls: 1 };
  const leave = (): void => void lineOf().leave(owner);
  if (standsMs > 0) {
    setTimeout(leave, standsMs).unref();
    return lineOf().take(owner, signal, urgency);
  }
  const release = lineOf().tryTake(owner, signal, urgency);
  leave();
  if (release === undefined) throw new CotalkerError('UPSTREAM_UNAVAILABLE', 'no turn is free');
  return release;
}
