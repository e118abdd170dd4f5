import { setTimeout as sleep } from 'node:timers/promises';
import { CotalkerError, type CotalkerErrorCode } from '../cotalker/errors.ts';
import type { KeysetWindow } from '../cotalker/paging/keyset.ts';
import type { Position } from '../cotalker/records/position.ts';
import { toEdges } from '../mapping/connection.ts';
import type { FailingFeeds } from './failing-feeds.ts';

/**
 * Reads a list on from a place, as `readKeyset` does, by a call with a deadline of its own.
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
  /** Finds the place behind all that is on the list now (`list-end.ts`). */
  readonly findTip: () => Promise<Position | undefined>;
}

/** One list, polled for all who listen to it. */
export interface Feed<R> {
  /** Whether it is known where the list ends: it is polled from there on. */
  readonly hasBegun: boolean;
  /** How many batches of changes there have been. */
  readonly count: number;
  /** The place behind all that has been told; undefined where nothing is on the list. */
  readonly tip: Position | undefined;
  /** Whether there is no use in listening to it any more. */
  readonly hasEnded: boolean;
  /**
   * Begins behind all that is known to be on the list.
   *
   * @returns Whether it does so now: it begins but once.
   */
  begin(tip: Position | undefined): boolean;
  /** Polls as soon as if the list had just changed: somebody has joined who sees no reason to wait. */
  hasten(): void;
  /**
   * Waits for the batch that comes after the `count`th.
   *
   * @returns undefined where it is gone, since a further one has come, and once `signal` fires.
   * @throws CotalkerError for which there is no use in polling on.
   */
  batchAfter(count: number, signal: AbortSignal): Promise<KeysetWindow<R> | undefined>;
}

export interface FeedOptions<R> {
  readonly read: ReadOn<R>;
  /** Milliseconds between two polls where the list changes. */
  readonly pollMs: number;
  /** Fires when nobody listens any more. */
  readonly signal: AbortSignal;
  /** Waits between polls, and rejects once the signal fires; a test moves its clock. Default: real time. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Told of a poll that fails, and of the first that does not. */
  readonly failing?: FailingFeeds;
}

/** How many times as long a poll is put off while nothing changes, or Cotalker fails. */
export const MAX_PUT_OFF = 6;
/** The longest pause that Cotalker is granted, in milliseconds: who follows would not hear of it. */
const MAX_PAUSE_MS = 300_000;
/** The most that is asked for at once, and is kept of a feed. */
export const MAX_BATCH = 500;
/** Asking again with the same token would change nothing. */
const FINAL: ReadonlySet<CotalkerErrorCode> = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

/**
 * Polls a list for its changes, from its end on. Holds one batch, the last: who is not there for it reads on
 * by itself (`changes.ts`), so that nobody is waited for and nothing piles up.
 */
export function createFeed<R>({
  read,
  pollMs,
  signal,
  wait = sleepUnlessLeft,
  failing,
}: FeedOptions<R>): Feed<R> {
  let hasBegun = false;
  let tip: Position | undefined;
  let count = 0;
  let last: KeysetWindow<R> | undefined;
  let failure: unknown;
  /** How many times `pollMs` lie between the last poll and the next, and how many of them are left. */
  let interval = 1;
  let left = 1;
  let isFailing = false;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const resolve of waiting) resolve();
  };

  const take = (window: KeysetWindow<R>): void => {
    tip = toEdges(window.items, tip, window.newest).at(-1)?.position ?? tip;
    last = window;
    count += 1;
    wake();
  };
  const poll = async (): Promise<void> => {
    // Looked at after the reading: somebody may have joined meanwhile.
    const longer = (): number => Math.min(2 * interval, MAX_PUT_OFF);
    try {
      let window = await read(tip, MAX_BATCH, signal);
      interval = window.items.length === 0 ? longer() : 1;
      isFailing = false;
      failing?.ended(feed);
      for (; window.items.length > 0; window = await read(tip, MAX_BATCH, signal)) {
        take(window);
        if (!window.hasMore) return;
      }
    } catch (error) {
      // Nobody listens any more, which is no failure of Cotalker's.
      if (signal.aborted) throw error;
      if (!(error instanceof CotalkerError) || FINAL.has(error.code)) throw error;
      const pauseMs = Math.min(MAX_PAUSE_MS, 1000 * (error.retryAfter ?? 0));
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
    get tip() {
      return tip;
    },
    get hasEnded() {
      return failure !== undefined;
    },
    begin: (position) => {
      if (hasBegun) return false;
      hasBegun = true;
      tip = position;
      void run();
      return true;
    },
    hasten: () => {
      // Who fails is not asked sooner.
      if (isFailing) return;
      interval = 1;
      left = 1;
    },
    batchAfter: async (known, gone) => {
      while (count === known && failure === undefined && !gone.aborted) await turn(waiting, gone);
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
const turn = (waiting: Set<() => void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      waiting.delete(end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    waiting.add(end);
    signal.addEventListener('abort', end, { once: true });
  });
