import { type Call, continuesList } from '../call.ts';
import type { Caller } from '../caller.ts';
import type { CallContext, Exchange, Interceptor, ReadRaw, RequestContext } from '../exchange.ts';
import { createMemo } from '../sharing/derived.ts';
import type { CallerCache, Found, LookupResult, ResponseCache } from './response-cache.ts';

/** How calls use the response cache. */
export interface CacheUse {
  readonly cache: ResponseCache;
  /** Of the wire, which is to give its answers with what they were read from. */
  readonly readRaw: ReadRaw;
  /** Told of each lookup. */
  readonly onLookup?: ((result: LookupResult) => void) | undefined;
}

/** The response cache, on both sides of what calls share. */
export interface CachedCalls {
  /**
   * Answers with what is kept of the call; what may still hold goes on with the call. A lookup takes no slot, and what
   * it finds is no call: no limit counts it, and it is served while the breaker is open.
   */
  readonly find: Interceptor;
  /** Asks by the tag of what is known, where there is one, and keeps the answer. */
  readonly keep: Interceptor;
}

export function createCachedCalls({
  cache,
  readRaw,
  onLookup = () => undefined,
}: CacheUse): CachedCalls {
  const cacheOf = createMemo<RequestContext, CallerCache>();
  /** The cache of this request's caller; undefined where it is not for the caller. */
  const open = (request: RequestContext): CallerCache | undefined => {
    const { authorization, admin, caching } = request.caller;
    if (authorization === undefined || caching === 'none') return undefined;
    return cacheOf(request, () => cache.of({ authorization, admin }));
  };

  /** What is kept, with its body; a body that cannot be read is as good as none. */
  const lookUp = async (
    own: CallerCache,
    { path, request }: CallContext,
  ): Promise<FoundBody | 'miss' | 'error'> => {
    const found = await own.find(path);
    if (typeof found === 'string') return found;
    try {
      return { ...found, body: await readRaw(path, request.caller.identity, found.entry) };
    } catch {
      return 'error';
    }
  };

  const findOrAsk = async (
    own: CallerCache,
    next: Exchange,
    call: Call,
    context: CallContext,
  ): ReturnType<Exchange> => {
    const { request, path, askedAt } = context;
    const found = await lookUp(own, context);
    if (typeof found === 'string') {
      onLookup(found);
      return next(call, context);
    }
    const { body, entry, isFresh } = found;
    if (isFresh) {
      onLookup('hit');
      request.fromCache.add(path);
      const answer = Promise.resolve({ status: 200, body });
      return request.trace.follow(call, 'cached', answer, undefined, askedAt);
    }
    if (entry.etag === undefined) {
      onLookup('miss');
      return next(call, context);
    }
    let status: number | undefined;
    try {
      const known = {
        ...{ etag: entry.etag, body },
        renew: (told, askedAt) => own.renew(path, entry, told, askedAt),
      } satisfies CallContext['known'];
      const answer = await next(call, { ...context, known });
      ({ status } = answer);
      return answer;
    } finally {
      onLookup(status === 304 ? 'revalidated' : 'miss');
    }
  };

  return {
    find: (next) => (call, context) => {
      const own = open(context.request);
      if (own !== undefined && !mustAsk(call, context.request.caller))
        return findOrAsk(own, next, call, context);
      context.request.fromCache.delete(context.path);
      return next(call, context);
    },
    keep: (next) => async (call, context) => {
      const own = open(context.request);
      if (own === undefined) return next(call, context);
      const { path, known } = context;
      const askedAt = Date.now();
      const headers = known && { 'if-none-match': known.etag };
      const { status, body, raw } = await next(call, { ...context, ...(headers && { headers }) });
      if (status === 304 && known !== undefined) {
        if (raw !== undefined) known.renew(raw, askedAt);
        return { status, body: known.body };
      }
      if (raw !== undefined && !continuesList(call)) own.keep(path, raw, askedAt);
      return { status, body };
    },
  };
}

interface FoundBody extends Found {
  readonly body: unknown;
}

const mustAsk = (call: Call, { caching }: Caller): boolean =>
  call.again === true || call.fresh === true || caching === 'renew' || continuesList(call);
