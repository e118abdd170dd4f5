import { overloaded } from '../errors.ts';
import type { Feed } from './feed.ts';

export interface LiveLoad {
  readonly subscriptions: number;
  readonly feeds: number;
  readonly failing: number;
  readonly turnedAway: number;
}

/** The most feeds of one caller. Each feed polls; the front ends of one user follow few lists. */
const FEEDS_PER_CALLER = 10;
/**
 * A caller may open this part of the subscriptions that are free, but at least this number. So a few callers never
 * have all of them, as with requests (`src/http/overload/places.ts`).
 */
const PART_PER_CALLER = 0.1;
const MIN_PER_CALLER = 10;
/**
 * Callers whose tokens Cotalker has not accepted may together be about to open this part of what is free: anybody can make
 * up tokens for free.
 */
const PART_OF_STRANGERS = 0.5;

interface Shared {
  /** Of the records of the list that its name stands for. */
  readonly feed: Feed<unknown>;
  readonly stop: AbortController;
  listeners: number;
}

interface Share {
  subscriptions: number;
  readonly feeds: Map<string, Shared>;
}

export class Feeds {
  readonly #max: number;
  readonly #shares = new Map<string, Share>();
  #subscriptions = 0;
  /** Those that strangers are about to open. */
  #ofStrangers = 0;
  #turnedAway = 0;

  constructor(maxSubscriptions: number) {
    this.#max = maxSubscriptions;
  }

  get load(): LiveLoad {
    const feeds = [...this.#shares.values()].flatMap((share) => [...share.feeds.values()]);
    return {
      subscriptions: this.#subscriptions,
      feeds: feeds.length,
      failing: feeds.filter(({ feed }) => feed.isFailing).length,
      turnedAway: this.#turnedAway,
    };
  }

  hasten(name: string): void {
    for (const { feeds } of this.#shares.values()) feeds.get(name)?.feed.hasten();
  }

  /**
   * @param name Of one list alone, which has records of one kind.
   * @param open Opens the feed; its signal fires when the last subscriber leaves.
   * @param isKnown Whether Cotalker has accepted the caller's token before.
   * @returns The feed, and what to call when the subscription is open, and when it ends.
   * @throws GraphQLError `OVERLOADED` if there are too many, in all or for this caller.
   */
  listen<R>(
    caller: string,
    name: string,
    open: (signal: AbortSignal) => Feed<R>,
    isKnown = true,
  ): { readonly feed: Feed<R>; readonly opened: () => void; readonly leave: () => void } {
    const share = this.#shares.get(caller) ?? {
      subscriptions: 0,
      feeds: new Map<string, Shared>(),
    };
    const isFull = this.#subscriptions >= this.#max || (!isKnown && this.#isFullOfStrangers());
    if (isFull || !this.#hasRoom(share, name)) {
      this.#turnedAway += 1;
      throw overloaded(isFull ? 'subscriptions' : 'subscriptions of this token');
    }
    const known = share.feeds.get(name);
    const shared = known && !known.feed.hasEnded ? known : openShared(open);
    this.#shares.set(caller, share);
    share.feeds.set(name, shared);
    share.subscriptions += 1;
    shared.listeners += 1;
    this.#subscriptions += 1;
    let isOfStranger = !isKnown;
    if (isOfStranger) this.#ofStrangers += 1;
    const opened = (): void => {
      if (isOfStranger) this.#ofStrangers -= 1;
      isOfStranger = false;
    };
    let isOver = false;
    const leave = (): void => {
      if (isOver) return;
      isOver = true;
      opened();
      this.#subscriptions -= 1;
      share.subscriptions -= 1;
      shared.listeners -= 1;
      if (share.subscriptions === 0) this.#shares.delete(caller);
      if (shared.listeners > 0) return;
      shared.stop.abort();
      if (share.feeds.get(name) === shared) share.feeds.delete(name);
    };
    return { feed: shared.feed as Feed<R>, opened, leave };
  }

  #isFullOfStrangers(): boolean {
    const free = this.#max - this.#subscriptions + this.#ofStrangers;
    return this.#ofStrangers >= Math.ceil(free * PART_OF_STRANGERS);
  }

  #hasRoom(share: Share, name: string): boolean {
    const left = this.#max - this.#subscriptions;
    return (
      share.subscriptions < Math.max(MIN_PER_CALLER, Math.ceil(left * PART_PER_CALLER)) &&
      (share.feeds.has(name) || share.feeds.size < FEEDS_PER_CALLER)
    );
  }
}

function openShared(open: (signal: AbortSignal) => Feed<unknown>): Shared {
  const stop = new AbortController();
  return { feed: open(stop.signal), stop, listeners: 0 };
}
