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
 * One list, polled for changes for all its subscribers, from its end on. It holds only the last batch. A subscriber
 * that misses a batch reads by itself (`changes.ts`), so the feed waits for nobody and its memory is bounded.
 */
export class Feed<R> {
  readonly #options: FeedOptions<R>;
  readonly #waiting = new Set<() => void>();
  #hasBegun = false;
  #lastPosition: Position | undefined;
  #count = 0;
  #last: KeysetWindow<R> | undefined;
  #failure: unknown;
  /** The number of `pollMs` between the last poll and the next, and how many are left. */
  #interval = 1;
  #left = 1;
  #isFailing = false;

  constructor(options: FeedOptions<R>) {
    this.#options = options;
  }

  /** Whether the end of the list is known: the feed polls from there. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** The number of batches so far. */
  get count(): number {
    return this.#count;
  }

  /** The position after the last batch; undefined if the list is empty. */
  get lastPosition(): Position | undefined {
    return this.#lastPosition;
  }

  /** Whether the feed has ended for good. */
  get hasEnded(): boolean {
    return this.#failure !== undefined;
  }

  /**
   * Starts after all items that are known to be on the list.
   *
   * @returns Whether this call started it: a feed starts only once.
   */
  begin(lastPosition: Position | undefined): boolean {
    if (this.#hasBegun) return false;
    this.#hasBegun = true;
    this.#lastPosition = lastPosition;
    void this.#run();
    return true;
  }

  /** Polls as soon as after a change: a new subscriber should not wait for a slow poll. */
  hasten(): void {
    // A failing Cotalker is not polled sooner.
    if (this.#isFailing) return;
    this.#interval = 1;
    this.#left = 1;
  }

  /**
   * Waits for the batch that comes after the `known`th.
   *
   * @returns undefined if a later batch has replaced it, or once `gone` fires.
   * @throws CotalkerError if polling cannot succeed any more.
   */
  async batchAfter(known: number, gone: AbortSignal): Promise<KeysetWindow<R> | undefined> {
    while (this.#count === known && !this.hasEnded && !gone.aborted)
      await wakeUp(this.#waiting, gone);
    if (gone.aborted) return undefined;
    if (this.#count === known) throw this.#failure;
    return this.#count === known + 1 ? this.#last : undefined;
  }

  async #run(): Promise<void> {
    const { pollMs, signal, wait = sleepUnlessLeft, failing } = this.#options;
    try {
      for (;;) {
        await wait(pollMs, signal);
        this.#left -= 1;
        if (this.#left > 0) continue;
        await this.#poll();
        this.#left = this.#interval;
      }
    } catch (error) {
      this.#failure = error;
      failing?.ended(this);
      this.#wake();
    }
  }

  async #poll(): Promise<void> {
    const { read, signal, failing } = this.#options;
    try {
      let window = await read(this.#lastPosition, MAX_BATCH, signal);
      // Checked after the reading: a subscriber may have joined meanwhile.
      this.#interval = window.items.length === 0 ? this.#longer() : 1;
      this.#isFailing = false;
      failing?.ended(this);
      for (; window.items.length > 0; window = await read(this.#lastPosition, MAX_BATCH, signal)) {
        this.#take(window);
        if (!window.hasMore) return;
      }
    } catch (error) {
      // The last subscriber has left, which is no failure of Cotalker.
      if (signal.aborted) throw error;
      if (!(error instanceof CotalkerError) || FINAL.has(error.code)) throw error;
      this.#backOff(error);
    }
  }

  #backOff({ code, retryAfter = 0 }: CotalkerError): void {
    const { pollMs, failing } = this.#options;
    const pauseMs = Math.min(MAX_RETRY_AFTER_MS, 1000 * retryAfter);
    this.#interval = Math.max(this.#longer(), Math.ceil(pauseMs / pollMs));
    this.#isFailing = true;
    failing?.failed(this, code);
  }

  #longer(): number {
    return Math.min(2 * this.#interval, MAX_BACKOFF);
  }

  #take(window: KeysetWindow<R>): void {
    this.#lastPosition =
      toEdges(window.items, this.#lastPosition, window.newest).at(-1)?.position ??
      this.#lastPosition;
    this.#last = window;
    this.#count += 1;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
  }
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
