import { isPast, type Position } from '../cotalker/position.ts';
import { type KeysetEdge, toEdges } from '../mapping/connection.ts';
import { type Feed, MAX_BATCH } from './feed.ts';

/**
 * What changes in a list, in its order, each change with the place behind it to go on from later.
 *
 * Reads on by itself from `after` until it has caught up, then takes the feed's batches; whoever takes its
 * changes so slowly that it misses one catches up once more. So it holds one batch at the most, and loses
 * nothing: each batch begins where the one before ended, and a reading of its own begins at the last change
 * that was taken, after the count of batches was noted.
 *
 * @param feed An open one.
 * @param after Where to begin; undefined: at the end, as of the feed's last poll.
 * @throws CotalkerError where a reading of its own fails, or the feed has ended.
 */
export function readChanges<R>(
  feed: Feed<R>,
  after: Position | undefined,
  signal: AbortSignal,
): AsyncGenerator<KeysetEdge<R>, void> {
  // Noted now, and not when the first change is asked for.
  return readOn(
    feed,
    { position: after ?? feed.tip, known: feed.count },
    after !== undefined,
    signal,
  );
}

interface Place {
  /** Behind the last change that was taken. */
  position: Position | undefined;
  /** How many of the feed's batches lie before. */
  known: number;
}

async function* readOn<R>(
  feed: Feed<R>,
  place: Place,
  mustCatchUp: boolean,
  signal: AbortSignal,
): AsyncGenerator<KeysetEdge<R>, void> {
  let isBehind = mustCatchUp;
  while (!signal.aborted) {
    let window;
    if (isBehind) {
      place.known = feed.count;
      window = await feed.read(place.position, MAX_BATCH, signal);
      isBehind = window.hasMore;
    } else {
      window = await feed.batchAfter(place.known, signal);
      isBehind = window === undefined;
      place.known += 1;
    }
    const { position } = place;
    const items = window?.items.filter((item) => !position || !isPast(position, item)) ?? [];
    for (const edge of toEdges(items, position, window?.newest ?? null)) {
      place.position = edge.position;
      yield edge;
    }
  }
}
