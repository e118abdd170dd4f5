import { setTimeout as sleep } from 'node:timers/promises';
import { CotalkerError, type CotalkerErrorCode } from '../cotalker/errors.ts';
import type { KeysetWindow } from '../cotalker/paging/keyset.ts';
import type { Position } from '../cotalker/records/position.ts';
import { toEdges } from '../mapping/connection.ts';
import type { FailingFeeds } from './failing-feeds.ts';

/**
 * Reads a list from a position, like `readKeyset`, with a deadline of its own.
 *
 * @param signal Ends it sooner.
 */
export type ReadOn<R> = (
  after: Position | undefined,
  want: number,
  signal: AbortSignal,
) => Promise<KeysetWindow<R>>;

/** Reads one list. */
export interface Reader<R> {
  readonly read: ReadOn<R>;
  /** Finds the position after all current items (`list-end.ts`). */
  readonly findListEnd: () => Promise<Position | undefined>;
}

/** One list, polled for all its subscribers. */
export interface Feed<R> {
  /** Whether the end of the list is known: the feed polls from there. */
  readonly hasBegun: boolean;
  /** The number of batches so far. */
  readonly count: number;
  /** The position after the last batch; undefined if the list is empty. */
  readonly lastPosition: Position | undefined;
  /** Whether the feed has ended for good. */
  readonly hasEnded: boolean;
  /**
   * Starts after all items that are known to be on the list.
   *
   * @returns Whether this call started it: a feed starts only once.
   */
  begin(lastPosition: Position | undefined): boolean;
  /** Polls as soon as after a change: a new subscriber should not wait for a slow poll. */
  hasten(): void;
  /**
   * Waits for the batch that comes after the `count`th.
   *
   * @returns undefined if a later batch has replaced it, or once `signal` fires.
   * @throws CotalkerError if polling cannot succeed any more.
   */
  batchAfter(count: number, signal: AbortSignal): Promise<KeysetWindow<R> | undefined>;
}

export interface FeedOptions<R> {
  readonly read: ReadOn<R>;
  /** Milliseconds between two polls while the list changes. */
  readonly pollMs: number;
  /** Fires when the last subscriber has left. */
  readonly signal: AbortSignal;
  /** Waits between polls, and rejects once the signal fires. A test passes its own clock. Default: real time. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called for each poll that fails, and for the first that succeeds again. */
  readonly failing?: FailingFeeds;
}

/** The longest factor by which polls slow down while nothing changes, or Cotalker fails. */
export const MAX_BACKOFF = 6;
/** The longest `Retry-After` that a feed obeys, in milliseconds: subscribers see nothing while it waits. */
const MAX_RETRY_AFTER_MS = 300_000;
/** The most items that a poll asks for, and that a feed keeps. */
export const MAX_BATCH = 500;
/** Errors that a further call with the same token would get again. */
const FINAL: ReadonlySet<CotalkerErrorCode> = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

/**
 * Polls a list for changes, from its end on. It holds only the last batch. A subscriber that misses a batch reads
 * by itself (`changes.ts`), so the feed waits for nobody and its memory is bounded.
 */
export function createFeed<R>({
  read,
  pollMs,
  signal,
  wait = sleepUnlessLeft,
  failing,
}: FeedOptions<R>): Feed<R> {
  let hasBegun = false;
  let lastPosition: Position | undefined;
  let count = 0;
  let last: KeysetWindow<R> | undefined;
  let failure: unknown;
  /** The number of `pollMs` between the last poll and the next, and how many are left. */
  let interval = 1;
  let left = 1;
  let isFailing = false;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const resolve of waiting) resolve();
  };

  const take = (window: KeysetWindow<R>): void => {
    lastPosition =
      toEdges(window.items, lastPosition, window.newest).at(-1)?.position ?? lastPosition;
    last = window;
    count += 1;
    wake();
  };
  const poll = async (): Promise<void> => {
    // Checked after the reading: a subscriber may have joined meanwhile.
    const longer = (): number => Math.min(2 * interval, MAX_BACKOFF);
    try {
      let window = await read(lastPosition, MAX_BATCH, signal);
      interval = window.items.length === 0 ? longer() : 1;
      isFailing = false;
      failing?.ended(feed);
      for (; window.items.length > 0; window = await read(lastPosition, MAX_BATCH, signal)) {
        take(window);
        if (!window.hasMore) return;
      }
    } catch (error) {
      // The last subscriber has left, which is no failure of Cotalker.
      if (signal.aborted) throw error;
      if (!(error instanceof CotalkerError) || FINAL.has(error.code)) throw error;
      const pauseMs = Math.min(MAX_RETRY_AFTER_MS, 1000 * (error.retryAfter ?? 0));
      interval = Math.max(longer(), Math.ceil(pauseMs / pollMs));
      isFailing = true;
      failing?.failed(feed, error.code);
    }
  };
  const run = async (): Promise<void> => {
    try {
      for (;;) {
        await wait(pollMs, signal);
        left -= 1;
        if (left > 0) continue;
        await poll();
        left = interval;
      }
    } catch (error) {
      failure = error;
      failing?.ended(feed);
      wake();
    }
  };

  const feed: Feed<R> = {
    get hasBegun() {
      return hasBegun;
    },
    get count() {
      return count;
    },
    get lastPosition() {
      return lastPosition;
    },
    get hasEnded() {
      return failure !== undefined;
    },
    begin: (position) => {
      if (hasBegun) return false;
      hasBegun = true;
      lastPosition = position;
      void run();
      return true;
    },
    hasten: () => {
      // A failing Cotalker is not polled sooner.
      if (isFailing) return;
      interval = 1;
      left = 1;
    },
    batchAfter: async (known, gone) => {
      while (count === known && failure === undefined && !gone.aborted) await wakeUp(waiting, gone);
      if (gone.aborted) return undefined;
      if (count === known) throw failure;
      return count === known + 1 ? last : undefined;
    },
  };
  return feed;
}

const sleepUnlessLeft = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal, ref: false });

/** Resolves when it is called, or when the signal fires. */
const wakeUp = (waiting: Set<() => void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      waiting.delete(end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    waiting.add(end);
    signal.addEventListener('abort', end, { once: true });
  });
