import { type Call, continuesList } from '../call.ts';
import type { Caller } from '../caller.ts';
import type {
  CallContext,
  Exchange,
  Interceptor,
  KnownAnswer,
  ReadRaw,
  RequestContext,
} from '../exchange.ts';
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

/** The cache of the request's caller; undefined where it is not for the caller. */
type OpenCache = (request: RequestContext) => CallerCache | undefined;

export function createCachedCalls({
  cache,
  readRaw,
  onLookup = () => undefined,
}: CacheUse): CachedCalls {
  const cacheOf = createMemo<RequestContext, CallerCache>();
  const open: OpenCache = (request) => {
    const { authorization, admin, caching } = request.caller;
    if (authorization === undefined || caching === 'none') return undefined;
    return cacheOf(request, () => cache.of({ authorization, admin }));
  };
  const ask = askBy(readRaw, onLookup);
  return {
    find: (next) => (call, context) => {
      const own = open(context.request);
      if (own !== undefined && !mustAsk(call, context.request.caller))
        return ask(own, next, call, context);
      context.request.fromCache.delete(context.path);
      return next(call, context);
    },
    keep: keepIn(open),
  };
}

const mustAsk = (call: Call, { caching }: Caller): boolean =>
  call.again === true || call.fresh === true || caching === 'renew' || continuesList(call);

interface FoundBody extends Found {
  readonly body: unknown;
}

/** What is kept, with its body; a body that cannot be read is as good as none. */
async function lookUp(
  cache: CallerCache,
  readRaw: ReadRaw,
  { path, request }: CallContext,
): Promise<FoundBody | 'miss' | 'error'> {
  const found = await cache.find(path);
  if (typeof found === 'string') return found;
  try {
    return { ...found, body: await readRaw(path, request.caller.identity, found.entry) };
  } catch {
    return 'error';
  }
}

/** Asks the cache, and Cotalker where that has nothing that may be served. */
const askBy =
  (readRaw: ReadRaw, onLookup: (result: LookupResult) => void) =>
  async (
    cache: CallerCache,
    next: Exchange,
    call: Call,
    context: CallContext,
  ): ReturnType<Exchange> => {
    const { request, path } = context;
    const found = await lookUp(cache, readRaw, context);
    if (typeof found === 'string') {
      onLookup(found);
      return next(call, context);
    }
    const { entry, body } = found;
    if (found.isFresh) {
      onLookup('hit');
      request.fromCache.add(path);
      const answer = Promise.resolve({ status: 200, body });
      return request.trace.follow(call, 'cached', answer, context);
    }
    if (entry.etag === undefined) {
      onLookup('miss');
      return next(call, context);
    }
    const renew: KnownAnswer['renew'] = (told, toldAt) => cache.renew(path, entry, told, toldAt);
    let status: number | undefined;
    try {
      const answer = await next(call, { ...context, known: { etag: entry.etag, body, renew } });
      ({ status } = answer);
      return answer;
    } finally {
      onLookup(status === 304 ? 'revalidated' : 'miss');
    }
  };

const keepIn =
  (open: OpenCache): Interceptor =>
  (next) =>
  async (call, context) => {
    const cache = open(context.request);
    if (cache === undefined) return next(call, context);
    const { path, known } = context;
    const askedAt = Date.now();
    const asking = known ? { ...context, headers: { 'if-none-match': known.etag } } : context;
    const { status, body, raw } = await next(call, asking);
    if (status === 304 && known !== undefined) {
      if (raw !== undefined) known.renew(raw, askedAt);
      return { status, body: known.body };
    }
    if (raw !== undefined && !continuesList(call)) cache.keep(path, raw, askedAt);
    return { status, body };
  };
