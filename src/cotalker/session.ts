import { LRUCache } from 'lru-cache';
import { type Memory, NO_MEMORY } from './cache/memory.ts';
import { type Call, type Caller, pathOf } from './call.ts';
import { CotalkerError, newsOfToken } from './errors.ts';
import type { CallContext, Exchange, RequestContext, SessionWork, TurnAhead } from './exchange.ts';
import type { PipelineOptions } from './options.ts';
import { createPipeline, type Pipeline, whenOwnTurn } from './pipeline.ts';
import type { QuotaLoad } from './quota/quota-observer.ts';
import { IdleWatch } from './sharing/when-quiet.ts';
import { createTrace, type Outcome, type TracedCall } from './trace.ts';
import { createTraits, type Traits } from './traits/index.ts';

/** What one GraphQL request does at Cotalker, on behalf of one caller. */
export interface Session {
  readonly admin: boolean;
  readonly trace: readonly TracedCall[];
  readonly outcome: Outcome;
  /**
   * Resolves to the parsed JSON body of one GET. It is made once a request; where the same caller already has the
   * very same GET in flight from another request, the two share it. `pipeline.ts` has all that is between here and
   * Cotalker.
   *
   * @throws CotalkerError `UNAUTHENTICATED` without a call if the caller sent no token; `OVERLOADED` without a call
   *   if the line for slots is longer than the request's time. `UPSTREAM_BUDGET_EXCEEDED` without a call beyond the
   *   request's limit; `UPSTREAM_UNAVAILABLE` without a call while the breaker is open. Any other code of
   *   `errors.ts` if the call failed.
   */
  get(call: Call): Promise<unknown>;
  /**
   * Makes a write, which is sent once. Resolves to the parsed JSON body; undefined where it has none that can be read.
   *
   * @throws CotalkerError As `get`, and `OUTCOME_UNKNOWN`: it may have happened. With any other code it has not.
   */
  write(call: Call): Promise<unknown>;
  /** To be called before what is read for a write. @throws CotalkerError `RATE_LIMITED` where it would come too late. */
  checkWrite(): void;
  /** What Cotalker has told the caller before, as far as it is kept. */
  readonly memory: Memory;
  /** How long the caller's lists were a short while ago, for who has to choose how to read them. */
  readonly sizes: ListSizes;
  /**
   * Calls back once no call of the request is in flight, so that nothing more is about to be learnt;
   * with `last`, not before all others that wait. See `IdleWatch`.
   */
  whenIdle: IdleWatch['whenIdle'];
  /** What is known of how the upstream reads what it is asked; shared by all sessions. */
  readonly traits: Traits;
  /** To be called once the request is over: calls that were expected of it take no room any more. */
  end(): void;
}

/** The sizes of one caller's lists, by names of their own. */
interface ListSizes {
  of(name: string): number;
  note(name: string, size: number): void;
}

/** Opens sessions that share their calls in flight and the process's slots. */
export interface Cotalker {
  /**
   * @param signal Ends all calls of the request: its deadline, or its caller going away.
   * @param deadlineMs Milliseconds until the deadline.
   */
  openSession(caller: Caller, signal: AbortSignal, deadlineMs: number, work?: SessionWork): Session;
  /** The caller has learnt of a change in a list of groups: no list that was asked for earlier is served to it. */
  forgetLists(caller: Caller): void;
  /**
   * Waits until a live poll of this caller's may go by its company's quota, for as long as it takes; `ahead` of its
   * session then. Resolves at once, to undefined, where calls are not paced.
   *
   * @param signal Ends the waiting.
   */
  turnOf(caller: Caller, signal: AbortSignal): Promise<TurnAhead | undefined>;
  /** Whether Cotalker can be asked: false while calls are refused, since too many have failed. */
  isAvailable(): boolean;
  /** How much of their quotas companies use; undefined where calls are not paced. */
  quotaLoad(): QuotaLoad | undefined;
}

export interface CotalkerOptions extends PipelineOptions {
  readonly traits?: Traits;
}

