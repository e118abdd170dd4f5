import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { Bearer } from '../token-hash.ts';

/** A request whose turn has come, with what was found out about it before. */
export interface Arrival {
  /** How long it waited in line, in milliseconds. This time counts for its deadline. */
  readonly waitedMs: number;
  /** The whole body; undefined: there is none, or it is too large. */
  readonly body: Buffer | undefined;
  readonly isTooLarge: boolean;
  /** Why its head has it refused; undefined: it has not. */
  readonly refusal: GraphQLError | undefined;
  readonly bearer: Bearer | undefined;
  /** Whether Cotalker has accepted its token before. */
  readonly isKnown: boolean;
  /** To be called before it is executed, with what tells how its calls go; undefined: it has made none yet. */
  readonly follow: (outcomeOf: () => Context['outcome'] | undefined) => void;
}

/** For a request that is answered without waiting, and without a call. */
export const AT_ONCE: Arrival = {
  ...{ waitedMs: 0, body: undefined, isTooLarge: false, refusal: undefined, bearer: undefined },
  isKnown: false,
  follow: () => undefined,
};

/** What becomes of a request that is served. Its target is in plain form, see `readHead`. */
export type Handle = (request: IncomingMessage, response: ServerResponse, arrival: Arrival) => void;
