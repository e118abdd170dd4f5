import type { KeysetItem, KeysetWindow } from '../cotalker/paging/keyset.ts';
import { isPast, type Position } from '../cotalker/records/position.ts';
import { type KeysetEdge, toEdges } from '../mapping/connection.ts';
import { type Feed, MAX_BATCH, type Reader } from './feed.ts';

export interface Change<R> extends KeysetEdge<R> {
  /** All that was read with it; of a feed, one object for all who follow. */
  readonly batch: readonly KeysetItem<R>[];
}

export interface ChangesOptions<R> {
  readonly feed: Feed<R>;
  /** Where to begin; undefined: where the list ends now. */
  readonly after: Position | undefined;
  /** What it takes to begin is read by this, */
  readonly opening: Reader<R>;
  /** and by this what the feed does not tell. */
  readonly reader: Reader<R>;
  readonly signal: AbortSignal;
}

/**
 * What changes in a list, in its order, each change with the place behind it to go on from later. Resolves
 * once it is known that the list can be read, and where it ends or what comes behind `after`: by one reading,
 * or none where a feed tells.
 *
 * Reads on by itself from `after` until it has caught up, then takes the feed's batches; whoever takes its
 * changes so slowly that it misses one catches up once more. So it holds one batch at the most, and loses
 * nothing: each batch begins where the one before ended, and a reading of its own begins at the last change
 * that was taken, after the count of batches was noted. A feed that has not begun does so where the first of
 * its readers has caught up; any other who read at that time reads once more.
 *
 * @throws CotalkerError where a reading of its own fails, or the feed has ended.
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
  else feed.begin(await opening.findTip());
  return readOn(options, { position: feed.tip, known: feed.count }, undefined);
}

interface Place {
  /** Behind the last change that was taken. */
  position: Position | undefined;
  /** How many of the feed's batches lie before; undefined: it had not begun. */
  known: number | undefined;
}

const countOf = <R>({ hasBegun, count }: Feed<R>): number | undefined =>
  hasBegun ? count : undefined;

/** @param first What was read from the place on; undefined: the place is where the feed is. */
async function* readOn<R>(
  { feed, reader, signal }: ChangesOptions<R>,
  place: Place,
  first: KeysetWindow<R> | undefined,
): AsyncGenerator<Change<R>, void> {
  let own = first;
  let isBehind = false;
  while (!signal.aborted) {
    if (own === undefined && isBehind) {
      place.known = countOf(feed);
      own = await reader.read(place.position, MAX_BATCH, signal);
    }
    const window = own ?? (await feed.batchAfter(place.known ?? 0, signal));
    const { position } = place;
    const items = window?.items.filter((item) => !position || !isPast(position, item)) ?? [];
    const edges = toEdges(items, position, window?.newest ?? null);
    if (own === undefined) {
      place.known = (place.known ?? 0) + 1;
      isBehind = window === undefined;
    } else {
      // A cursor names a moment that nothing on the list has where it was made up, or all of that has changed.
      const isSure = edges.length > 0 || own.newest === position?.modifiedAt;
      if (!own.hasMore && place.known === undefined && !isSure && !feed.hasBegun)
        feed.begin(await reader.findTip());
      isBehind = own.hasMore || !goOn(feed, place, edges.at(-1)?.position ?? position);
      own = undefined;
    }
    for (const edge of edges) {
      place.position = edge.position;
      yield { ...edge, batch: window?.items ?? [] };
    }
  }
}

/** Goes on with the feed's batches, which begin there or before; false: nobody can tell where they do. */
function goOn<R>(feed: Feed<R>, place: Place, end: Position | undefined): boolean {
  if (place.known !== undefined) return true;
  if (!feed.begin(end)) return false;
  place.known = feed.count;
  return true;
}