export function createCotalker(
  wire: Exchange,
  { traits = createTraits(), ...options }: CotalkerOptions,
): Cotalker {
  const sizes = new LRUCache<string, number>(SIZES);
  const shared = { pipeline: createPipeline(wire, options), traits, sizes };
  return {
    openSession: (caller, signal, deadlineMs, work) =>
      openSession(shared, openRequest(caller, signal, deadlineMs, work)),
    forgetLists: shared.pipeline.forgetLists,
    turnOf: async (caller, signal) => shared.pipeline.quotas?.turnOf(caller, signal),
    isAvailable: shared.pipeline.isAvailable,
    quotaLoad: () => shared.pipeline.quotas?.load(),
  };
}

interface Shared {
  readonly pipeline: Pipeline;
  readonly traits: Traits;
  readonly sizes: LRUCache<string, number>;
}

/** How many sizes are remembered, and for how long in milliseconds. */
const SIZES = { max: 5000, ttl: 60_000 };

/** How long a call may wait for the request's others, as a part of the deadline. */
const PATIENCE = 0.5;

function openRequest(
  caller: Caller,
  signal: AbortSignal,
  deadlineMs: number,
  { urgency = 'now', document, leastCalls, ahead }: SessionWork = {},
): RequestContext {
  const since = performance.now();
  return {
    ...{ caller, signal, urgency, ahead },
    headers: {
      ...caller.tracing,
      ...(caller.admin && { admin: 'true' }),
      authorization: caller.authorization ?? '',
    },
    owner: {
      since,
      deadline: since + deadlineMs,
      document,
      leastCalls,
      caller: urgency === 'now' ? caller : undefined,
    },
    trace: createTrace(),
    idle: new IdleWatch(deadlineMs * PATIENCE),
    answers: new Map(),
    fromCache: new Set(),
    made: { count: 0 },
  };
}

function openSession({ pipeline, traits, sizes }: Shared, request: RequestContext): Session {
  const { caller, signal, trace } = request;
  const waitForSlot = whenOwnTurn(request);
  const mayBeOld = caller.caching === undefined;

  const contextOf = (call: Call): CallContext => {
    if (caller.authorization === undefined)
      throw new CotalkerError('UNAUTHENTICATED', 'the caller sent no token');
    const path = pathOf(call);
    const key = `${caller.identity} ${path}`;
    const askedAt = performance.now();
    return { request, path, key, signal, askedAt, attempt: 1, sent: { count: 0 }, waitForSlot };
  };

  /** Without its answer, the request does not make the calls that would follow from it. */
  const fail = async (error: unknown): Promise<never> => {
    if (newsOfToken(error) !== 'accepted') request.owner.isCut = true;
    throw error;
  };
  const send = (exchange: Exchange, call: Call): Promise<unknown> => {
    try {
      return exchange(call, contextOf(call)).then(({ body }) => body, fail);
    } catch (error) {
      return fail(error);
    }
  };

  return {
    admin: caller.admin,
    trace: trace.calls,
    outcome: trace.outcome,
    traits,
    memory: pipeline.memoryOf(request),
    sizes: {
      of: (name) => (mayBeOld ? sizes.get(`${caller.identity} ${name}`) : undefined) ?? 0,
      note: (name, size) => {
        if (mayBeOld) sizes.set(`${caller.identity} ${name}`, size);
      },
    },
    whenIdle: (callback, turn) => request.idle.whenIdle(callback, turn),
    end: () => {
      if (signal.aborted) request.owner.isCut = true;
      pipeline.leave(request.owner);
    },
    get: (call) => send(pipeline.exchange, call),
    write: (call) => send(pipeline.write, call),
    checkWrite: () => pipeline.checkWrite(request),
  };
}

/**
 * The session for a reader that needs Cotalker's present answer. What this request has asked already is not asked
 * again.
 */
export const freshly = (session: Session): Session => ({
  ...session,
  memory: NO_MEMORY,
  get: (call) => session.get({ ...call, fresh: true }),
});
