import { overloaded } from '../errors.ts';
import type { Feed } from './feed.ts';

/** How much is followed. */
export interface LiveLoad {
  /** Subscriptions that are open, or about to be. */
  readonly subscriptions: number;
  /** Lists that are polled for them. */
  readonly feeds: number;
  /** Subscriptions turned away since the start. */
  readonly turnedAway: number;
}

/** One who listens to a feed. */
export interface Place<R> {
  readonly feed: Feed<R>;
  /** To be called when it is not listened to any more; again, it does nothing. */
  leave(): void;
}

/** The feeds that are listened to, each for as long as it is. */
export interface Feeds<R> {
  readonly load: LiveLoad;
  /**
   * Listens to the caller's feed of this name; the first who does opens it.
   *
   * @param caller Tells callers apart.
   * @param open Makes it; its signal fires when nobody listens any more.
   * @throws GraphQLError `OVERLOADED` where that would be more than there may be, in all or for this caller.
   */
  listen(caller: string, name: string, open: (signal: AbortSignal) => Feed<R>): Place<R>;
}

/** Each takes a poll of its own: the front ends of one user follow few lists. */
const FEEDS_PER_CALLER = 10;
/**
 * A caller may have open as many as this part of what is left free, and this number at the least: so a few callers
 * never have all, as with the places of requests (`src/http/overload/places.ts`).
 */
const PART_PER_CALLER = 0.1;
const MIN_PER_CALLER = 10;

interface Shared<R> {
  readonly feed: Feed<R>;
  readonly stop: AbortController;
  listeners: number;
}

interface Share<R> {
  subscriptions: number;
  readonly feeds: Map<string, Shared<R>>;
}

/** @param maxSubscriptions How many may be open at once, of all callers. */
export function createFeeds<R>(maxSubscriptions: number): Feeds<R> {
  const shares = new Map<string, Share<R>>();
  let subscriptions = 0;
  let feeds = 0;
  let turnedAway = 0;

  const perCaller = (): number =>
    Math.max(MIN_PER_CALLER, Math.ceil((maxSubscriptions - subscriptions) * PART_PER_CALLER));
  const hasRoom = (share: Share<R>, name: string): boolean =>
    share.subscriptions < perCaller() &&
    (share.feeds.has(name) || share.feeds.size < FEEDS_PER_CALLER);

  const open = (make: (signal: AbortSignal) => Feed<R>): Shared<R> => {
    const stop = new AbortController();
    feeds += 1;
    return { feed: make(stop.signal), stop, listeners: 0 };
  };

  return {
    get load() {
      return { subscriptions, feeds, turnedAway };
    },
    listen: (caller, name, make) => {
      const share = shares.get(caller) ?? { subscriptions: 0, feeds: new Map<string, Shared<R>>() };
      const isFull = subscriptions >= maxSubscriptions;
      if (isFull || !hasRoom(share, name)) {
        turnedAway += 1;
        throw overloaded(isFull ? 'subscriptions' : 'subscriptions of this token');
      }
      const known = share.feeds.get(name);
      const shared = known && !known.feed.hasEnded ? known : open(make);
      shares.set(caller, share);
      share.feeds.set(name, shared);
      share.subscriptions += 1;
      subscriptions += 1;
      shared.listeners += 1;
      let isOver = false;
      return {
        feed: shared.feed,
        leave: () => {
          if (isOver) return;
          isOver = true;
          subscriptions -= 1;
          share.subscriptions -= 1;
          shared.listeners -= 1;
          if (share.subscriptions === 0) shares.delete(caller);
          if (shared.listeners > 0) return;
          shared.stop.abort();
          feeds -= 1;
          if (share.feeds.get(name) === shared) share.feeds.delete(name);
        },
      };
    },
  };
}
