import { randomUUID } from 'node:crypto';
import { addAbortListener } from 'node:events';
import { type Caller, createCaller } from '../cotalker/call.ts';
import type { Position } from '../cotalker/records/moment.ts';
import { type Cotalker, freshly, type Session } from '../cotalker/session.ts';
import { overloaded } from '../errors.ts';
import { REQUEST_ID_HEADER } from '../observe/request-summary.ts';
import { type Change, openChanges } from './changes.ts';
import { Feed, type Reader } from './feed.ts';
import { Feeds, type LiveLoad } from './feeds.ts';

/** The subscriber. */
export interface Follower {
  readonly caller: Caller;
  /** Whether Cotalker has accepted its token before. */
  readonly isKnown: boolean;
  /** The session of the request that subscribes; used until the subscription is open. */
  readonly session: Session;
  /** Fires when the caller leaves, which ends the subscription. */
  readonly gone: AbortSignal;
}

/** A list of a caller's, and what becomes of its changes. */
export interface FollowedList<R, E> {
  /** The list's name for its cursors, which no other list has. */
  readonly name: string;
  /** Where to start; undefined: now. */
  readonly after: Position | undefined;
  readonly readerOf: (caller: Caller, session: Session) => Reader<R>;
  readonly toEvent: (change: Change<R>) => E;
}

export interface LiveOptions {
  /** Milliseconds between two polls while a list changes. */
  readonly pollMs: number;
  /** The most subscriptions open at once, whatever they follow. */
  readonly maxSubscriptions: number;
}

export interface FollowOptions extends LiveOptions {
  readonly cotalker: Cotalker;
  /** Milliseconds that one reading may take. */
  readonly deadlineMs: number;
  /** Fires when the gateway accepts nothing more, which ends all subscriptions. */
  readonly ending: AbortSignal;
  /** Called for each poll that fails, though the next one may succeed. */
  readonly onFailing: (code: string) => void;
}

/**
 * Follows a list of a caller's. Gives what changes or is new in it.
 *
 * The last event may be an error, which the executor throws. When the gateway stops, the events end without an
 * error.
 *
 * @throws GraphQLError `OVERLOADED` if there are too many subscriptions, of all callers or of this one.
 *   CotalkerError if the list cannot be read.
 */
export type Follow = <R, E>(
  follower: Follower,
  list: FollowedList<R, E>,
) => Promise<AsyncIterable<E | Error>>;

/** One feed for all subscribers of the same list with the same token. It ends with the last of them. */
export function createFollow(options: FollowOptions) {
  const { cotalker, deadlineMs, pollMs, maxSubscriptions, ending, onFailing } = options;
  const feeds = new Feeds(maxSubscriptions);

  const openFeed = <R>(
    caller: Caller,
    readerOf: FollowedList<R, unknown>['readerOf'],
    signal: AbortSignal,
  ): Feed<R> => {
    // Polls serve all subscribers, so they do not belong to the request that came first. No cache has what they look for.
    const tracing = { [REQUEST_ID_HEADER]: randomUUID() };
    const { authorization, token, admin } = caller;
    const poller = createCaller({ authorization, token, admin, tracing, caching: 'none' });
    /** A poll waits for its turn without a deadline: its company may have more followers than its quota has polls. */
    const read: Reader<R>['read'] = async (after, want, left) => {
      const ahead = await cotalker.turnOf(poller, left);
      const limit = AbortSignal.any([left, AbortSignal.timeout(deadlineMs)]);
      const work = { urgency: 'later', ahead } as const;
      const session = cotalker.openSession(poller, limit, deadlineMs, work);
      try {
        return await readerOf(caller, session).read(after, want, left);
      } finally {
        ahead?.take()?.();
      }
    };
    return new Feed({ read, pollMs, signal, onFailing });
  };

  const follow: Follow = async (follower, { name, after, readerOf, toEvent }) => {
    const { caller, isKnown, session, gone } = follower;
    if (ending.aborted) throw overloaded('subscriptions');
    const open = (signal: AbortSignal) => openFeed(caller, readerOf, signal);
    const { feed, opened, leave } = feeds.listen(caller.identity, name, open, isKnown);
    const signal = AbortSignal.any([gone, ending]);
    const listener = addAbortListener(signal, leave);
    // On a signal that never fires, a listener would stay as long as the gateway runs.
    const end = (): void => {
      listener[Symbol.dispose]();
      leave();
    };
    const changes = await openChanges({
      feed,
      after,
      opening: readerOf(caller, freshly(session)),
      signal,
    }).catch((error: unknown) => {
      end();
      throw error;
    });
    opened();
    return tell(changes, toEvent, signal, end);
  };
  return {
    follow,
    /** A list has changed: polls it soon, for all who follow it. */
    hasten: (name: string): void => feeds.hasten(name),
    get load(): LiveLoad {
      return feeds.load;
    },
  };
}

/** The changes as events. An error is the last one. */
async function* tell<R, E>(
  changes: AsyncIterable<Change<R>>,
  toEvent: (change: Change<R>) => E,
  signal: AbortSignal,
  end: () => void,
): AsyncGenerator<E | Error, void> {
  try {
    for await (const change of changes) yield toEvent(change);
  } catch (error) {
    if (signal.aborted) return;
    yield error instanceof Error ? error : new Error('the feed failed');
  } finally {
    end();
  }
}
