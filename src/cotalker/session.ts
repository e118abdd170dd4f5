import { type Call, pathOf } from './call.ts';
import type { Caller } from './caller.ts';
import { CotalkerError } from './errors.ts';
import type { CallContext, Exchange, RequestContext } from './exchange.ts';
import { whenOwnTurn } from './own-calls.ts';
import { createPipeline, type Pipeline, type PipelineOptions } from './pipeline.ts';
import type { Urgency } from './resilience/slots.ts';
import { createIdleWatch, type IdleWatch } from './sharing/when-quiet.ts';
import { createTrace, type TracedCall } from './trace.ts';
import { createTraits, type Traits } from './traits/index.ts';

/** What one GraphQL request does at Cotalker, on behalf of one caller. */
export interface Session {
  /** Whether the caller opted into admin mode; some endpoints demand it. */
  readonly admin: boolean;
  /** All that was asked so far, in order. */
  readonly trace: readonly TracedCall[];
  /**
   * Resolves to the parsed JSON body of one GET. It is made once a request; where the same caller
   * already has the very same GET in flight from another request, the two share it. `pipeline.ts` has all that
   * is between here and Cotalker.
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

export interface CotalkerOptions extends PipelineOptions {
  /** What is known of the upstream beforehand, and learnt. Default: nothing is known. */
  readonly traits?: Traits;
}

/** @param wire Where a call goes that nothing else answers. */
export function createCotalker(
  wire: Exchange,
  { traits = createTraits(), ...options }: CotalkerOptions,
): Cotalker {
  const shared = { pipeline: createPipeline(wire, options), traits };
  return {
    openSession: (caller, signal, deadlineMs, work) =>
      openSession(shared, openRequest(caller, signal, deadlineMs, work)),
    isAvailable: shared.pipeline.isAvailable,
  };
}

interface Shared {
  readonly pipeline: Pipeline;
  readonly traits: Traits;
}

/** How long a call may wait for the request's others, as a part of the deadline. */
const PATIENCE = 0.5;

function openRequest(
  caller: Caller,
  signal: AbortSignal,
  deadlineMs: number,
  { urgency = 'now', document }: SessionWork = {},
): RequestContext {
  const since = performance.now();
  return {
    ...{ caller, signal, urgency },
    headers: {
      ...caller.tracing,
      ...(caller.admin && { admin: 'true' }),
      authorization: caller.authorization ?? '',
    },
    owner: { since, deadline: since + deadlineMs, document },
    trace: createTrace(),
    idle: createIdleWatch(deadlineMs * PATIENCE),
    answers: new Map(),
    fromCache: new Set(),
    made: { count: 0 },
  };
}

function openSession({ pipeline, traits }: Shared, request: RequestContext): Session {
  const { caller, signal, trace } = request;
  const whenTurn = whenOwnTurn(request);
  let lacksToken = false;

  const contextOf = (call: Call): CallContext => {
    if (caller.authorization === undefined) {
      lacksToken = true;
      throw new CotalkerError('UNAUTHENTICATED', 'the caller sent no token');
    }
    const path = pathOf(call);
    const askedAt = performance.now();
    return { request, path, signal, askedAt, attempt: 1, sent: { count: 0 }, whenTurn };
  };

  return {
    admin: caller.admin,
    trace: trace.calls,
    traits,
    whenIdle: request.idle.whenIdle,
    end: () => pipeline.leave(request.owner),
    isRefused: () =>
      lacksToken || (trace.calls.length > 0 && trace.calls.every(({ status }) => status === 401)),
    get: (call) => {
      try {
        return pipeline.exchange(call, contextOf(call)).then(({ body }) => body);
      } catch (error) {
        if (error instanceof CotalkerError) return Promise.reject(error);
        throw error;
      }
    },
  };
}
