import type { Collection, Item } from '../records/envelope.ts';
import { invalidResponse } from '../errors.ts';
import { believedTotal, MAX_LIMIT, type OffsetPage, pageAt, type PagedList } from './paged-list.ts';
import type { Extent } from '../traits/index.ts';
import { areUnmoved, untilUnmoved } from './unmoved.ts';

export type OffsetList<R> = PagedList<OffsetPage, R>;

interface OffsetWindow<R> {
  readonly items: readonly Item<R>[];
  /** How many records of the list lie before the end of the window. */
  readonly end: number;
  /** How the list goes on there, as far as this reading has shown. */
  readonly rest: Extent;
  /** How many records the list has; undefined where this reading has not been to its end. */
  readonly total: number | undefined;
  /** The answer that came last, and how many records lie before its end. */
  readonly last: { readonly answer: Collection<R>; readonly read: number };
  /** The page that holds the record at `end`: where it can, the one that the next window asks for. */
  readonly next: OffsetPage;
}

/**
 * Reads the items from `offset` on, `count` of them at the most, of a list that can only be read by page
 * number. One call where one page of the server's holds them all.
 *
 * A page that is not full is the rest of the list, or the server puts fewer on a page than asked. In the second case
 * the page may also come from a place further up. Where no count can be believed (sheet, section 1) to tell the two
 * apart, reading goes on in pages of that size: one call more.
 *
 * An item that leaves a page which was read moves the first of the next page up, so that it is missed. So several pages
 * are trusted only if all have the same count, which is known to be the list's. Otherwise all but the last are read
 * again, and must be unchanged.
 *
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where there is more by the count, but the same page comes, or where
 *   the pages never stay the same.
 */
export async function readWindow<R>(
  list: OffsetList<R>,
  offset: number,
  count: number,
): Promise<OffsetWindow<R>> {
  return untilUnmoved(async (isAgain) => {
    const pages = new Map<string, PageRead<R>>();
    const fetchPage: OffsetList<R>['fetchPage'] = async (asked, again) => {
      const answer = await list.fetchPage(asked, again || isAgain);
      pages.set(`${asked.page} ${asked.limit}`, { asked, answer });
      return answer;
    };
    const window = await readOnce({ ...list, fetchPage }, offset, count);
    const full = [...pages.values()].filter(({ answer }) => answer.items.length > 0);
    return (await isUnmoved(list, full)) ? window : undefined;
  });
}

interface PageRead<R> {
  readonly asked: OffsetPage;
  readonly answer: Collection<R>;
}

async function isUnmoved<R>(list: OffsetList<R>, pages: readonly PageRead<R>[]): Promise<boolean> {
  const totals = new Set(pages.map(({ answer }) => answer.total));
  if (list.session.traits.countOf(list.name) === 'total' && totals.size === 1) return true;
  const readAgain = (asked: OffsetPage) => list.fetchPage(asked, true);
  return areUnmoved(
    pages
      .slice(0, -1)
      .map(({ asked, answer }) => ({ page: answer, readAgain: () => readAgain(asked) })),
  );
}

async function readOnce<R>(
  list: OffsetList<R>,
  offset: number,
  count: number,
): Promise<OffsetWindow<R>> {
  const { name, session } = list;
  const { traits } = session;
  const reading: Reading<R> = { offset, count, items: [], held: 0, measure: undefined };
  const { items } = reading;
  /** The page before, if it was not full and may have been the last. */
  let short: (OffsetPage & { readonly size: number }) | undefined;
  let before: Collection<R> | undefined;

  for (;;) {
    const from = offset + items.length;
    const known = traits.pageSizeOf(name);
    const most = reading.measure ?? (from > 0 && known.isMost ? known.size : MAX_LIMIT);
    const asked = pageAt(from, count - items.length, most);
    const { page, limit } = asked;
    const answer = await list.fetchPage(asked, false);
    const size = answer.items.length;
    if (size === 0) return finish(reading, answer, from, 'end');

    // A server that gives more than it is asked for knows no pages: what it gives is the list.
    const isAll = size > limit;
    const start = isAll ? 0 : (page - 1) * limit;
    const read = start + size;
    const extent = isAll ? 'end' : traits.extentOf(name, read, answer.total);
    const isShort = size < limit;
    const isRepeated = before !== undefined && isSamePage(before, answer);
    before = answer;
    if (isRepeated) {
      if (extent === 'more') throw invalidResponse('the same page comes again');
      return finish(reading, answer, from, 'end');
    }
    if (short !== undefined) {
      // It was not the last, so the server has cut it, and may have taken it from further up.
      traits.noteCap(name, short.size);
      if (short.page > 1) return readOnce(list, offset, count);
      short = undefined;
    }
    if (isShort && page > 1 && (limit > Math.max(reading.held, known.size) || extent === 'more')) {
      reading.measure =
        extent === 'more' && limit <= known.size ? size : Math.max(known.size, size);
      reading.held = Math.max(reading.held, size);
      before = undefined;
      continue;
    }
    items.push(...answer.items.slice(from - start, offset + count - start));
    const isEnd = extent === 'end' || (extent === 'unknown' && isShort && limit <= reading.held);
    reading.held = Math.max(reading.held, size);
    if (isEnd) return finish(reading, answer, read, 'end');
    if (isShort) {
      reading.measure = size;
      short = { ...asked, size };
    }
    if (items.length >= count) return finish(reading, answer, read, extent);
  }
}

interface Reading<R> {
  readonly offset: number;
  readonly count: number;
  readonly items: Item<R>[];
  /** The most records that a page of this reading has held. */
  held: number;
  /** How many the server puts on a page, once one was not full. */
  measure: number | undefined;
}

function finish<R>(
  { offset, count, items, held, measure }: Reading<R>,
  answer: Collection<R>,
  read: number,
  extent: Extent,
): OffsetWindow<R> {
  const end = offset + items.length;
  const natural = pageAt(end, count, measure ?? MAX_LIMIT);
  return {
    items,
    end,
    rest: read > end ? 'more' : extent,
    total: extent === 'end' && (items.length > 0 || offset === 0) ? read : undefined,
    last: { answer, read },
    next: natural.limit <= held ? natural : { page: end + 1, limit: 1 },
  };
}

/** Whether two pages hold the same records; false where one of these has no id to tell by. */
const isSamePage = <R>({ items: before }: Collection<R>, { items }: Collection<R>): boolean =>
  before.length === items.length &&
  items.every(({ id }, index) => id !== undefined && id === before[index]?.id);

/** Whether the list goes on behind a window; a call for the next page where the window does not tell. */
export async function goesOn<R>(
  list: OffsetList<R>,
  { end, rest, next }: OffsetWindow<R>,
): Promise<boolean> {
  if (rest !== 'unknown') return rest === 'more';
  const { items } = await list.fetchPage(next, false);
  return (next.page - 1) * next.limit + items.length > end;
}

/**
 * How many records the list has in all; null where the server's count cannot be believed. No call, but for
 * one or two, once a process and kind of list, that tell whether it can be.
 *
 * @param probe Asks for one record of the list changed in the far future.
 */
export async function countWindow<R>(
  list: OffsetList<R>,
  { total, last: { answer, read }, next }: OffsetWindow<R>,
  probe: () => Promise<Collection<R>>,
): Promise<number | null> {
  return total ?? believedTotal(list, answer, read, () => list.fetchPage(next, false), probe);
}
