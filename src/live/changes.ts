import type { KeysetItem, KeysetWindow } from '../cotalker/paging/keyset.ts';
import { isPast, type Position } from '../cotalker/records/position.ts';
import { type KeysetEdge, toEdges } from '../mapping/connection.ts';
import { type Feed, MAX_BATCH, type Reader } from './feed.ts';

export interface Change<R> extends KeysetEdge<R> {
  /** The batch that the change was read with. A feed gives the same object to all its subscribers. */
  readonly batch: readonly KeysetItem<R>[];
}

export interface ChangesOptions<R> {
  readonly feed: Feed<R>;
  /** Where to start; undefined: at the current end of the list. */
  readonly after: Position | undefined;
  /** Reads what is needed to start, */
  readonly opening: Reader<R>;
  /** and this reads what the feed does not give. */
  readonly reader: Reader<R>;
  readonly signal: AbortSignal;
}

/**
 * The changes of a list in their order, each with the position after it, to continue from later. Resolves when the
 * list has proved readable and its end, or what comes after `after`, is known. That takes one reading, or none if a
 * feed knows.
 *
 * It first reads from `after` until it has caught up, then takes the feed's batches. A slow consumer that misses a
 * batch catches up again. So it holds at most one batch and loses nothing. Each batch starts where the one before
 * ended. Its own reading starts at the last change that was taken, after it noted the number of batches. A feed
 * starts where its first reader has caught up; other readers of that time read once more.
 *
 * @throws CotalkerError if its own reading fails, or the feed has ended.
 */
export async function openChanges<R>(
  options: ChangesOptions<R>,
): Promise<AsyncGenerator<Change<R>, void>> {
  const { feed, after, opening, signal } = options;
  if (after !== undefined) {
    const known = countOf(feed);
    const first = await opening.read(after, MAX_BATCH, signal);
    feed.hasten();
    return readOn(options, { position: after, known }, first);
  }
  if (feed.hasBegun) feed.hasten();
  else feed.begin(await opening.findListEnd());
  return readOn(options, { position: feed.lastPosition, known: feed.count }, undefined);
}

interface Progress {
  /** The position after the last change that was taken. */
  position: Position | undefined;
  /** The number of feed batches before that position; undefined: the feed had not started. */
  known: number | undefined;
}

const countOf = <R>({ hasBegun, count }: Feed<R>): number | undefined =>
  hasBegun ? count : undefined;

/** @param first What was read from the position on; undefined: the feed is at this position. */
async function* readOn<R>(
  { feed, reader, signal }: ChangesOptions<R>,
  progress: Progress,
  first: KeysetWindow<R> | undefined,
): AsyncGenerator<Change<R>, void> {
  let own = first;
  let isBehind = false;
  while (!signal.aborted) {
    if (own === undefined && isBehind) {
      progress.known = countOf(feed);
      own = await reader.read(progress.position, MAX_BATCH, signal);
    }
    const window = own ?? (await feed.batchAfter(progress.known ?? 0, signal));
    const { position } = progress;
    const items = window?.items.filter((item) => !position || !isPast(position, item)) ?? [];
    const edges = toEdges(items, position, window?.newest ?? null);
    if (own === undefined) {
      progress.known = (progress.known ?? 0) + 1;
      isBehind = window === undefined;
    } else {
      // A cursor names a moment of no item if it was made up, or if all items of that moment have changed.
      const isSure = edges.length > 0 || own.newest === position?.modifiedAt;
      if (!own.hasMore && progress.known === undefined && !isSure && !feed.hasBegun)
        feed.begin(await reader.findListEnd());
      isBehind = own.hasMore || !goOn(feed, progress, edges.at(-1)?.position ?? position);
      own = undefined;
    }
    for (const edge of edges) {
      progress.position = edge.position;
      yield { ...edge, batch: window?.items ?? [] };
    }
  }
}

/** Continues with the feed's batches, which start there or before; false: their start is unknown. */
function goOn<R>(feed: Feed<R>, progress: Progress, end: Position | undefined): boolean {
  if (progress.known !== undefined) return true;
  if (!feed.begin(end)) return false;
  progress.known = feed.count;
  return true;
}
