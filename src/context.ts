import type { YogaInitialContext } from 'graphql-yoga';
import { type CallerFacts, createCaller } from './cotalker/caller.ts';
import type { Cotalker, Session } from './cotalker/session.ts';
import type { TracedCall } from './cotalker/trace.ts';
import type { FollowGroups, GroupChangesArgs } from './live/group-changes.ts';
import { Loaders } from './loaders/index.ts';
import { REQUEST_ID_HEADER } from './observe/request-id.ts';
import { noteCalls, type Summarized, type Summary } from './observe/request-summary.ts';

/** What every resolver gets to see. */
export interface Context extends Pick<YogaInitialContext, 'params'>, Summarized {
  readonly loaders: Loaders;
  /** See `FollowGroups`, for the caller of the request. */
  readonly followGroups: (args: GroupChangesArgs) => ReturnType<FollowGroups>;
  /** What the request asked of Cotalker so far; only where the caller wants to know. */
  readonly explain?: () => readonly TracedCall[];
  /** See `Session`. */
  readonly isRefused: Session['isRefused'];
  /** To be called once the answer is made: nothing of the request is waited for any more. */
  readonly close: () => void;
}

/** What a context is made from: of the caller's request, no more than this is read. */
export interface Incoming {
  readonly headers: Pick<Headers, 'get'>;
  /** Fires when the caller goes away. */
  readonly signal: AbortSignal;
}

interface Asked extends Summarized {
  readonly request: Incoming;
  /** Whether nothing that the response cache has kept will do, whatever the caller says. */
  readonly fresh?: boolean;
}

export interface ContextOptions {
  readonly cotalker: Cotalker;
  readonly followGroups: FollowGroups;
  /** Milliseconds until all upstream calls of a request are given up. */
  readonly deadlineMs: number;
}

/**
 * Builds what one request needs: the caller, its deadline, and a set of loaders of its own.
 * The upstream calls end when the deadline passes or the caller goes away.
 */
export function createContext({ cotalker, followGroups, deadlineMs }: ContextOptions) {
  return ({ request, summary, fresh = false }: Asked): Omit<Context, keyof Asked | 'params'> => {
    // What it has waited for its turn counts; a timer of 0 would still let a call go out.
    const leftMs = Math.max(1, deadlineMs - summary.waitedMs);
    const { signal, close } = withDeadline(request.signal, leftMs);
    const document = summary.operation?.hash ?? undefined;
    const asking = readCaller(request.headers, summary);
    const caching = fresh ? (asking.caching ?? 'renew') : asking.caching;
    const caller = createCaller({ ...asking, caching });
    const session = cotalker.openSession(caller, signal, leftMs, { document });
    noteCalls(summary, session.trace);
    return {
      loaders: new Loaders(session),
      // For as long as the caller is there: the deadline is not of the subscription, but of each reading.
      followGroups: (args) => followGroups({ caller, session, gone: request.signal }, args),
      isRefused: session.isRefused,
      close: () => {
        close();
        session.end();
      },
      ...(isTrue(request.headers.get('x-explain')) && { explain: () => session.trace }),
    };
  };
}

/**
 * Fires as the signal does, or when the time is up. `AbortSignal.any` with `AbortSignal.timeout` does the
 * same, but its timer outlives the request, and it costs three times as much.
 */
function withDeadline(gone: AbortSignal, ms: number) {
  const controller = new AbortController();
  const leave = (): void => {
    controller.abort(gone.reason);
    close();
  };
  const timer = setTimeout(() => {
    controller.abort(new DOMException('the deadline passed', 'TimeoutError'));
    close();
  }, ms).unref();
  const close = (): void => {
    clearTimeout(timer);
    gone.removeEventListener('abort', leave);
  };
  if (gone.aborted) leave();
  else gone.addEventListener('abort', leave, { once: true });
  return { signal: controller.signal, close };
}

const isTrue = (value: string | null): boolean => value?.trim().toLowerCase() === 'true';

/** RFC 6750, section 2.1, a little wider: any token without spaces or control characters. */
const BEARER = /^Bearer +[\x21-\x7e]+$/i;
/**
 * What of the caller's headers goes on to Cotalker: what is not taken up here does not.
 *
 * @param summary Has the request's id and trace.
 */
export function readCaller(headers: Pick<Headers, 'get'>, summary: Summary): CallerFacts {
  const authorization = headers.get('authorization');
  const { requestId, traceparent } = summary;
  return {
    authorization: authorization !== null && BEARER.test(authorization) ? authorization : undefined,
    admin: isTrue(headers.get('admin')),
    caching: readCaching(headers.get('cache-control')),
    tracing: {
      ...(traceparent !== undefined && { traceparent }),
      [REQUEST_ID_HEADER]: requestId,
    },
  };
}

/** RFC 9111, section 5.2.1. Browsers send `max-age=0` where a page reloads. */
function readCaching(cacheControl: string | null): CallerFacts['caching'] {
  if (cacheControl === null) return undefined;
  const directives = cacheControl.toLowerCase().split(/[\s,]+/);
  if (directives.includes('no-store')) return 'none';
  return directives.some((one) => one === 'no-cache' || one === 'max-age=0') ? 'renew' : undefined;
}
