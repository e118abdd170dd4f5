import { circuitOpen } from './resilience/breaker.ts';
import { type CacheUse, openCached, type Stale } from './cache/cached-calls.ts';
import { type Answer, type Call, type Exchange, pathOf } from './call.ts';
import { type Coalescer, createCoalescer } from './sharing/coalesce.ts';
import { CotalkerError } from './errors.ts';
import { type Caller, identify } from './caller.ts';
import { createIdleWatch, type IdleWatch } from './sharing/when-quiet.ts';
import { createSender, type Resilience, type Sender } from './resilience/attempts.ts';
import {
  createSlots,
  type Release,
  type SlotLimits,
  type Slots,
  type Urgency,
} from './resilience/slots.ts';
import { createTrace, type TracedCall } from './trace.ts';
import { createTraits, type Traits } from './traits/index.ts';

/** What keeps Cotalker safe from a query. */
export interface SessionLimits extends SlotLimits {
  /** Calls that one request may make in all; retries, which have a budget of their own, not counted. */
  readonly callsPerRequest: number;
}

/** What one GraphQL request does at Cotalker, on behalf of one caller. */
export interface Session {
  /** Whether the caller opted into admin mode; some endpoints demand it. */
  readonly admin: boolean;
  /** All that was asked so far, in order. */
  readonly trace: readonly TracedCall[];
  /**
   * Resolves to the parsed JSON body of one GET. It is made once a request; where the same caller
   * already has the very same GET in flight from another request, the two share it.
   *
   * @throws CotalkerError `UNAUTHENTICATED` without a call where the caller sent no token;
   *   `OVERLOADED` without a call where the line for slots is longer than the request's time;
   *   `UPSTREAM_BUDGET_EXCEEDED` without a call beyond the request's limit; `UPSTREAM_UNAVAILABLE`
   *   without a call while the breaker is open; any other code of `errors.ts` where the call failed.
   */
  get(call: Call): Promise<unknown>;
  /**
   * Calls back once no call of the request is in flight, so that nothing more is about to be learnt;
   * with `last`, not before all others that wait. See `createIdleWatch`.
   */
  whenIdle: IdleWatch['whenIdle'];
  /** What is known of how the upstream reads what it is asked; shared by all sessions. */
  readonly traits: Traits;
  /**
   * Whether the caller is not known to Cotalker, for all that the request has learnt: every call was
   * answered 401, or calls were needed and the caller sent no token. False where nothing was asked.
   */
  isRefused(): boolean;
  /** To be called once the request is over: calls that were expected of it take no room any more. */
  end(): void;
}

/** What a session's calls are for, as far as their order depends on it; see `slots.ts`. */
export interface SessionWork {
  /** `later` where no caller waits for the calls. Default: `now`. */
  readonly urgency?: Urgency;
  /** The hash of the document that the request runs, by which its calls are expected. */
  readonly document?: string | undefined;
}

/** Opens sessions that share their calls in flight and the process's slots. */
export interface Cotalker {
  /**
   * @param signal Ends all calls of the request: its deadline, or its caller going away.
   * @param deadlineMs Milliseconds until the deadline.
   */
  openSession(caller: Caller, signal: AbortSignal, deadlineMs: number, work?: SessionWork): Session;
  /** Whether Cotalker can be asked: false while calls are refused, since too many have failed. */
  isAvailable(): boolean;
}

/** How long a call may wait for the request's others, as a part of the deadline. */
const PATIENCE = 0.5;

export function createCotalker(
  exchange: Exchange,
  limits: SessionLimits,
  resilience: Resilience = {},
  cache?: CacheUse,
  traits: Traits = createTraits(),
): Cotalker {
  const slots = createSlots(limits);
  const coalescer = createCoalescer<Answer>();
  const sender = createSender(exchange, resilience);
  const shared: Shared = { sender, slots, coalescer, limits, cache, traits };
  return {
    openSession: (caller, signal, deadlineMs, work) =>
      openSession(shared, caller, signal, deadlineMs, work),
    isAvailable: () => !sender.isOpen(),
  };
}

interface Shared {
  readonly sender: Sender;
  readonly slots: Slots;
  readonly coalescer: Coalescer<Answer>;
  readonly limits: SessionLimits;
  readonly cache: CacheUse | undefined;
  readonly traits: Traits;
}

function openSession(
  shared: Shared,
  caller: Caller,
  signal: AbortSignal,
  deadlineMs: number,
  { urgency = 'now', document }: SessionWork = {},
): Session {
  const { sender, slots, coalescer, limits, cache, traits } = shared;
  const { authorization, admin } = caller;
  const trace = createTrace();
  const idle = createIdleWatch(deadlineMs * PATIENCE);
  const asked = new Map<string, Promise<Answer>>();
  let identity: string | undefined;
  const who = (): string => (identity ??= identify(caller));
  const since = performance.now();
  const deadline = since + deadlineMs;
  const owner = { since, deadline, document };
  let made = 0;
  let lacksToken = false;

  const turn = (until: AbortSignal): Promise<Release> => slots.take(owner, until, urgency);
  const turnLater = (until: AbortSignal): Promise<Release> => slots.take(owner, until, 'later');
  const headers = {
    ...caller.tracing,
    ...(admin && { admin: 'true' }),
    authorization: authorization ?? '',
  };
  const cached = openCached(cache, caller, trace);
  const ask = (call: Call, path: string, stale?: Stale, begun?: number): Promise<Answer> => {
    let attempts = 0;
    const onAttempt = (): void => {
      attempts += 1;
    };
    const start = (until: AbortSignal, firstTurn: Release): Promise<Answer> => {
      const limit = { signal: until, deadline };
      const sending = {
        ...{ path, identity: who(), headers, limit },
        ...{ firstTurn, turn: turnLater, onAttempt },
      };
      return cached?.send(sender, sending, call, stale) ?? sender.send(sending);
    };
    const key = `${who()} ${path}`;
    const join = (): Promise<Answer> => coalescer.join(key, signal, turn, start);

    if (!call.again && coalescer.has(key))
      return trace.follow(call, 'shared', join(), undefined, begun);
    if (sender.isOpen()) throw circuitOpen();
    if (made >= limits.callsPerRequest) {
      throw new CotalkerError('UPSTREAM_BUDGET_EXCEEDED', 'the request has made all its calls');
    }
    made += 1;
    const answer = call.again ? turn(signal).then((firstTurn) => start(signal, firstTurn)) : join();
    return trace.follow(call, 'made', answer, () => attempts, begun);
  };

  return {
    admin,
    trace: trace.calls,
    traits,
    whenIdle: idle.whenIdle,
    end: () => slots.leave(owner),
    isRefused: () =>
      lacksToken || (trace.calls.length > 0 && trace.calls.every(({ status }) => status === 401)),
    get: async (call) => {
      if (authorization === undefined) {
        lacksToken = true;
        throw new CotalkerError('UNAUTHENTICATED', 'the caller sent no token');
      }
      const path = pathOf(call);
      const known = call.again ? undefined : asked.get(path);
      if (known !== undefined && !(call.fresh && cached?.hasServed(path)))
        return (await trace.follow(call, 'reused', known)).body;
      const answer = idle.watch(cached?.get(call, path, ask) ?? ask(call, path));
      asked.set(path, answer);
      return (await answer).body;
    },
  };
}
