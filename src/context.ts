import type { IncomingHttpHeaders } from 'node:http';
import type { GraphQLParams } from 'graphql-yoga';
import { type CallerFacts, createCaller } from './cotalker/call.ts';
import type { Cotalker, Session } from './cotalker/session.ts';
import type { TracedCall } from './cotalker/trace.ts';
import type { ChannelChangesArgs, FollowChannel } from './live/channel-changes.ts';
import type { FollowGroups, GroupChangesArgs } from './live/group-changes.ts';
import { mutationsOff } from './errors.ts';
import { Loaders } from './loaders/index.ts';
import {
  note,
  REQUEST_ID_HEADER,
  type Summarized,
  type Summary,
} from './observe/request-summary.ts';
import type { Bearer } from './token-hash.ts';
import type { Desk } from './writes/desk.ts';

export interface Incoming {
  /** GET, where the caller asked by HEAD. */
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Undefined: the caller sent no token. */
  readonly bearer: Bearer | undefined;
  /** Whether Cotalker has accepted the token before. */
  readonly isKnown: boolean;
  /** Whether the caller reads an answer in parts, or the events of a subscription in any format. */
  readonly accepts: (what: 'parts' | 'events') => boolean;
  readonly signal: AbortSignal;
}

export interface Asked extends Summarized {
  readonly request: Incoming;
}

export interface Context extends Asked {
  readonly params: GraphQLParams;
  readonly loaders: Loaders;
  /**
   * What a mutation works with; to be called once for each.
   *
   * @throws GraphQLError `MUTATIONS_OFF`.
   */
  readonly desk: () => Desk;
  /** `FollowGroups` for the caller of the request. */
  readonly followGroups: (args: GroupChangesArgs) => ReturnType<FollowGroups>;
  /** `FollowChannel` for the caller of the request. */
  readonly followChannel: (args: ChannelChangesArgs) => ReturnType<FollowChannel>;
  /** The calls of the request so far; only if the caller asked for them with `X-Explain`. */
  readonly explain?: () => readonly TracedCall[];
  /** What the calls of the request have come to, up to the moment. */
  readonly outcome: Session['outcome'];
  /** Call it once the answer is made: nothing of the request is waited for any more. */
  readonly close: () => void;
}

interface ContextOptions {
  readonly cotalker: Cotalker;
  readonly followGroups: FollowGroups;
  readonly followChannel: FollowChannel;
  readonly tellFollowers: Desk['tellFollowers'];
  /** Whether callers may change anything. */
  readonly mutations: boolean;
  readonly deadlineMs: number;
}

/**
 * Builds the context of one request: the caller, its deadline, and its own loaders. The calls to Cotalker end when
 * the deadline passes or the caller leaves.
 */
export function createContext({
  cotalker,
  followGroups,
  followChannel,
  tellFollowers,
  mutations,
  deadlineMs,
}: ContextOptions) {
  /** @param fresh Whether to ignore the response cache, whatever the caller says. */
  return ({ request, summary }: Asked, fresh = false): Omit<Context, keyof Asked | 'params'> => {
    // The time since it came counts: in line, and for its document. A timer of 0 would still let a call go out.
    const leftMs = Math.max(1, deadlineMs - (performance.now() - summary.start));
    const { signal, close } = withDeadline(request.signal, leftMs);
    const hash = summary.operation?.hash ?? undefined;
    const leastCalls = summary.estimate?.calls;
    // What a document took with other variables, such as those of `@include`, says nothing of what it takes now.
    const work = { document: hash && `${hash} ${leastCalls ?? ''}`, leastCalls };
    const asking = readCaller(request, summary);
    const caching = fresh ? (asking.caching ?? 'renew') : asking.caching;
    const caller = createCaller({ ...asking, caching });
    const session = cotalker.openSession(caller, signal, leftMs, work);
    note(summary, { calls: session.trace });
    // As long as the caller is there: a subscription has no deadline, but each of its polls has one.
    const { isKnown, signal: gone } = request;
    const follower = { caller, isKnown, session, gone };
    const loaders = new Loaders(session);
    return {
      loaders,
      desk: () => {
        if (!mutations) throw mutationsOff();
        session.checkWrite();
        loaders.forget();
        return { session, loaders, tellFollowers };
      },
      followGroups: (args) => followGroups(follower, args),
      followChannel: (args) => followChannel(follower, args),
      outcome: session.outcome,
      close: () => {
        close();
        session.end();
      },
      ...(isTrue(request.headers['x-explain']) && { explain: () => session.trace }),
    };
  };
}

/**
 * Fires when the signal fires, or when the time is up. `AbortSignal.any` with `AbortSignal.timeout` does the same,
 * but its timer outlives the request, and it costs three times as much.
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

const isTrue = (value: unknown): boolean => String(value).trim().toLowerCase() === 'true';

/**
 * Selects the caller's headers that go to Cotalker. All others do not.
 *
 * @param summary The notes with the request's id and trace.
 */
function readCaller({ headers, bearer }: Incoming, summary: Summary): CallerFacts {
  const { requestId, traceparent } = summary;
  return {
    authorization: bearer?.authorization,
    token: bearer?.hash,
    admin: isTrue(headers['admin']),
    caching: readCaching(headers['cache-control']),
    tracing: {
      ...(traceparent !== undefined && { traceparent }),
      [REQUEST_ID_HEADER]: requestId,
    },
  };
}

/** RFC 9111, section 5.2.1. Browsers send `max-age=0` when a page reloads. */
function readCaching(cacheControl: string | undefined): CallerFacts['caching'] {
  if (cacheControl === undefined) return undefined;
  const directives = cacheControl.toLowerCase().split(/[\s,]+/);
  if (directives.includes('no-store')) return 'none';
  return directives.some((one) => one === 'no-cache' || one === 'max-age=0') ? 'renew' : undefined;
}
