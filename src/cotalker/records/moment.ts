import { type Field, readNothing, UNREADABLE } from './fields.ts';

/*
 * How a moment is read (sheet, section 1, "dates"): ISO 8601 or epoch milliseconds, brought to the one spelling
 * that sorts as text: UTC with milliseconds.
 */

/** As Cotalker writes it, on a day of its month. February 29th, which not every year has, is looked at below. */
const WRITTEN =
  /^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))T(?:[01]\d|2[0-3])(?::[0-5]\d){2}\.\d{3}Z$/;
/** A day of its month, a time of the day with or without seconds, and where it was read off a clock. */
const ISO =
  /^(\d{4}-\d\d-\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d+))?)? ?(Z|[+-]\d\d(?::?[0-5]\d)?)?)?$/i;
const NUMERAL = /^\d+$/;

/**
 * Epoch milliseconds lie between these, 1973 and 2286. A smaller number may be seconds, or a day written as
 * `20211124`; a larger one a moment written as `20211124141126`.
 */
const LEAST_EPOCH_MS = 1e11;
const MOST_EPOCH_MS = 1e13;

/**
 * A moment. Without an offset it is taken as UTC, and a day alone as its beginning: so JavaScript reads a day,
 * and Cotalker writes UTC.
 */
export function readMoment(value: unknown): Field<string> {
  if (typeof value === 'number') return ofEpoch(value);
  if (typeof value !== 'string') return readNothing(value);
  if (WRITTEN.test(value)) return value;
  const text = value.trim();
  if (NUMERAL.test(text)) return ofEpoch(Number(text));
  return ofParts(ISO.exec(text)) ?? readNothing(value);
}

const ofEpoch = (ms: number): Field<string> =>
  ms >= LEAST_EPOCH_MS && ms < MOST_EPOCH_MS ? new Date(ms).toISOString() : UNREADABLE;

/** Null where there is no such moment, or its offset leads out of the years of four digits. */
function ofParts(parts: RegExpExecArray | null): string | null {
  if (parts === null) return null;
  const [, day = '', hours = '00', minutes = '00', seconds = '00', fraction = '', zone = 'Z'] =
    parts;
  const start = new Date(`${day}T00:00:00.000Z`);
  // JavaScript takes February 30th for March 1st.
  if (Number.isNaN(start.getTime()) || !start.toISOString().startsWith(day)) return null;
  const ms = fraction.slice(0, 3).padEnd(3, '0');
  const moment = new Date(`${day}T${hours}:${minutes}:${seconds}.${ms}${toOffset(zone)}`);
  if (Number.isNaN(moment.getTime())) return null;
  const written = moment.toISOString();
  return written.length === 24 ? written : null;
}

/** `+0530` and `+05` as `+05:30` and `+05:00`. */
const toOffset = (zone: string): string =>
  zone.length === 1 ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '').padEnd(2, '0')}`;

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
