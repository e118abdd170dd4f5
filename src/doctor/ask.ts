import type { Template } from '../cotalker/call.ts';
import type { Exchange } from '../cotalker/client.ts';
import { CotalkerError } from '../cotalker/errors.ts';
import { createCotalker, type Session } from '../cotalker/session.ts';

/** The most calls that one run makes, whatever it finds. */
export const MAX_CALLS = 34;
/** How long one call may take, in milliseconds: what all calls of a request have, by default. */
const CALL_MS = 10_000;

/** What came of one GET. */
export interface Reply {
  readonly template: Template;
  /** The parsed JSON body, not yet checked; or why there is none. */
  readonly result: { readonly body: unknown } | { readonly failure: CotalkerError };
}

export interface AskOptions {
  /** Whether to send `Admin: true`. */
  readonly admin?: boolean;
  /** The Bearer token in the place of the user's own. */
  readonly token?: string;
}

/**
 * Sends one GET, the first that `run` makes: a function of `src/cotalker`, so that what is examined is
 * what the gateway sends. Further calls of `run` are not made, and what it makes of the answer is not
 * looked at. Not tried again where it fails.
 */
export type Ask = (
  run: (session: Session) => Promise<unknown>,
  options?: AskOptions,
) => Promise<Reply>;

export interface Asker {
  readonly ask: Ask;
  /** How many GETs were sent so far. */
  readonly calls: number;
}

const ONE_CALL = { callsPerRequest: 1, perOwner: 1, total: 1 };

export function createAsker(exchange: Exchange, ownToken: string): Asker {
  let calls = 0;
  return {
    get calls() {
      return calls;
    },
    ask: async (run, { admin = false, token = ownToken } = {}) => {
      let result: Reply['result'] | undefined;
      const exchangeOnce: Exchange = async (...sent) => {
        if (calls === MAX_CALLS) throw new Error('the doctor made more calls than it promises');
        calls += 1;
        try {
          const answer = await exchange(...sent);
          result = { body: answer.body };
          return answer;
        } catch (error) {
          if (error instanceof CotalkerError) result = { failure: error };
          throw error;
        }
      };
      // One for each call: no breaker keeps a call from being made because others have failed.
      const cotalker = createCotalker(exchangeOnce, ONE_CALL, { retry: { attempts: 1 } });
      const caller = { authorization: `Bearer ${token}`, admin, tracing: {} };
      const session = cotalker.openSession(caller, AbortSignal.timeout(CALL_MS), CALL_MS);
      const thrown: unknown = await run(session).catch((error: unknown) => error);
      const [call] = session.trace;
      if (result === undefined || call === undefined) throw thrown;
      return { template: call.path, result };
    },
  };
}
