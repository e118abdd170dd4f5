import { createCaller, pathOf } from '../src/cotalker/call.ts';
import { CotalkerError } from '../src/cotalker/errors.ts';
import type { Exchange } from '../src/cotalker/exchange.ts';
import { failureOfStatus } from '../src/cotalker/wire/failure.ts';
import { createCotalker, type Session } from '../src/cotalker/session.ts';
import { CallFailed, type Reply } from './reply.ts';

/** The most calls that one run makes, whatever it finds; those that Cotalker put off not counted. */
export const MAX_CALLS = 54;
/** How long one run waits, in seconds and in all, where Cotalker puts calls off. */
export const MAX_WAIT_SECONDS = 30;
/** The most calls in any {@link PACE_MS}: a company has 50, and its other users some of them (sheet, section 1). */
export const PACE_CALLS = 40;
const PACE_MS = 5000;
/** How long one call may take, in milliseconds: what all calls of a request have, by default. */
const CALL_MS = 10_000;

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
  /**
   * The headers of one more GET, `/v2/groups` with a limit of 1.
   *
   * @throws CallFailed where it was not made, or not answered 200.
   */
  readonly askHeaders: () => Promise<Headers>;
  /** How many GETs were sent so far. */
  readonly calls: number;
  /** Whether Cotalker takes no more of them. */
  readonly isCutShort: boolean;
}

export interface Pacing {
  /** The most calls in any {@link PACE_MS}. */
  readonly pace: number;
  /** @param ms Milliseconds. */
  readonly wait: (ms: number) => Promise<unknown>;
}

const ONE_CALL = {
  limits: { callsPerRequest: 1, perOwner: 1, total: 1 },
  resilience: { retry: { attempts: 1 } },
};

export function createAsker(
  exchange: Exchange,
  ownToken: string,
  url: string,
  { pace, wait }: Pacing,
): Asker {
  let calls = 0;
  const recent: number[] = [];
  let putOff = 0;
  let waitSeconds = MAX_WAIT_SECONDS;
  let refusal: CotalkerError | undefined;

  /** Counts a GET that is about to be made, and waits where too many were made just now. */
  const start = async (): Promise<void> => {
    if (refusal !== undefined) throw refusal;
    if (calls - putOff === MAX_CALLS)
      throw new Error('the doctor made more calls than it promises');
    const oldest = recent.at(-pace);
    if (oldest !== undefined) await wait(Math.max(0, oldest + PACE_MS - performance.now()));
    calls += 1;
    recent.push(performance.now());
  };

  const send: Ask = async (run, { admin = false, token = ownToken } = {}) => {
    let result: Reply['result'] | undefined;
    let raw: unknown;
    const exchangeOnce: Exchange = async (call, context) => {
      try {
        await start();
        const answer = await exchange(call, context);
        raw = structuredClone(answer.body);
        result = { body: answer.body };
        return answer;
      } catch (error) {
        if (error instanceof CotalkerError) result = { failure: error };
        throw error;
      }
    };
    // One for each call: no breaker keeps a call from being made because others have failed.
    const cotalker = createCotalker(exchangeOnce, ONE_CALL);
    const caller = createCaller({ authorization: `Bearer ${token}`, admin, tracing: {} });
    const session = cotalker.openSession(caller, AbortSignal.timeout(CALL_MS), CALL_MS);
    const thrown: unknown = await run(session).catch((error: unknown) => error);
    const [call] = session.trace;
    if (result === undefined || call === undefined) throw thrown;
    return { template: call.path, result, raw };
  };

  const ask: Ask = async (run, options) => {
    const reply = await send(run, options);
    const { retryAfter } = failureOf(reply) ?? {};
    if (refusal !== undefined || retryAfter === undefined) return reply;
    let last = reply;
    if (retryAfter <= waitSeconds) {
      waitSeconds -= retryAfter;
      putOff += 1;
      await wait(1000 * retryAfter);
      last = await send(run, options);
    }
    const failure = failureOf(last);
    if (failure?.code === 'RATE_LIMITED') refusal = failure;
    return last;
  };

  return {
    ask,
    askHeaders: async () => {
      try {
        await start();
        return await headersOf(url, ownToken);
      } catch (error) {
        throw error instanceof CotalkerError ? new CallFailed('/v2/groups', error) : error;
      }
    },
    get calls() {
      return calls;
    },
    get isCutShort() {
      return refusal !== undefined;
    },
  };
}

/** What an answer says beside its body, which no part of the gateway looks at so far. */
async function headersOf(url: string, token: string): Promise<Headers> {
  const sent = {
    headers: { authorization: `Bearer ${token}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(CALL_MS),
  } as const;
  // What fails here is not told: it may hold the address with what is in it.
  const path = pathOf({ template: '/v2/groups', query: { isActive: 'all', limit: 1 } });
  const answer = await fetch(url + path, sent).catch(() => undefined);
  await answer?.body?.cancel();
  if (answer === undefined) throw new CotalkerError('UPSTREAM_UNAVAILABLE', 'no answer came');
  if (answer.status !== 200) throw failureOfStatus(answer.status, undefined, false);
  return answer.headers;
}

const failureOf = ({ result }: Reply): CotalkerError | undefined =>
  'failure' in result ? result.failure : undefined;
