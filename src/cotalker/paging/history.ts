import type { Item } from '../records/envelope.ts';
import { compareMoments, isPast, type Moment, newestOf, type Position } from '../records/moment.ts';
import { type Dated, type KeysetItem, placeItems } from '../records/placed-item.ts';
import type { Session } from '../session.ts';
import { DOUBTS, REFUSALS, unlessRefused } from './id-search.ts';
import { compareItems } from './keyset.ts';
import { MAX_LIMIT } from './paged-list.ts';

/*
 * Reading a list by `modifiedAt` from its new end, as chats do.
 *
 * Cotalker documents one call: all that changed since a moment. One client knows another: backwards in pages, from a
 * moment. Each page costs one call where the second is understood. Whether it is, answers show, and the traits keep.
 * Without it, the gateway asks for longer and longer times since, until enough has come.
 *
 * A moment itself may or may not be among what is asked for, so calls ask for one millisecond more. A page may be
 * shorter than asked, and may end within a run of equal moments. So its last moment counts only when a further
 * answer reaches beyond it, and the list ends only where an answer brings nothing new.
 */

/** A list by `modifiedAt` that can be read from its new end. Moments are ISO 8601. */
export interface History<R> {
  readonly session: Pick<Session, 'traits'>;
  /** All items that changed since, in any order. */
  readonly since: (moment: string) => Promise<readonly Item<R>[]>;
  /** The latest `size` items that changed until then, in any order. */
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
const SPANS_MS = [DAY_MS, 8 * DAY_MS, 64 * DAY_MS, 512 * DAY_MS, Infinity];
const EVERYTHING = [Infinity];

/**
 * Reads up to `want` items, from the latest change to earlier ones.
 *
 * One call where a page backwards holds `want + 1` items; one more where the list ends, or for each further page of a
 * server with smaller ones. Where Cotalker knows no pages backwards: up to five calls, each for a longer time.
 *
 * @param behind Only items behind this position, to earlier changes. Undefined: from the latest on.
 * @param lately About when the latest change was, as far as that is known.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where an answer holds more than 20,000 items.
 */
export async function readBack<R extends Dated>(
  list: History<R>,
  behind: Position | undefined,
  want: number,
  lately: string | undefined,
): Promise<HistoryWindow<R>> {
  const { traits } = list.session;
  if (traits.pagesBack() === 'missing') return readSpans(list, behind, want, spansOf(lately));
  const isOpen = traits.pagesBack() === 'unknown';
  const read = () => unlessRefused(REFUSALS, () => readPages(list, behind, want));
  const pages = await (isOpen ? unlessRefused(DOUBTS, async () => (await read()) ?? {}) : read());
  if (pages?.window !== undefined) return pages.window;
  const window = await readSpans(list, behind, want, pages?.spans ?? spansOf(lately));
  // Not where a failure may have been chance, and one alone may have come in between.
  if (traits.pagesBack() === 'unknown' && pages !== undefined && window.items.length > 1)
    traits.notePagesBack('missing');
  return window;
}

/** What was read in pages; else how to go on: for how long, as `SPANS_MS`. */
interface PagesRead<R> {
  readonly window?: HistoryWindow<R>;
  readonly spans?: Spans;
}

async function readPages<R extends Dated>(
  list: History<R>,
  behind: Position | undefined,
  want: number,
): Promise<PagesRead<R>> {
  const { traits } = list.session;
  const found = new Map<string, KeysetItem<R>>();
  let until = behind?.modifiedAt ?? LATEST;
  let size = Math.min(MAX_LIMIT, want + 1 + (behind?.count ?? 0));
  let longest = 0;
  for (;;) {
    const page = place(await list.until(later(until, 1), size));
    const bound = later(until, 1);
    if (page.some(({ modifiedAt }) => compareMoments(modifiedAt, bound) > 0)) {
      traits.notePagesBack('missing');
      return {};
    }
    const older = page.filter(({ modifiedAt }) => compareMoments(modifiedAt, until) <= 0);
    const isCut = page.length >= longest;
    longest = Math.max(longest, page.length);
    if (older.length > 0) traits.notePagesBack('there');
    else if (traits.pagesBack() === 'unknown') return {};
    for (const item of older) found.set(item.id, item);

    const last = older[0]?.modifiedAt ?? until;
    const isEnd = page.length === 0 || (last === until && !isCut);
    const window = windowOf([...found.values()], behind, want, isEnd ? undefined : last);
    if (isEnd || window.items.length >= want) return { window };
    if (last === until || page.at(-1)?.modifiedAt === last) {
      // Nothing earlier than one moment: the page may end within it, or the list there.
      if (page.length < size) return { spans: { from: last, ms: EVERYTHING } };
      if (size === MAX_LIMIT) return { spans: { from: last, ms: SPANS_MS } };
      size = MAX_LIMIT;
    }
    until = last;
  }
}

interface Spans {
  readonly from: string;
  readonly ms: readonly number[];
}

/** A list that tells nothing of its latest item hardly has one. */
const spansOf = (lately: string | undefined): Spans =>
  lately === undefined ? { from: LATEST, ms: EVERYTHING } : { from: lately, ms: SPANS_MS };

/** Each answer is whole from its moment on, so the last one serves. */
async function readSpans<R extends Dated>(
  list: History<R>,
  behind: Position | undefined,
  want: number,
  spans: Spans,
): Promise<HistoryWindow<R>> {
  const [ms = Infinity, ...rest] = spans.ms;
  const from = behind?.modifiedAt ?? spans.from;
  const moment = ms === Infinity ? EARLIEST : later(from, -ms);
  const items = place(await list.since(moment));
  const window = windowOf(items, behind, want, ms === Infinity ? undefined : moment);
  if (ms === Infinity || (window.items.length >= want && window.hasMore)) return window;
  return readSpans(list, behind, want, { from, ms: rest });
}

/**
 * Reads what changed after a position: one call, all at once, the earliest change first.
 *
 * @returns The items, and the latest moment that was met: nothing comes to an earlier one any more.
 * @throws CotalkerError as {@link readBack}.
 */
export async function readSince<R extends Dated>(
  list: History<R>,
  after: Position | undefined,
): Promise<{ readonly items: readonly KeysetItem<R>[]; readonly newest: Moment }> {
  const moment = after?.modifiedAt == null ? EARLIEST : later(after.modifiedAt, -1);
  const items = place(await list.since(moment));
  const newest = newestOf(items);
  return { items: items.filter((item) => after === undefined || !isPast(after, item)), newest };
}

/**
 * @param open The moment at which items may be missing, with all before it; undefined: the list is read to its end.
 */
function windowOf<R>(
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

/** The items in the order of their moments; what has none takes the one of the item before. */
function place<R extends Dated>(items: readonly Item<R>[]): KeysetItem<R>[] {
  const placed = placeItems(items, EARLIEST, true);
  const isNewestFirst = compareMoments(placed.at(0)?.modifiedAt ?? null, newestOf(placed)) === 0;
  const inOrder = isNewestFirst ? placeItems(items.toReversed(), EARLIEST, true) : placed;
  return inOrder.toSorted(compareItems);
}

/** A moment that is later by so many milliseconds. */
const later = (moment: string, ms: number): string =>
  new Date(Math.max(0, Date.parse(moment) + ms)).toISOString();
