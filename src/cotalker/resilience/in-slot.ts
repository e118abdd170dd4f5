import type { Answer, Interceptor } from '../exchange.ts';
import type { Slots } from './slots.ts';

/**
 * Holds a slot for as long as the GET is under way. A shared call goes at the first turn of any request that waits for
 * it; a retry goes when no other call waits.
 */
export const inSlot =
  (slots: Slots): Interceptor =>
  (next) =>
  (call, context) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    context.whenTurn(
      ({ owner, signal, urgency }) =>
        slots.take(owner, signal, context.attempt > 1 ? 'later' : urgency),
      (release) => {
        next(call, context).then(
          (answer) => {
            release();
            resolve(answer);
          },
          (error: unknown) => {
            release();
            reject(error);
          },
        );
      },
      reject,
    );
    return promise;
  };
