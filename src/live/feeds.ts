import { overloaded } from '../errors.ts';
import type { Feed } from './feed.ts';

/** Counts of subscriptions and feeds. */
export interface LiveLoad {
  /** Subscriptions that are open or opening. */
  readonly subscriptions: number;
  /** Lists that are polled for them. */
  readonly feeds: number;
  /** Subscriptions turned away since the start. */
  readonly turnedAway: number;
}

/** A subscriber of a feed. */
export interface FeedSubscription<R> {
  readonly feed: Feed<R>;
  /** Ends the subscription to the feed. A second call does nothing. */
  leave(): void;
}

/** The open feeds. Each closes with its last subscriber. */
export interface Feeds<R> {
  readonly load: LiveLoad;
  /**
   * Subscribes to the caller's feed of this name, and opens it if nobody has.
   *
   * @param caller Tells callers apart.
   * @param open Opens the feed; its signal fires when the last subscriber leaves.
   * @throws GraphQLError `OVERLOADED` if there are too many, in all or for this caller.
   */
  listen(caller: string, name: string, open: (signal: AbortSignal) => Feed<R>): FeedSubscription<R>;
}

/** The most feeds of one caller. Each feed polls; the front ends of one user follow few lists. */
const FEEDS_PER_CALLER = 10;
/**
 * A caller may open this part of the subscriptions that are free, but at least this number. So a few callers never
 * have all of them, as with requests (`src/http/overload/places.ts`).
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
