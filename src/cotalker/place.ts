import { createHash } from 'node:crypto';
import { type Item, readDate } from './envelope.ts';
import type { CotalkerError } from './errors.ts';
import { compareMoments, type Moment } from './position.ts';

/** A record in a list sorted by `modifiedAt`. */
export interface Dated {
  readonly _id: string;
  readonly modifiedAt: Moment;
}

/** What is known of an item that could not be read. */
export interface Malformed {
  /** The item as it came. */
  readonly raw: unknown;
  /** Whether its place is its own. */
  readonly hasPlace: boolean;
  /** Whether its id is its own: one that hides it may be any of those that are looked for. */
  readonly hasId: boolean;
}

/** An item with its place in the list. */
export interface KeysetItem<R> {
  readonly id: string;
  readonly modifiedAt: Moment;
  readonly record: R | CotalkerError;
  /** Only for items that could not be read. */
  readonly malformed?: Malformed;
}

/**
 * Gives the items of a stretch of the list their places, which are the same in whatever stretch an item
 * comes. A malformed item may have no readable date or id: it takes the date of the item before it, and
 * an id made from its content.
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
  return items.flatMap(({ id, record, raw }, index) => {
    const own = dates[index];
    const modifiedAt = own === undefined ? before : own;
    if (modifiedAt === undefined) return [];
    before = modifiedAt;
    if (!(record instanceof Error)) return { id: record._id, modifiedAt, record };
    const malformed = { raw, hasPlace: own !== undefined, hasId: id !== undefined };
    return { id: id ?? nameOf(raw, modifiedAt), modifiedAt, record, malformed };
  });
}

/** An item's own date; undefined where it is malformed and shows none. */
const dateOf = <R extends Dated>({ record, raw }: Item<R>): Moment | undefined =>
  record instanceof Error ? readDate(raw, 'modifiedAt') : record.modifiedAt;

/** Makes ids for items without one; those of the same content and moment are told apart by number. */
function createNaming(): (raw: unknown, moment: Moment) => string {
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
