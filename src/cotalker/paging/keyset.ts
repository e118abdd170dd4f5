import type { Collection, Item } from '../records/envelope.ts';
import { isLast, type StretchStart } from './keyset-end.ts';
import { type KeysetList, MAX_LIMIT, pageFrom } from './paged-list.ts';
import { type Dated, isSorted, type KeysetItem, placeItems } from '../records/placed-item.ts';
import { compareMoments, isPast, type Moment, newestOf, type Position } from '../records/moment.ts';
import { readPagesByNumber } from './equal-moments.ts';

/*
 * Reading a list that is sorted by `modifiedAt`, and changes while it is read.
 *
 * Page numbers lose records. A record that changes moves to the end of the list, and all records after it move up
 * by one. So the first record of the next page becomes the last of the page already read. So a list is continued by
 * key (`modified_gte` of the last record seen), never by page number. The key does not help in one place: a run of
 * records with the very same `modifiedAt` that is longer than a page. `readPagesByNumber` reads such a run by page number,
 * and then proves that nothing moved meanwhile.
 *
 * All of this relies on one thing: a change is written with the time that it is then. So nothing comes to a moment
 * any more once a later one is in the list.
 */

export interface KeysetWindow<R> {
  /** At most `want` items, sorted by `modifiedAt`, then id; complete up to the last one. */
  readonly items: readonly KeysetItem<R>[];
  readonly hasMore: boolean;
  /** The last moment that was met: nothing comes to an earlier one any more. */
  readonly newest: Moment;
  /** How many records the whole list has; undefined where this reading has not been through it. */
  readonly total: number | undefined;
  /** The page that the list begins with; undefined where this reading began behind it. */
  readonly head: Collection<R> | undefined;
}

/**
 * Reads the list behind `after` until `want` items are known for sure, or the list has ended.
 *
 * One call where the server's page holds `want + 1` records. The one more tells whether the list goes on, and
 * whether the last moment of the page is complete. So records of the same moment come in the order of their ids,
 * whatever order the server has for them. One call, too, where the count shows that the page is the whole list. If
 * no count is reliable (sheet, section 1), the end takes one more call for what follows the last item. The first
 * such list of a process takes one more call to learn that.
 *
 * @param since The list's own lower bound, where its filter has one; `after` lies behind it.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where the server's paging makes no progress.
 */
export async function readKeyset<R extends Dated>(
  list: KeysetList<R>,
  since: Moment,
  after: Position | undefined,
  want: number,
): Promise<KeysetWindow<R>> {
  const limit = Math.min(MAX_LIMIT, want + 1 + (after?.count ?? 0));
  let from = after?.modifiedAt ?? since;
  const startsList = from === since;
  let cap = 0;
  const first = await list.fetchPage(pageFrom(from, limit), false);
  const head = startsList ? first : undefined;
  const found = new Map<string, KeysetItem<R>>();

  for (let page = first; ; page = await list.fetchPage(pageFrom(from, limit), false)) {
    const start = { from, isListStart: from === since, cap };
    const stretch = await readStretch(list, start, limit, page);
    cap = Math.max(cap, stretch.pageSize);

    for (const { id, modifiedAt } of found.values()) {
      // Read before, and now again: it may have changed, and no longer be there.
      if (compareMoments(modifiedAt, from) >= 0) found.delete(id);
    }
    for (const item of stretch.items) found.set(item.id, item);
    const newest = newestOf(found.values());
    const items = [...found.values()]
      .filter((item) => after === undefined || !isPast(after, item))
      .sort(compareItems);
    // Of the last moment there may be more to come, and before those that came.
    const settled = stretch.isEnd ? items : items.filter(({ modifiedAt }) => modifiedAt !== newest);
    if (stretch.isEnd || settled.length >= want) {
      const total = stretch.isEnd && startsList ? found.size : undefined;
      const hasMore = !stretch.isEnd || settled.length > want;
      return { items: settled.slice(0, want), hasMore, newest, total, head };
    }
    from = newest;
  }
}

interface Stretch<R> {
  /** In the order of their moments, of more than one moment where the list goes on: up to a next key. */
  readonly items: readonly KeysetItem<R>[];
  readonly isEnd: boolean;
  readonly pageSize: number;
}

/**
 * Reads one page, if it leads on; a larger one where it is full, but all of one moment; page after page
 * where that is all the server gives.
 */
async function readStretch<R extends Dated>(
  list: KeysetList<R>,
  start: StretchStart,
  limit: number,
  page: Collection<R>,
): Promise<Stretch<R>> {
  const { from, isListStart } = start;
  const place = (items: readonly Item<R>[]) => placeItems(items, from, isListStart);
  const leadsOn = (placed: readonly KeysetItem<R>[]) =>
    isSorted(placed, from) && hasTwoMoments(placed);

  const placed = place(page.items);
  const pageSize = page.items.length;
  const isEnd = await isLast(list, start, page);
  if (isEnd || leadsOn(placed)) return { items: placed, isEnd, pageSize };
  const isFull = pageSize === limit;
  if (isFull && limit < MAX_LIMIT) {
    const larger = await list.fetchPage(pageFrom(from, MAX_LIMIT), false);
    return readStretch(list, start, MAX_LIMIT, larger);
  }

  const walked = await readPagesByNumber({
    list,
    first: page,
    isFull,
    fetchPage: (page, limit) => list.fetchPage({ ...pageFrom(from, limit), page }, true),
    isInOrder: (items) => isSorted(place(items), from),
    leadsOn: (items) => leadsOn(place(items)),
  });
  return { items: place(walked.items), isEnd: walked.isEnd, pageSize };
}

/** By moment, then id: the order of a list. */
export const compareItems = (
  a: { id: string; modifiedAt: Moment },
  b: { id: string; modifiedAt: Moment },
): number => compareMoments(a.modifiedAt, b.modifiedAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const hasTwoMoments = (items: readonly { modifiedAt: Moment }[]): boolean =>
  items.at(0)?.modifiedAt !== items.at(-1)?.modifiedAt;
