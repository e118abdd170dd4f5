import type { Call, Caller } from './call.ts';
import type { LineOwner, Release, Urgency } from './resilience/terms.ts';
import type { IdleWatch } from './sharing/when-quiet.ts';
import type { Asked, Trace } from './trace.ts';

/**
 * Brings the answer to a call. It never throws: what goes wrong, the promise rejects with.
 *
 * The wire is one (`wire/client.ts`), and so is the wire with any number of interceptors around it.
 */
export type Exchange = (call: Call, context: CallContext) => Promise<Answer>;

/**
 * Wraps an exchange: it may answer or refuse a call itself, change what goes along with it, or make it more
 * than once. `pipeline.ts` lists all of them in the order in which a call meets them.
 */
export type Interceptor = (next: Exchange) => Exchange;

export interface CallContext extends Asked {
  /** Others may share its answer. */
  readonly request: RequestContext;
  /** The call's path and query below the base URL, as of `pathOf`. */
  readonly path: string;
  /** Names the GET: two calls of one key are the same caller's, and of one path. */
  readonly key: string;
  /** Ends the call: nobody waits for it any more, or the time is up. */
  readonly signal: AbortSignal;
  /** 1, or more where it is a retry. */
  readonly attempt: number;
  readonly sent: Sent;
  readonly waitForSlot: WaitForSlot;
  /** What is sent with this call, beside the headers of its request. */
  readonly headers?: Headers;
  /** What is kept of the answer, and may still hold. */
  readonly known?: KnownAnswer | undefined;
  /**
   * Told by the wire if nothing has come of an answer for long.
   *
   * @param letGo Gives this attempt up, since another one has been answered.
   */
  readonly onSilent?: ((letGo: () => void) => void) | undefined;
  /** Of a second attempt: what has become of the first, beside which it goes over a new connection. */
  readonly beside?: Sent | undefined;
}

/** What has become of a call's GETs so far; the last attempt's is told. */
export interface Sent {
  count: number;
  /** When it did so the last time, as `performance.now()` counts. */
  at?: number;
  /** The same, as `Date.now()` counts. */
  wallClockAt?: number;
  /** Whether any of it may have come to Cotalker. Only of a write, whose outcome hangs on it. */
  isOut?: boolean;
  /** How long it has waited for its company's quota, in milliseconds. */
  waitedMs?: number;
  /** What its answer says of the calls that are left; undefined where it says nothing. */
  rateLimit?: RateLimit | undefined;
}

/** The `RateLimit` fields of an answer; see `wire/rate-limit.ts`. */
export interface RateLimit {
  /** The calls that may still be made, and the milliseconds until there are more. */
  readonly left: { readonly calls: number; readonly ms: number } | undefined;
  /** How many calls may be made in a window. */
  readonly policies: readonly { readonly calls: number; readonly windowMs: number }[];
}

/** One GraphQL request, as all of its calls see it. */
export interface RequestContext {
  readonly caller: Caller;
  readonly headers: Headers;
  /** How a line sees the request: when it began, and its deadline. */
  readonly owner: LineOwner;
  readonly urgency: Urgency;
  /** The turn in its company's quota that its first call goes by; undefined: it waits for one. */
  readonly ahead?: TurnAhead | undefined;
  /** Fires at the deadline, or when the caller goes away. */
  readonly signal: AbortSignal;
  readonly trace: Trace;
  readonly idle: IdleWatch;
  /** By path, what the request has asked so far. */
  readonly answers: Map<string, Promise<Answer>>;
  /** The paths whose answers in `answers` the response cache has given. */
  readonly fromCache: Set<string>;
  /** How many calls the request has made; retries are not counted. */
  readonly made: { count: number };
}

/** What a session's calls are for, as far as their order depends on it; see `call-line.ts`. */
export interface SessionWork {
  /** `later` where no caller waits for the calls. Default: `now`. */
  readonly urgency?: Urgency;
  /** Names the document that the request runs, and its shape: its calls are expected by it. */
  readonly document?: string | undefined;
  /** How many calls the request takes at the least, by the shape of its document. Default: that is not known. */
  readonly leastCalls?: number | undefined;
  /** See `Cotalker.turnOf`. */
  readonly ahead?: TurnAhead | undefined;
}

/**
 * Stands in a line for a call, once for each request that waits for it, also for those that join while it stands.
 * The call goes at the first turn that comes; later ones are given back. So no request waits in the queue of another.
 *
 * @param take Waits for the turn of one request. Where it rejects, that request alone is told so.
 * @param go Makes the call; it has to give the turn back.
 * @param fail Told where nobody is left who waits.
 */
export type WaitForSlot = (
  take: (request: RequestContext) => Promise<Release>,
  go: (release: Release) => void,
  fail: (error: unknown) => void,
) => void;

/** A turn that was waited for before the request that uses it began. */
export interface TurnAhead {
  /** Undefined once it has been taken. Who makes no call gives it back. */
  take(): Release | undefined;
}

export type Headers = Readonly<Record<string, string>>;

/** What an answer says of how long it is fresh, as it came; see `freshnessOf`. */
export type FreshnessHeaders = Readonly<
  Record<'cacheControl' | 'age' | 'date' | 'expires' | 'vary', string | undefined>
> & {
  /** Of a 304 that says nothing: how long the answer was fresh before, in milliseconds. */
  readonly beforeMs?: number;
};

export interface RawAnswer {
  readonly status: number;
  readonly encoding: string | undefined;
  readonly retryAfter: string | undefined;
  readonly etag: string | undefined;
  readonly freshness: FreshnessHeaders;
  readonly rateLimit?: RateLimit | undefined;
  /** Empty where the call has not gone well: such bodies are not documented, and nobody needs them. */
  readonly body: Uint8Array;
}

export interface Answer {
  /** 200, of a write any 2xx; 304 where it was asked for with `if-none-match`, and there is no body then. */
  readonly status: number;
  /** The parsed JSON body, not yet checked; never to be changed, since it may serve again. Undefined: it is empty. */
  readonly body: unknown;
  /** Only where the wire has been told to give it (`withRaw`). */
  readonly raw?: RawAnswer;
  readonly told?: Told;
}

export interface Told {
  /** When the GET was sent, in milliseconds as `Date.now()` counts. */
  readonly askedAt: number;
  readonly freshness: FreshnessHeaders;
  /** What the body was read from; only where the cache may keep that. */
  readonly raw?: RawBody | undefined;
}

/** A body as it came. */
export type RawBody = Pick<RawAnswer, 'encoding' | 'body'>;

/** An answer that is kept, and that Cotalker is asked about by its tag. */
export interface KnownAnswer {
  readonly etag: string;
  readonly body: unknown;
  readonly raw: RawBody;
  /** How long it was fresh, in milliseconds. */
  readonly freshMs: number;
  /** Keeps it on, since it still holds. */
  readonly renew: (told: Told) => void;
}

/**
 * Reads a body as it came, whenever that was.
 *
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where it is out of bounds, corrupt, or no JSON.
 */
export type ReadRaw = (path: string, raw: RawBody) => Promise<unknown>;
