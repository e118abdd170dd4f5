import { createHash } from 'node:crypto';
import type { Item } from './envelope.ts';
import { type CotalkerError, isReadable } from '../errors.ts';
import { isObject } from './fields.ts';
import { readMoment, compareMoments, type Moment } from './moment.ts';

/** A record in a list sorted by `modifiedAt`; one whose date cannot be read has no place of its own. */
export interface Dated {
  readonly _id: string;
  readonly modifiedAt: Moment | CotalkerError;
}

export interface KeysetItem<R> {
  readonly id: string;
  readonly modifiedAt: Moment;
  /** Whether the place is the item's own, and not taken from the one before it. */
  readonly hasPlace: boolean;
  readonly record: R | CotalkerError;
  /** The item as it came, only where it has no usable id: it may be any of those that are looked for. */
  readonly raw?: unknown;
}

/**
 * Gives the items of a stretch of the list their places, which are the same in whatever stretch an item
 * comes. An item may have no readable date: it takes the date of the item before it. A malformed one has
 * no id either: it takes one made from its content.
 *
 * @param from Where the stretch starts: no item with a date lies before it.
 * @param startsList Whether the list itself starts there.
 */
export function placeItems<R extends Dated>(
  items: readonly Item<R>[],
  from: Moment,
  startsList: boolean,
): KeysetItem<R>[] {
  const dates = items.map(dateOf);
  const first = dates.find((date) => date !== undefined);
  // What precedes the first item of the moment `from` has its place behind an earlier item, where it
  // was listed already.
  const isHeadNew = startsList || first === undefined || compareMoments(first, from) > 0;
  const nameOf = createNaming();
  let before = isHeadNew ? from : undefined;
  const placed: KeysetItem<R>[] = [];
  items.forEach(({ record, raw }, index) => {
    const own = dates[index];
    const modifiedAt = own === undefined ? before : own;
    if (modifiedAt === undefined) return;
    before = modifiedAt;
    const at = { modifiedAt, hasPlace: own !== undefined, record };
    if (isReadable(record)) placed.push({ id: record._id, ...at });
    else placed.push({ id: nameOf(raw, modifiedAt), ...at, raw });
  });
  return placed;
}

/** An item's own date; undefined where it shows none that can be read. */
function dateOf<R extends Dated>({ record, raw }: Item<R>): Moment | undefined {
  if (!isReadable(record)) {
    const date = (isObject(raw) ? readMoment(raw['modifiedAt']) : undefined) ?? undefined;
    return isReadable(date) ? date : undefined;
  }
  return isReadable(record.modifiedAt) ? record.modifiedAt : undefined;
}

/** Makes ids for items without one; those of the same content and moment are told apart by number. */
export function createNaming(): (raw: unknown, moment: Moment) => string {
  const numbers = new Map<string, number>();
  return (raw, moment) => {
    const content = JSON.stringify([moment, raw ?? null]);
    const number = numbers.get(content) ?? 0;
    numbers.set(content, number + 1);
    return createHash('sha256').update(`${number} ${content}`).digest('hex').slice(0, 24);
  };
}

/** Whether the items come in the order of their moments, none of them before `from`. */
export function isSorted(items: readonly { modifiedAt: Moment }[], from: Moment): boolean {
  let last = from;
  return items.every(({ modifiedAt }) => {
    const isBehind = compareMoments(modifiedAt, last) >= 0;
    last = modifiedAt;
    return isBehind;
  });
}
