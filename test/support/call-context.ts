import { createCaller } from '../../src/cotalker/call.ts';
import type { CallContext, RequestContext } from '../../src/cotalker/exchange.ts';
import { whenOwnTurn } from '../../src/cotalker/pipeline.ts';
import { IdleWatch } from '../../src/cotalker/sharing/when-quiet.ts';
import { createTrace } from '../../src/cotalker/trace.ts';

/** A request with ten seconds, for what is tested below the session. */
export const requestOf = (some: Partial<RequestContext> = {}): RequestContext => {
  const since = performance.now();
  return {
    caller: createCaller({ authorization: 'Bearer a', admin: false, tracing: {} }),
    headers: { authorization: 'Bearer a' },
    owner: { since, deadline: since + 10_000 },
    urgency: 'now',
    signal: new AbortController().signal,
    trace: createTrace(),
    idle: new IdleWatch(5000),
    answers: new Map(),
    fromCache: new Set(),
    made: { count: 0 },
    ...some,
  };
};

/** The first attempt of a call. */
export const contextOf = ({
  request = requestOf(),
  path = '/v2/groups',
  ...some
}: Partial<CallContext> = {}): CallContext => ({
  request,
  path,
  key: `${request.caller.identity} ${path}`,
  signal: request.signal,
  askedAt: performance.now(),
  attempt: 1,
  sent: { count: 0 },
  waitForSlot: whenOwnTurn(request),
  ...some,
});
