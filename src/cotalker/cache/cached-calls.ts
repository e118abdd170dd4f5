import type { CallerCache, Found, LookupResult, ResponseCache } from './response-cache.ts';
import { type Answer, type Call, continuesList, type ReadRaw } from '../call.ts';
import { type Caller, identify } from '../caller.ts';
import type { Sender, Sending } from '../resilience/attempts.ts';
import type { Trace } from '../trace.ts';

/** How a session uses the response cache. */
export interface CacheUse {
  readonly cache: ResponseCache;
  /** Of the client, which is to give its answers with what they were read from. */
  readonly readRaw: ReadRaw;
  /** Told of each lookup. */
  readonly onLookup?: ((result: LookupResult) => void) | undefined;
}

/** An answer that may still hold, if Cotalker says so. */
export interface Stale extends Found {
  readonly etag: string;
  readonly body: unknown;
}

/** Makes a call; `stale` is what is known of its answer, `begun` when it was asked for. */
type Ask = (call: Call, path: string, stale?: Stale, begun?: number) => Promise<Answer>;

/** The calls of one request, of which the response cache answers some. */
export interface Cached {
  /**
   * The answer that is kept of the call, else what `ask` gives. A lookup takes no slot, and what it finds
   * is no call: no limit counts it, and it is served while the breaker is open.
   */
  get(call: Call, path: string, ask: Ask): Promise<Answer>;
  /** Whether the request has got its answer of this path from the cache. */
  hasServed(path: string): boolean;
  /** Sends the GET, by the tag of what is known where there is one, and keeps the answer. */
  send(sender: Sender, sending: Sending, call: Call, stale: Stale | undefined): Promise<Answer>;
}

type WithToken = Caller & { readonly authorization: string };

/** undefined: the cache is off, or not for this caller. */
export const openCached = (
  use: CacheUse | undefined,
  caller: Caller,
  trace: Trace,
): Cached | undefined =>
  use === undefined || caller.authorization === undefined || caller.caching === 'none'
    ? undefined
    : createCached(use, caller as WithToken, use.cache.of(caller as WithToken), trace);

function createCached(
  { readRaw, onLookup = () => undefined }: CacheUse,
  caller: WithToken,
  cache: CallerCache,
  trace: Trace,
): Cached {
  const served = new Set<string>();
  const mustAsk = (call: Call): boolean =>
    call.again === true || call.fresh === true || caller.caching === 'renew' || continuesList(call);

  /** What is kept, with its body; a body that cannot be read is as good as none. */
  const lookUp = async (path: string) => {
    const found = await cache.find(path);
    if (typeof found === 'string') return found;
    try {
      return { ...found, body: await readRaw(path, identify(caller), found.entry) };
    } catch {
      return 'error';
    }
  };

  return {
    hasServed: (path) => served.has(path),
    get: async (call, path, ask) => {
      if (mustAsk(call)) {
        served.delete(path);
        return ask(call, path);
      }
      const begun = performance.now();
      const found = await lookUp(path);
      if (typeof found !== 'string' && found.isFresh) {
        onLookup('hit');
        served.add(path);
        const answer = Promise.resolve({ status: 200, body: found.body });
        return trace.follow(call, 'cached', answer, undefined, begun);
      }
      const etag = typeof found === 'string' ? undefined : found.entry.etag;
      if (typeof found === 'string' || etag === undefined) {
        onLookup(found === 'error' ? 'error' : 'miss');
        return ask(call, path, undefined, begun);
      }
      let status: number | undefined;
      try {
        const answer = await ask(call, path, { ...found, etag }, begun);
        ({ status } = answer);
        return answer;
      } finally {
        onLookup(status === 304 ? 'revalidated' : 'miss');
      }
    },
    send: async (sender, sending, call, stale) => {
      const { path, headers } = sending;
      const askedAt = Date.now();
      const tagged = stale ? { ...headers, 'if-none-match': stale.etag } : headers;
      const { status, body, raw } = await sender.send({ ...sending, headers: tagged });
      if (status === 304 && stale !== undefined) {
        if (raw !== undefined) cache.renew(path, stale.entry, raw, askedAt);
        return { status, body: stale.body };
      }
      if (raw !== undefined && !continuesList(call)) cache.keep(path, raw, askedAt);
      return { status, body };
    },
  };
}
