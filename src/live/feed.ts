import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { CotalkerError, type CotalkerErrorCode } from '../cotalker/errors.ts';
import type { KeysetWindow } from '../cotalker/paging/keyset.ts';
import { compareMoments, type Position } from '../cotalker/records/moment.ts';
import { toEdges } from '../mapping/connection.ts';

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

export interface Reader<R> {
  readonly read: ReadOn<R>;
  readonly findListEnd: () => Promise<Position | undefined>;
}

interface FeedOptions<R> {
  readonly read: ReadOn<R>;
  readonly pollMs: number;
  readonly signal: AbortSignal;
  /** Waits between polls, and rejects once the signal fires. A test passes its own clock. Default: real time. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onFailing?: (code: CotalkerErrorCode) => void;
}

/** The longest factor by which polls slow down while nothing changes, or Cotalker fails. */
const MAX_BACKOFF = 6;
/** The longest `Retry-After` that a feed obeys, in milliseconds: subscribers see nothing while it waits. */
const MAX_RETRY_AFTER_MS = 300_000;
export const MAX_BATCH = 500;
/** Errors that a further call with the same token would get again. `NOT_FOUND` is one the second time in a row. */
const FINAL: ReadonlySet<CotalkerErrorCode> = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

/**
 * One list, polled for changes for all its subscribers. Each goes on from a position of its own, so the feed waits for
 * nobody and keeps no items. Those that are at the same position, as nearly all are, share each reading.
 */
export class Feed<R> {
  readonly #options: FeedOptions<R>;
  /** Emits what came after a position, by its name, to the subscribers that wait there. */
  readonly #news = new EventEmitter().setMaxListeners(Infinity);
  /** The readings under way, by the name of where they begin. */
  readonly #readings = new Map<string, Promise<KeysetWindow<R>>>();
  #failure: unknown;
  /** What the last poll failed with. */
  #failing: CotalkerErrorCode | undefined;
  /** The number of `pollMs` between the last poll and the next, and how many are left. */
  #interval = 1;
  #left = 1;
  /** The position after all items that were met; undefined as long as no reading has come to the end of the list. */
  end: { readonly position: Position | undefined } | undefined;
  isFailing = false;

  constructor(options: FeedOptions<R>) {
    this.#options = options;
    void this.#run();
  }

  get hasEnded(): boolean {
    return this.#failure !== undefined;
  }

  /**
   * Notes where the list ends, as far as a reading shows it.
   *
   * @param window What was read from the position on. Default: the list ends at the position.
   */
  noteEnd(position: Position | undefined, window?: KeysetWindow<R>): void {
    const { items = [], newest = position?.modifiedAt ?? null, hasMore = false } = window ?? {};
    const last = toEdges(items, position, newest).at(-1);
    // A cursor names a moment of no item if it was made up, or if all items of that moment have changed.
    const isSure = last !== undefined || window === undefined || newest === position?.modifiedAt;
    if (!hasMore && isSure) this.end = { position: last?.position ?? position };
  }

  hasPassed(position: Position | undefined): boolean {
    return compareMoments(this.end?.position?.modifiedAt ?? null, position?.modifiedAt ?? null) > 0;
  }

  /** Polls as soon as after a change: nobody who is new, or whose list has changed, should wait for a slow poll. */
  hasten(): void {
    // A failing Cotalker is not polled sooner.
    if (this.isFailing) return;
    this.#interval = 1;
    this.#left = 1;
  }

  /** Reads from a position on at once, with all who do so meanwhile. */
  read(position: Position | undefined): Promise<KeysetWindow<R>> {
    const { read, signal } = this.#options;
    const key = nameOf(position);
    const reading =
      this.#readings.get(key) ??
      read(position, MAX_BATCH, signal).finally(() => this.#readings.delete(key));
    this.#readings.set(key, reading);
    return reading;
  }

  /**
   * Waits for a poll that finds something after the position.
   *
   * @returns undefined once `gone` fires.
   * @throws CotalkerError if polling cannot succeed any more.
   */
  async next(
    position: Position | undefined,
    gone: AbortSignal,
  ): Promise<KeysetWindow<R> | undefined> {
    if (this.hasEnded) throw this.#failure;
    try {
      const came = (await once(this.#news, nameOf(position), {
        signal: gone,
      })) as KeysetWindow<R>[];
      return came[0];
    } catch (error) {
      if (gone.aborted) return undefined;
      throw error;
    }
  }

  #positions(): (Position | undefined)[] {
    const names = this.#news.eventNames().filter((name) => name !== 'error');
    return names.map((name) => (JSON.parse(String(name)) as Position | null) ?? undefined);
  }

  async #run(): Promise<void> {
    const { pollMs, signal, wait = sleepUnlessLeft } = this.#options;
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
      this.isFailing = false;
      if (this.#news.listenerCount('error') > 0) this.#news.emit('error', error);
    }
  }

  async #poll(): Promise<void> {
    const { signal } = this.#options;
    try {
      const found = await Promise.all(this.#positions().map((position) => this.#pollAt(position)));
      // Set after the readings: a subscriber may have joined meanwhile. If all were busy, one may wait soon.
      this.#interval = found.includes(true) || found.length === 0 ? 1 : this.#longer();
      this.isFailing = false;
      this.#failing = undefined;
    } catch (error) {
      // The last subscriber has left, which is no failure of Cotalker.
      if (signal.aborted) throw error;
      if (!(error instanceof CotalkerError) || FINAL.has(error.code)) throw error;
      if (error.code === 'NOT_FOUND' && this.#failing === error.code) throw error;
      this.#failing = error.code;
      this.#backOff(error);
    }
  }

  async #pollAt(position: Position | undefined): Promise<boolean> {
    const window = await this.read(position);
    this.noteEnd(position, window);
    if (window.items.length > 0) this.#news.emit(nameOf(position), window);
    return window.items.length > 0;
  }

  #backOff({ code, retryAfter = 0 }: CotalkerError): void {
    const { pollMs, onFailing } = this.#options;
    const pauseMs = Math.min(MAX_RETRY_AFTER_MS, 1000 * retryAfter);
    this.#interval = Math.max(this.#longer(), Math.ceil(pauseMs / pollMs));
    this.isFailing = true;
    onFailing?.(code);
  }

  #longer(): number {
    return Math.min(2 * this.#interval, MAX_BACKOFF);
  }
}

const nameOf = (position: Position | undefined): string => JSON.stringify(position ?? null);

const sleepUnlessLeft = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal, ref: false });
