import { setTimeout as sleep } from 'node:timers/promises';
import type { Template } from '../cotalker/call.ts';
import type { Exchange } from '../cotalker/client.ts';
import { CotalkerError } from '../cotalker/errors.ts';
import { createCotalker, type Session } from '../cotalker/session.ts';

/** The most calls that one run makes, whatever it finds; those that Cotalker put off not counted. */
export const MAX_CALLS = 34;
/** How long one run waits, in seconds and in all, where Cotalker puts calls off. */
export const MAX_WAIT_SECONDS = 30;
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
 * looked at. Not tried again where it fails, but once where Cotalker says when (`Retry-After`). Where it
 * says 429 and there is no time left to wait, or says so again, no further GET is sent: each fails as that did.
 */
export type Ask = (
  run: (session: Session) => Promise<unknown>,
  options?: AskOptions,
) => Promise<Reply>;

export interface Asker {
  readonly ask: Ask;
  /** How many GETs were sent so far. */
  readonly calls: number;
  /** Whether Cotalker takes no more of them. */
  readonly isCutShort: boolean;
}

const ONE_CALL = { callsPerRequest: 1, perOwner: 1, total: 1 };

export function createAsker(exchange: Exchange, ownToken: string): Asker {
  let calls = 0;
  let putOff = 0;
  let waitSeconds = MAX_WAIT_SECONDS;
  let refusal: CotalkerError | undefined;

  const send: Ask = async (run, { admin = false, token = ownToken } = {}) => {
    let result: Reply['result'] | undefined;
    const exchangeOnce: Exchange = async (...sent) => {
      try {
        if (refusal !== undefined) throw refusal;
        if (calls - putOff === MAX_CALLS)
          throw new Error('the doctor made more calls than it promises');
        calls += 1;
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
  };

  const ask: Ask = async (run, options) => {
    const reply = await send(run, options);
    const { retryAfter } = failureOf(reply) ?? {};
    if (refusal !== undefined || retryAfter === undefined) return reply;
    let last = reply;
    if (retryAfter <= waitSeconds) {
      waitSeconds -= retryAfter;
      putOff += 1;
      await sleep(1000 * retryAfter);
      last = await send(run, options);
    }
    const failure = failureOf(last);
    if (failure?.code === 'RATE_LIMITED') refusal = failure;
    return last;
  };

  return {
    ask,
    get calls() {
      return calls;
    },
    get isCutShort() {
      return refusal !== undefined;
    },
  };
}

const failureOf = ({ result }: Reply): CotalkerError | undefined =>
  'failure' in result ? result.failure : undefined;
