/** A `modifiedAt`: ISO 8601 in UTC with milliseconds, which sorts as text; null comes first. */
export type Moment = string | null;

/**
 * A place in a list that is sorted by `modifiedAt`, then id: right behind an item.
 *
 * The moment alone is not enough, since several items share one; nor is the last item's id, since an
 * item with a smaller id may change to that same moment after it was read. So the place names all
 * items of its moment that lie before it. Where these are too many to carry, the id of the last one
 * stands for them: such a crowd comes from an import, whose moment is long over.
 */
export interface Position {
  readonly modifiedAt: Moment;
  /** The items of this moment that lie before the place. */
  readonly ids?: readonly string[];
  /** In place of `ids`: the last item of this moment that lies before the place. */
  readonly upTo?: string;
}

/** How many ids a position names at the most. */
export const MAX_POSITION_IDS = 32;

export function compareMoments(a: Moment, b: Moment): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

interface Placed {
  readonly id: string;
  readonly modifiedAt: Moment;
}

/** Whether an item lies before the position. */
export function isPast(position: Position, { id, modifiedAt }: Placed): boolean {
  const order = compareMoments(modifiedAt, position.modifiedAt);
  if (order !== 0) return order < 0;
  if (position.upTo !== undefined) return id <= position.upTo;
  return position.ids?.includes(id) ?? false;
}

/** The position right behind `item`, which is the next one behind `position`. */
export function advance(position: Position | undefined, { id, modifiedAt }: Placed): Position {
  if (position === undefined || position.modifiedAt !== modifiedAt)
    return { modifiedAt, ids: [id] };
  const { ids, upTo } = position;
  if (ids !== undefined && ids.length < MAX_POSITION_IDS) return { modifiedAt, ids: [...ids, id] };
  const last = upTo ?? ids?.reduce((a, b) => (a > b ? a : b)) ?? id;
  return { modifiedAt, upTo: last > id ? last : id };
}
