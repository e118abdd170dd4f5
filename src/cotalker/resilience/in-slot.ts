import type { CallContext, Interceptor } from '../exchange.ts';
import { inLine } from './in-line.ts';
import type { Line } from './line.ts';

/** Holds a slot for as long as the GET is under way. A retry goes when no other call waits. */
export const inSlot =
  (line: Line): Interceptor =>
  (next) =>
  (call, context) => {
    const standing = {
      lineOf: () => line,
      urgencyOf: ({ urgency }: CallContext['request']) => (context.attempt > 1 ? 'later' : urgency),
    } as const;
    return inLine(context, standing, (release) =>
      next(call, context).then(
        (answer) => {
          release();
          return answer;
        },
        (error: unknown) => {
          release();
          throw error;
        },
      ),
    );
  };
