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
    if (context.beside !== undefined) return inFreeSlot(line, context, () => next(call, context));
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
 * A second attempt takes a slot that is free, and waits for none. It does so as a request of its own: all slots that its
 * request may have may be held by first attempts.
 */
function inFreeSlot(
  line: CallLine,
  { request, signal }: CallContext,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const owner = { since: request.owner.since, deadline: request.owner.deadline };
  const release = line.tryTake(owner, signal, 'later');
  const answer: Promise<Answer> =
    release === undefined
      ? Promise.reject(new CotalkerError('UPSTREAM_UNAVAILABLE', 'no slot is free'))
      : ask();
  return answer.finally(() => {
    release?.();
    line.leave(owner);
  });
}
