import { setTimeout as sleep } from 'node:timers/promises';
import { CotalkerError, type CotalkerErrorCode } from '../cotalker/errors.ts';
import type { KeysetWindow } from '../cotalker/keyset.ts';
import type { Position } from '../cotalker/position.ts';
import { toEdges } from '../mapping/connection.ts';

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

/** One list, polled for all who listen to it. */
export interface Feed<R> {
  /** How many batches of changes there have been. */
  readonly count: number;
  /** The place behind all that was there at the last poll; undefined where the list was empty. */
  readonly tip: Position | undefined;
  readonly read: ReadOn<R>;
  /** Whether there is no use in listening to it any more. */
  readonly hasEnded: boolean;
  /**
   * Resolves once it is known where the list ends now.
   *
   * @throws CotalkerError why that cannot be known.
   */
  open(): Promise<void>;
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
}

/** How long a poll may be put off while nothing changes, or Cotalker fails, in milliseconds. */
const MAX_POLL_MS = 60_000;
/** The most that is asked for at once, and is kept of a feed. */
export const MAX_BATCH = 500;
/** Asking again with the same token would change nothing. */
const FINAL: ReadonlySet<CotalkerErrorCode> = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

/**
 * Polls a list for its changes, from its end on. Holds one batch, the last: who is not there for it reads on
 * by itself (`changes.ts`), so that nobody is waited for and nothing piles up.
 */
export function createFeed<R>({ read, pollMs, signal }: FeedOptions<R>): Feed<R> {
  let tip: Position | undefined;
  let count = 0;
  let last: KeysetWindow<R> | undefined;
  let failure: unknown;
  let opening: Promise<void> | undefined;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const resolve of waiting) resolve();
  };

  const advance = ({ items, newest }: KeysetWindow<R>): void => {
    tip = toEdges(items, tip, newest).at(-1)?.position ?? tip;
  };
  /** @returns Milliseconds until the next poll. */
  const poll = async (waited: number): Promise<number> => {
    const longer = Math.max(pollMs, Math.min(2 * Math.max(waited, pollMs), MAX_POLL_MS));
    try {
      const window = await read(tip, MAX_BATCH, signal);
      if (window.items.length === 0) return longer;
      advance(window);
      last = window;
      count += 1;
      wake();
      return window.hasMore ? 0 : pollMs;
    } catch (error) {
      if (!(error instanceof CotalkerError) || FINAL.has(error.code)) throw error;
      return Math.max(longer, 1000 * (error.retryAfter ?? 0));
    }
  };
  const run = async (): Promise<void> => {
    try {
      for (let wait = pollMs; ; wait = await poll(wait))
        await sleep(wait, undefined, { signal, ref: false });
    } catch (error) {
      failure = error;
      wake();
    }
  };
  const start = async (): Promise<void> => {
    try {
      advance(await read(undefined, Infinity, signal));
    } catch (error) {
      failure = error;
      throw error;
    }
    void run();
  };

  return {
    read,
    get count() {
      return count;
    },
    get tip() {
      return tip;
    },
    get hasEnded() {
      return failure !== undefined;
    },
    open: () => (opening ??= start()),
    batchAfter: async (known, left) => {
      while (count === known && failure === undefined && !left.aborted) await turn(waiting, left);
      if (left.aborted) return undefined;
      if (count === known) throw failure;
      return count === known + 1 ? last : undefined;
    },
  };
}

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
