import { patienceOf } from '../../redis/patience.ts';
import type { Call, Caller } from '../call.ts';
import { CotalkerError } from '../errors.ts';
import type {
  Exchange,
  Interceptor,
  KnownAnswer,
  RawAnswer,
  ReadRaw,
  RequestContext,
} from '../exchange.ts';
import { createMemo } from '../sharing/derived.ts';
import { asBefore } from './freshness.ts';
import { kindOf, mustNotBeCached, isOfRecords, recordsIn, write } from './kinds.ts';
import { createMemory, lookUp, type Memory, NO_MEMORY } from './memory.ts';
import type { CallerCache, Forgotten, LookupResult, ResponseCache } from './response-cache.ts';
import { alone } from './store.ts';

export interface CacheUse {
  readonly cache: ResponseCache;
  /** Of the wire, which is to give its answers with what they were read from. */
  readonly readRaw: ReadRaw;
  readonly onLookup?: ((result: LookupResult) => void) | undefined;
}

/** Whether a call of the caller's would wait for its company's quota now. */
type IsAtLimit = (caller: Caller) => boolean;

type OpenCache = (request: RequestContext) => CallerCache | undefined;

/** The response cache, on both sides of what calls share. */
export function createCachedCalls(
  { cache, readRaw, onLookup = () => undefined }: CacheUse,
  isAtLimit: IsAtLimit,
) {
  const cacheOf = createMemo<RequestContext, CallerCache>();
  const open: OpenCache = (request) => {
    const { caller, owner } = request;
    const { authorization, admin, caching } = caller;
    if (authorization === undefined || caching === 'none') return undefined;
    return cacheOf(request, () => {
      const { token } = caller;
      const asker = { authorization, token, admin, isAtLimit: () => isAtLimit(caller) };
      return cache.of(asker, patienceOf(owner));
    });
  };
  const ask = askBy(readRaw, onLookup);
  return {
    /**
     * Answers with what is kept of the call; what may still hold goes on with the call. A lookup takes no slot, and what
     * it finds is no call: no limit counts it, and it is served while the breaker is open.
     */
    find:
      (next: Exchange): Exchange =>
      (call, context) => {
        const own = open(context.request);
        if (own?.keeps(kindOf(call)) && !mustAsk(call, context.request.caller))
          return ask(own, next, call, context);
        context.request.fromCache.delete(context.path);
        return next(call, context);
      },
    /** Asks by the tag of what is known, where there is one, and keeps the answer. */
    keep: keepIn(open),
    /** What else is kept for the caller of a request. */
    memoryOf: (request: RequestContext): Memory => {
      const own = open(request);
      return own ? createMemory({ request, cache: own, readRaw, onLookup }) : NO_MEMORY;
    },
    /**
     * From now on nothing of this kind is served to the caller that was asked for before.
     *
     * @param request Goes on after it: what it has looked up already does not hold for it any more either.
     */
    forget: (caller: Caller, what: Forgotten, request?: RequestContext): void => {
      const { authorization, admin } = caller;
      if (authorization === undefined) return;
      const own =
        (request && open(request)) ??
        cache.of({ authorization, token: caller.token, admin }, patienceOf(caller));
      if (what === 'all' || own.keeps(what)) own.forget(what);
    },
  };
}

/** What only `Memory` answers: who asks there has to know how old it is, or asks for each record. */
const isLeftToMemory = (call: Call): boolean =>
  call.template === '/v2/task-groups' || isOfRecords(call);

const mustAsk = (call: Call, { caching }: Caller): boolean =>
  call.again === true ||
  call.fresh === true ||
  caching === 'renew' ||
  mustNotBeCached(call) ||
  isLeftToMemory(call);

/** Asks the cache, and Cotalker where that has nothing that may be served. */
const askBy =
  (readRaw: ReadRaw, onLookup: (result: LookupResult) => void) =>
  async (cache: CallerCache, next: Exchange, ...[call, context]: Parameters<Exchange>) => {
    const { request, path } = context;
    const found = await lookUp(cache, path, kindOf(call), readRaw);
    if (typeof found === 'string') {
      onLookup(found);
      return next(call, context);
    }
    const { entry, body } = found;
    if (found.isFresh) {
      onLookup('hit');
      request.fromCache.add(path);
      const answer = Promise.resolve({ status: 200, body });
      const ageMs = Math.max(0, Date.now() - entry.askedAt);
      return request.trace.follow(call, 'remembered', answer, { ...context, ageMs });
    }
    if (entry.etag === undefined) {
      onLookup('miss');
      return next(call, context);
    }
    const renew: KnownAnswer['renew'] = (told) => cache.renew(path, kindOf(call), entry, told);
    const known = { etag: entry.etag, freshMs: entry.freshMs, body, raw: entry, renew };
    let status: number | undefined;
    try {
      const answer = await next(call, { ...context, known });
      ({ status } = answer);
      return answer;
    } finally {
      onLookup(status === 304 ? 'revalidated' : 'miss');
    }
  };

const keepIn =
  (open: OpenCache): Interceptor =>
  (next) =>
  (call, context) => {
    const cache = open(context.request);
    if (cache === undefined) return next(call, context);
    const { path, known } = context;
    const asking = known ? { ...context, headers: { 'if-none-match': known.etag } } : context;
    return next(call, asking).then(
      ({ status, body, raw }) => {
        if (raw === undefined) return { status, body: known && status === 304 ? known.body : body };
        // When the GET went out: it may have waited long for its turn, and its answer is younger.
        const askedAt = context.sent.wallClockAt ?? Date.now();
        if (status === 304 && known !== undefined) {
          const freshness = asBefore(raw.freshness, known.freshMs);
          const told = { askedAt, freshness, raw: known.raw };
          known.renew(told);
          return { status, body: known.body, told };
        }
        const isKept = cache.keeps(kindOf(call)) && !isOfRecords(call);
        const kept = isKept ? { ...raw, body: alone(raw.body) } : raw;
        keepAnswer(cache, call, path, { body, raw: kept, askedAt });
        const told = { askedAt, freshness: raw.freshness, raw: isKept ? kept : undefined };
        return { status, body, told };
      },
      (error: unknown) => {
        // The token is not accepted any more: nothing of before is for whoever sends it.
        if (error instanceof CotalkerError && error.code === 'UNAUTHENTICATED') cache.forget('all');
        throw error;
      },
    );
  };

interface Answered {
  readonly body: unknown;
  readonly raw: RawAnswer;
  readonly askedAt: number;
}

/** Keeps records one by one, and any other answer as it came. */
function keepAnswer(
  cache: CallerCache,
  call: Call,
  path: string,
  { body, raw, askedAt }: Answered,
): void {
  const kind = kindOf(call);
  if (!cache.keeps(kind) || mustNotBeCached(call)) return;
  const freshness = [raw.freshness];
  if (!isOfRecords(call)) cache.keep(path, kind, { ...raw, freshness }, askedAt);
  else
    for (const [name, record] of recordsIn(call, body)) {
      const content = record && write(record);
      const plain = { encoding: undefined, etag: undefined, freshness };
      if (content !== undefined) cache.keep(name, kind, { ...plain, body: content }, askedAt);
      // It is not remembered that there is none: the next batch asks for it.
      else cache.drop(name);
    }
}
