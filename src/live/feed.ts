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
 * One list, polled for its changes for all who listen to it, from its end on. Holds one batch, the last: who is
 * not there for it reads on by itself (`changes.ts`), so that nobody is waited for and nothing piles up.
 */
export class Feed<R> {
  readonly #options: FeedOptions<R>;
  readonly #waiting = new Set<() => void>();
  #hasBegun = false;
  #tip: Position | undefined;
  #count = 0;
  #last: KeysetWindow<R> | undefined;
  #failure: unknown;
  /** How many times `pollMs` lie between the last poll and the next, and how many of them are left. */
  #interval = 1;
  #left = 1;
  #isFailing = false;

  constructor(options: FeedOptions<R>) {
    this.#options = options;
  }

  /** Whether it is known where the list ends: it is polled from there on. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** How many batches of changes there have been. */
  get count(): number {
    return this.#count;
  }

  /** The place behind all that has been told; undefined where nothing is on the list. */
  get tip(): Position | undefined {
    return this.#tip;
  }

  /** Whether there is no use in listening to it any more. */
  get hasEnded(): boolean {
    return this.#failure !== undefined;
  }

  /**
   * Begins behind all that is known to be on the list.
   *
   * @returns Whether it does so now: it begins but once.
   */
  begin(tip: Position | undefined): boolean {
    if (this.#hasBegun) return false;
    this.#hasBegun = true;
    this.#tip = tip;
    void this.#run();
    return true;
  }

  /** Polls as soon as if the list had just changed: somebody has joined who sees no reason to wait. */
  hasten(): void {
    // Who fails is not asked sooner.
    if (this.#isFailing) return;
    this.#interval = 1;
    this.#left = 1;
  }

  /**
   * Waits for the batch that comes after the `known`th.
   *
   * @returns undefined where it is gone, since a further one has come, and once `gone` fires.
   * @throws CotalkerError for which there is no use in polling on.
   */
  async batchAfter(known: number, gone: AbortSignal): Promise<KeysetWindow<R> | undefined> {
    while (this.#count === known && !this.hasEnded && !gone.aborted)
      await turn(this.#waiting, gone);
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
      let window = await read(this.#tip, MAX_BATCH, signal);
      // Looked at after the reading: somebody may have joined meanwhile.
      this.#interval = window.items.length === 0 ? this.#longer() : 1;
      this.#isFailing = false;
      failing?.ended(this);
      for (; window.items.length > 0; window = await read(this.#tip, MAX_BATCH, signal)) {
        this.#take(window);
        if (!window.hasMore) return;
      }
    } catch (error) {
      // Nobody listens any more, which is no failure of Cotalker's.
      if (signal.aborted) throw error;
      if (!(error instanceof CotalkerError) || FINAL.has(error.code)) throw error;
      this.#putOff(error);
    }
  }

  #putOff({ code, retryAfter = 0 }: CotalkerError): void {
    const { pollMs, failing } = this.#options;
    const pauseMs = Math.min(MAX_PAUSE_MS, 1000 * retryAfter);
    this.#interval = Math.max(this.#longer(), Math.ceil(pauseMs / pollMs));
    this.#isFailing = true;
    failing?.failed(this, code);
  }

  #longer(): number {
    return Math.min(2 * this.#interval, MAX_PUT_OFF);
  }

  #take(window: KeysetWindow<R>): void {
    this.#tip = toEdges(window.items, this.#tip, window.newest).at(-1)?.position ?? this.#tip;
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
