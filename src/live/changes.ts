import type { KeysetItem } from '../cotalker/records/placed-item.ts';
import type { KeysetWindow } from '../cotalker/paging/keyset.ts';
import type { Position } from '../cotalker/records/moment.ts';
import { type KeysetEdge, toEdges } from '../mapping/connection.ts';
import { type Feed, MAX_BATCH, type Reader } from './feed.ts';

export interface Change<R> extends KeysetEdge<R> {
  /** All that came with one reading. It is the same object for all whom the feed has given it. */
  readonly batch: readonly KeysetItem<R>[];
}

interface ChangesOptions<R> {
  readonly feed: Feed<R>;
  /** Where to start; undefined: at the current end of the list. */
  readonly after: Position | undefined;
  readonly opening: Reader<R>;
  readonly signal: AbortSignal;
}

/**
 * The changes of a list in their order, each with the position after it, to continue from later. Resolves when the
 * list has proved readable and its end, or what comes after `after`, is known. That takes one reading, or none if the
 * feed knows.
 *
 * It always reads from the last change that was taken, so nothing is lost, however slow its consumer is.
 *
 * @throws CotalkerError if a reading of its own fails, or the feed has ended.
 */
export async function openChanges<R>({
  feed,
  after,
  opening,
  signal,
}: ChangesOptions<R>): Promise<AsyncGenerator<Change<R>, void>> {
  feed.hasten();
  if (after !== undefined) {
    const first = await opening.read(after, MAX_BATCH, signal);
    feed.noteEnd(after, first);
    return readOn(feed, after, first, signal);
  }
  if (feed.end === undefined) feed.noteEnd(await opening.findListEnd());
  return readOn(feed, feed.end?.position, undefined, signal);
}

/** @param first What was read from the position on; undefined: the list ends there. */
async function* readOn<R>(
  feed: Feed<R>,
  start: Position | undefined,
  first: KeysetWindow<R> | undefined,
  signal: AbortSignal,
): AsyncGenerator<Change<R>, void> {
  let position = start;
  let window = first;
  while (!signal.aborted) {
    const edges = toEdges(window?.items ?? [], position, window?.newest ?? null);
    for (const edge of edges) {
      position = edge.position;
      yield { ...edge, batch: window?.items ?? [] };
    }
    // The consumer may have been so slow that the feed has met more since.
    const isBehind = window?.hasMore === true || (edges.length > 0 && feed.hasPassed(position));
    window = await (isBehind ? feed.read(position) : feed.next(position, signal));
  }
}
