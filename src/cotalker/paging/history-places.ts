import { isReadable } from '../errors.ts';
import type { Item } from '../records/envelope.ts';
import { type Field, isObject } from '../records/fields.ts';
import { compareMoments, readMoment } from '../records/moment.ts';
import { createNaming, type Dated, type KeysetItem } from '../records/placed-item.ts';
import { compareItems } from './keyset.ts';

/*
 * The places of the items of a history, which are read from its new end.
 *
 * An item may not tell when it changed, or not legibly. The server's order tells then: the item changed between its two
 * neighbors. It takes the moment when it was sent, if that lies between theirs. Else it takes the one of the item after
 * it. With the one of the item before, it would be on neither page where two pages meet between them. It moves when the
 * item after it does. So it can be missed only if that one changes between two pages that meet at this place.
 */

export interface HistoryRecord extends Dated {
  readonly createdAt: Field<string>;
}

/** The part of a list that an answer holds. */
export interface Stretch {
  /** The answer has all that changed after this moment; undefined where it may be cut anywhere. */
  readonly from?: string;
  /** The answer has nothing from after this moment; undefined where it has what changed last. */
  readonly to?: string;
  /** A moment that the list had reached by then. */
  readonly reached?: string | undefined;
}

/**
 * Gives the items of an answer their places, the earliest first; `hasPlace` tells of an item's own. An item is left
 * out if its place hangs on a neighbor in another part of the list: the answer with that part has the item as well.
 */
export function placeInHistory<R extends HistoryRecord>(
  answer: readonly Item<R>[],
  { from, to, reached = from }: Stretch,
): KeysetItem<R>[] {
  const items = earliestFirst(answer);
  const changes = items.map(changedAt);
  const befores = [from, ...changes].map(latestKnown());
  const afters = changes.toReversed().map(latestKnown()).toReversed();
  const moments = items.map((item, index) => {
    const sent = sentAt(item);
    const isBetween = isWithin(sent, befores[index], afters[index] ?? to);
    return changes[index] ?? (isBetween ? sent : undefined);
  });
  const latest = [reached, ...moments].reduce(latestOf);
  const nameOf = createNaming();
  return items
    .flatMap(({ record, raw }, index) => {
      const after = afters[index] ?? (to === undefined ? latest : undefined);
      const modifiedAt = moments[index] ?? (befores[index] === undefined ? undefined : after);
      if (modifiedAt === undefined) return [];
      const at = { modifiedAt, hasPlace: changes[index] !== undefined };
      return isReadable(record)
        ? { id: record._id, ...at, record }
        : { id: nameOf(raw, modifiedAt), ...at, record, raw };
    })
    .toSorted(compareItems);
}

/** Whether the items come sorted by when they changed, as far as they tell: only then a page shows where it was cut. */
export function isInOrder(answer: readonly Item<HistoryRecord>[]): boolean {
  const changes = earliestFirst(answer).flatMap((item) => changedAt(item) ?? []);
  return changes.every((change, index) => change >= (changes[index - 1] ?? change));
}

type Moment = string | undefined;

const isWithin = (moment: Moment, before: Moment, upTo: Moment): boolean =>
  moment !== undefined && before !== undefined && moment > before && moment <= (upTo ?? moment);

const latestOf = (a: Moment, b: Moment): Moment =>
  b === undefined || (a !== undefined && a > b) ? a : b;

/** Makes a step through moments, each unknown one of which is given as the one before it. */
function latestKnown(): (moment: Moment) => Moment {
  let known: Moment;
  return (moment) => (known = moment ?? known);
}

/** The server's order is told by when the items changed; where that tells nothing, by when they were sent. */
function earliestFirst<R extends HistoryRecord>(answer: readonly Item<R>[]): readonly Item<R>[] {
  for (const tell of [changedAt, sentAt]) {
    const moments = answer.flatMap((item) => tell(item) ?? []);
    const order = compareMoments(moments.at(0) ?? null, moments.at(-1) ?? null);
    if (order !== 0) return order > 0 ? answer.toReversed() : answer;
  }
  return answer;
}

const momentIn =
  (field: 'createdAt' | 'modifiedAt') =>
  ({ record, raw }: Item<HistoryRecord>): Moment => {
    const moment = isReadable(record)
      ? record[field]
      : isObject(raw)
        ? readMoment(raw[field])
        : null;
    return moment !== null && isReadable(moment) ? moment : undefined;
  };
const changedAt = momentIn('modifiedAt');
const sentAt = momentIn('createdAt');
