import type { Item } from '../records/envelope.ts';
import { compareMoments, isPast, type Moment, newestOf, type Position } from '../records/moment.ts';
import type { KeysetItem } from '../records/placed-item.ts';
import type { Session } from '../session.ts';
import { type HistoryRecord, placeInHistory } from './history-places.ts';
import { compareItems } from './keyset.ts';

/* Reading a list by `modifiedAt` with the one call that Cotalker documents: all that changed since a moment. */

/** A list by `modifiedAt` that can be read from its new end. Moments are ISO 8601. */
export interface History<R> {
  readonly session: Pick<Session, 'traits'>;
  /** All items that changed since, in the order of their changes, the earliest or the latest first. */
  readonly since: (moment: string) => Promise<readonly Item<R>[]>;
  /** The latest `size` items that changed until then, in one of these orders; perhaps fewer, though there are more. */
  readonly until: (moment: string, size: number) => Promise<readonly Item<R>[]>;
}

export interface HistoryWindow<R> {
  /** At most `want`, the latest change first, of equal moments the larger id. */
  readonly items: readonly KeysetItem<R>[];
  /** All that the reading has met, the earliest change first. */
  readonly met: readonly KeysetItem<R>[];
  /** Whether the list goes on behind the last item, to earlier changes. */
  readonly hasMore: boolean;
}

/** Later than any item: not now, since clocks differ, and so that callers share their calls. */
export const LATEST = '2100-01-01T00:00:00.000Z';
const EARLIEST = '1970-01-01T00:00:00.000Z';
const DAY_MS = 86_400_000;
/** For how long before a moment items are asked for, one after the other where these are too few. */
export const SPANS_MS = [DAY_MS, 8 * DAY_MS, 64 * DAY_MS, 512 * DAY_MS, Infinity];
export const EVERYTHING = [Infinity];

export interface Spans {
  readonly from: string;
  readonly ms: readonly number[];
}

/** A list that tells nothing of its latest item hardly has one. */
export const spansOf = (lately: string | undefined): Spans =>
  lately === undefined ? { from: LATEST, ms: EVERYTHING } : { from: lately, ms: SPANS_MS };

/** Each answer is whole from its moment on, so the last one serves. */
export async function readSpans<R extends HistoryRecord>(
  list: History<R>,
  behind: Position | undefined,
  want: number,
  spans: Spans,
): Promise<HistoryWindow<R>> {
  const [ms = Infinity, ...rest] = spans.ms;
  const from = behind?.modifiedAt ?? spans.from;
  const moment = ms === Infinity ? EARLIEST : plusMs(from, -ms);
  const items = placeInHistory(await list.since(moment), { from: plusMs(moment, -1) });
  const window = windowOf(items, behind, want, ms === Infinity ? undefined : moment);
  if (ms === Infinity || (window.items.length >= want && window.hasMore)) return window;
  return readSpans(list, behind, want, { from, ms: rest });
}

/**
 * Reads what changed after a position: one call, all at once, the earliest change first.
 *
 * @returns The items, and the latest moment that was met: nothing comes to an earlier one any more.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where that is more than 20,000.
 */
export async function readSince<R extends HistoryRecord>(
  list: History<R>,
  after: Position | undefined,
): Promise<{ readonly items: readonly KeysetItem<R>[]; readonly newest: Moment }> {
  const moment = after?.modifiedAt == null ? EARLIEST : plusMs(after.modifiedAt, -1);
  const reached = after?.modifiedAt ?? undefined;
  const items = placeInHistory(await list.since(moment), { from: plusMs(moment, -1), reached });
  const newest = newestOf(items);
  return { items: items.filter((item) => after === undefined || !isPast(after, item)), newest };
}

/**
 * @param open The moment at which items may be missing, with all before it; undefined: the list is read to its end.
 */
export function windowOf<R>(
  items: readonly KeysetItem<R>[],
  behind: Position | undefined,
  want: number,
  open: string | undefined,
): HistoryWindow<R> {
  const met = items.toSorted(compareItems);
  const wanted = behind === undefined ? met : met.filter((item) => isBehind(behind, item));
  const settled =
    open === undefined
      ? wanted
      : wanted.filter(({ modifiedAt }) => compareMoments(modifiedAt, open) > 0);
  const hasMore = settled.length > want || wanted.length > settled.length;
  return { items: settled.toReversed().slice(0, want), met, hasMore };
}

/** Whether an item comes behind the one that a position names, to earlier changes. */
function isBehind({ modifiedAt, upTo, ids }: Position, item: KeysetItem<unknown>): boolean {
  const order = compareMoments(item.modifiedAt, modifiedAt);
  return order < 0 || (order === 0 && [upTo ?? '', ...ids].some((id) => item.id < id));
}

/** The moment that is so many milliseconds later. */
export const plusMs = (moment: string, ms: number): string =>
  new Date(Math.max(0, Date.parse(moment) + ms)).toISOString();
