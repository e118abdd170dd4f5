import { createHmac, randomBytes } from 'node:crypto';
import { type Call, pathOf } from './call.ts';
import type { Answer, Exchange } from './client.ts';
import { type Coalescer, createCoalescer } from './coalesce.ts';
import { CotalkerError } from './errors.ts';
import { createIdleWatch } from './idle.ts';
import { createSlots, type SlotLimits, type Slots } from './slots.ts';
import { createTrace, type TracedCall } from './trace.ts';

/** Who asks: what of the caller's request goes on to Cotalker, and nothing else does. */
export interface Caller {
  /** The caller's `Authorization` header, verbatim; undefined where it holds no Bearer token. */
  readonly authorization: string | undefined;
  /** Whether the caller opted into admin mode with `Admin: true`. */
  readonly admin: boolean;
  /** Tracing headers (`traceparent`, `x-request-id`), as they came. */
  readonly tracing: Readonly<Record<string, string>>;
}

/** What keeps Cotalker safe from a query. */
export interface SessionLimits extends SlotLimits {
  /** Calls that one request may make in all. */
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
   *   `UPSTREAM_BUDGET_EXCEEDED` without a call beyond the request's limit; any other code of
   *   `errors.ts` where the call failed.
   */
  get(call: Call): Promise<unknown>;
  /** Calls back once no call of the request is in flight, so that nothing more is about to be learnt. */
  whenIdle(callback: () => void): void;
}

/** Opens sessions that share their calls in flight and the process's slots. */
export interface Cotalker {
  /**
   * @param signal Ends all calls of the request: its deadline, or its caller going away.
   */
  openSession(caller: Caller, signal: AbortSignal): Session;
}

export function createCotalker(exchange: Exchange, limits: SessionLimits): Cotalker {
  const slots = createSlots(limits);
  const coalescer = createCoalescer<Answer>();
  return {
    openSession: (caller, signal) =>
      openSession({ exchange, slots, coalescer, limits }, caller, signal),
  };
}

interface Shared {
  readonly exchange: Exchange;
  readonly slots: Slots;
  readonly coalescer: Coalescer<Answer>;
  readonly limits: SessionLimits;
}

function openSession(shared: Shared, caller: Caller, signal: AbortSignal): Session {
  const { exchange, slots, coalescer, limits } = shared;
  const { authorization, admin } = caller;
  const trace = createTrace();
  const idle = createIdleWatch();
  const asked = new Map<string, Promise<Answer>>();
  const identity = identify(caller);
  const owner = {};
  let made = 0;

  const send = async (path: string, until: AbortSignal): Promise<Answer> => {
    const headers = { ...caller.tracing, ...(admin && { admin: 'true' }) };
    const release = await slots.take(owner, until);
    try {
      return await exchange(path, { ...headers, authorization: authorization ?? '' }, until);
    } finally {
      release();
    }
  };
  const ask = (call: Call, path: string): Promise<Answer> => {
    const key = `${identity} ${path}`;
    if (!call.again && coalescer.has(key)) {
      return trace.follow(
        call,
        'shared',
        coalescer.join(key, signal, (until) => send(path, until)),
      );
    }
    if (made >= limits.callsPerRequest) {
      throw new CotalkerError('UPSTREAM_BUDGET_EXCEEDED', 'the request has made all its calls');
    }
    made += 1;
    const answer = call.again
      ? send(path, signal)
      : coalescer.join(key, signal, (until) => send(path, until));
    return trace.follow(call, 'made', answer);
  };

  return {
    admin,
    trace: trace.calls,
    whenIdle: idle.whenIdle,
    get: async (call) => {
      if (authorization === undefined) {
        throw new CotalkerError('UNAUTHENTICATED', 'the caller sent no token');
      }
      const path = pathOf(call);
      const known = call.again ? undefined : asked.get(path);
      if (known !== undefined) return (await trace.follow(call, 'reused', known)).body;
      const answer = idle.watch(ask(call, path));
      asked.set(path, answer);
      return (await answer).body;
    },
  };
}

/** Only this process can tell which token an identity stands for. */
const IDENTITY_KEY = randomBytes(32);

/** Tells callers apart by token and admin mode without keeping the token. */
const identify = ({ authorization = '', admin }: Caller): string =>
  createHmac('sha256', IDENTITY_KEY).update(`${admin} ${authorization}`).digest('base64');
