/** A `modifiedAt`: ISO 8601 in UTC with milliseconds, which sorts as text; null comes first. */
export type Moment = string | null;

/**
 * A place in a list that is sorted by `modifiedAt`, then id: right behind an item.
 *
 * The moment alone is not enough, because several items can share one. The last item's id is not enough either: an
 * item with a smaller id may change to the same moment later. So the place names the items of its moment that lie
 * before it, as long as more may come to that moment. Once it is over, the id of the last one says the same.
 */
export interface Position {
  readonly modifiedAt: Moment;
  /** The items of this moment up to this id lie before the place. */
  readonly upTo?: string | undefined;
  /** More items of this moment that lie before the place. */
  readonly ids: readonly string[];
  /** How many of this moment lie before the place: what a page that starts with it has to hold besides. */
  readonly count: number;
}

/**
 * How many ids a position names at the most, which is the size of the largest page. Where a crowd of
 * more shares the latest moment, one that comes to it late and with a smaller id would go unseen.
 */
export const MAX_POSITION_IDS = 500;

export function compareMoments(a: Moment, b: Moment): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

/** The latest of the items' moments; null where none has one. */
export function newestOf(items: Iterable<{ modifiedAt: Moment }>): Moment {
  let newest: Moment = null;
  for (const { modifiedAt } of items)
    if (compareMoments(modifiedAt, newest) > 0) newest = modifiedAt;
  return newest;
}

interface Placed {
  readonly id: string;
  readonly modifiedAt: Moment;
}

/** Whether an item lies before the position. */
export function isPast({ modifiedAt, upTo, ids }: Position, item: Placed): boolean {
  const order = compareMoments(item.modifiedAt, modifiedAt);
  if (order !== 0) return order < 0;
  return (upTo !== undefined && item.id <= upTo) || ids.includes(item.id);
}

/**
 * The position right behind `item`, which is the next one behind `position`.
 *
 * @param isOver Whether nothing comes to the item's moment any more.
 */
export function advance(
  position: Position | undefined,
  { id, modifiedAt }: Placed,
  isOver: boolean,
): Position {
  const { upTo, ids, count } =
    position?.modifiedAt === modifiedAt ? position : { upTo: undefined, ids: [], count: 0 };
  return isOver || ids.length >= MAX_POSITION_IDS
    ? // All items before this one are read, whether they are named or not.
      { modifiedAt, upTo: id, ids: ids.filter((other) => other > id), count: count + 1 }
    : { modifiedAt, upTo, ids: [...ids, id], count: count + 1 };
}
