import type { Collection, Item } from './envelope.ts';
import { type Dated, isSorted, type KeysetItem, placeItems } from './place.ts';
import { compareMoments, isPast, type Moment, type Position } from './position.ts';
import { walkPages } from './walk.ts';
import { createMemo } from '../memo.ts';

export type { Dated, KeysetItem } from './place.ts';

/*
 * Reading a list that is sorted by `modifiedAt`, and changes while it is read.
 *
 * Page numbers lose records: one that changes moves to the end of the list, all behind it move up by
 * one, and the first record of the next page is now the last of the page already read. So a list is
 * continued by key (`modified_gte` of the last record seen), never by page number. The one place where
 * the key cannot tell the next page is a run of records with the very same `modifiedAt` that is longer
 * than what the server puts on one page; `walkPages` reads such a run by page number, and then proves
 * that nothing moved meanwhile.
 *
 * All of this relies on one thing: a change is written with the time that it is then, so nothing comes to
 * a moment any more once a later one is in the list.
 */

/** Where a page starts and how long it is, in the upstream's words. */
export interface KeysetPage {
  readonly modified_gte?: string;
  readonly modified_gt?: string;
  /** Counts from 1. */
  readonly page: number;
  readonly limit: number;
}

export interface KeysetWindow<R> {
  /** At most `want` items, sorted by `modifiedAt`, then id; complete up to the last one. */
  readonly items: readonly KeysetItem<R>[];
  /** Whether the list goes on behind the last item. */
  readonly hasMore: boolean;
  /** The last moment that was met: nothing comes to an earlier one any more. */
  readonly newest: Moment;
  /** How many records the whole list has; undefined where no call of this reading told. */
  readonly total: number | undefined;
}

/** The largest limit that Cotalker's own SDK asks for; a server may return fewer. */
export const MAX_LIMIT = 1000;

/**
 * Lists one page of the list, sorted by `modifiedAt` ascending, with the total. `again`: ask even if
 * this request asked the very same before.
 */
export type FetchPage<R> = (page: KeysetPage, again: boolean) => Promise<Collection<R>>;

/**
 * Reads the list behind `after` until `want` items are known for sure, or the list has ended.
 *
 * One call where the server's page holds `want + 1` records: the one more tells whether the list goes
 * on, and whether the last moment of the page is complete, so that records of the same moment come in
 * the order of their ids whatever order the server has for them.
 *
 * @param since The list's own lower bound, where its filter has one; `after` lies behind it.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where the server's paging makes no progress.
 */
export async function readKeyset<R extends Dated>(
  fetchPage: FetchPage<R>,
  since: Moment,
  after: Position | undefined,
  want: number,
): Promise<KeysetWindow<R>> {
  const limit = Math.min(MAX_LIMIT, want + 1 + (after?.count ?? 0));
  let from = after?.modifiedAt ?? since;
  const startsList = from === since;
  let cap = 0;
  let total: number | undefined;
  const first = await fetchPage(pageFrom(from, limit), false);
  const recalled = after === undefined && recallWindow<R>(first, want);
  if (recalled) return recalled;
  const found = new Map<string, KeysetItem<R>>();

  for (;;) {
    const start = { from, isListStart: from === since, cap };
    const page =
      found.size === 0 && cap === 0 ? first : await fetchPage(pageFrom(from, limit), false);
    const stretch = await readStretch(fetchPage, start, limit, page);
    if (start.isListStart) total = stretch.total;
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
    if (stretch.isEnd) {
      if (startsList) total ??= found.size;
      const window = { items: items.slice(0, want), hasMore: items.length > want, newest, total };
      if (after === undefined && stretch.page === first) keepWindow(first, want, window);
      return window;
    }
    // Of the last moment there may be more to come, and before those that came.
    const settled = items.filter(({ modifiedAt }) => modifiedAt !== newest);
    if (settled.length >= want) {
      const window = { items: settled.slice(0, want), hasMore: true, newest, total };
      if (after === undefined && stretch.page === first) keepWindow(first, want, window);
      return window;
    }
    from = newest;
  }
}

interface Start {
  readonly from: Moment;
  /** Whether the list itself starts there. */
  readonly isListStart: boolean;
  /** How many records the server is known to put on a page. */
  readonly cap: number;
}

interface Stretch<R> {
  /** In the order of their moments, of more than one moment where the list goes on: up to a next key. */
  readonly items: readonly KeysetItem<R>[];
  readonly isEnd: boolean;
  readonly pageSize: number;
  readonly total: number | undefined;
  /** The one page that all of it comes from; undefined where it took more. */
  readonly page?: Collection<R>;
}

const pageFrom = (from: Moment, limit: number): KeysetPage => ({
  ...(from !== null && { modified_gte: from }),
  page: 1,
  limit,
});

/**
 * What first pages have come to, by how much was wanted of them: a page that is recalled (`recall.ts`) is
 * not sorted a second time. Where it starts and how long it is decide which page it is.
 */
const windowsOf = createMemo<object, Map<number, KeysetWindow<unknown>>>();

const recallWindow = <R>(page: Collection<R>, want: number): KeysetWindow<R> | undefined =>
  windowsOf(page, () => new Map()).get(want) as KeysetWindow<R> | undefined;

function keepWindow<R>(page: Collection<R>, want: number, window: KeysetWindow<R>): void {
  windowsOf(page, () => new Map()).set(want, window);
}

/**
 * Reads one page, if it leads on; a larger one where it is full, but all of one moment; page after page
 * where that is all the server gives.
 */
async function readStretch<R extends Dated>(
  fetchPage: FetchPage<R>,
  start: Start,
  limit: number,
  page: Collection<R>,
): Promise<Stretch<R>> {
  const { from, isListStart, cap } = start;
  const place = (items: readonly Item<R>[]) => placeItems(items, from, isListStart);
  const isInOrder = (items: readonly Item<R>[]) => isSorted(place(items), from);
  const leadsOn = (items: readonly Item<R>[]) => isInOrder(items) && hasTwoMoments(place(items));

  const { items, total } = page;
  const pageSize = items.length;
  const isEnd = endsList(page, cap);
  if (isEnd || leadsOn(items)) return { items: place(items), isEnd, pageSize, total, page };
  const isFull = pageSize === limit;
  if (isFull && limit < MAX_LIMIT) {
    const larger = await fetchPage(pageFrom(from, MAX_LIMIT), false);
    return readStretch(fetchPage, start, MAX_LIMIT, larger);
  }

  const walked = await walkPages({
    first: page,
    isFull,
    fetchPage: (page, limit) => fetchPage({ ...pageFrom(from, limit), page }, true),
    isInOrder,
    leadsOn,
  });
  return { items: place(walked.items), isEnd: walked.isEnd, pageSize, total };
}

const compareItems = (
  a: { id: string; modifiedAt: Moment },
  b: { id: string; modifiedAt: Moment },
): number => compareMoments(a.modifiedAt, b.modifiedAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Whether the page holds all that comes from its start on. With a total that is plain. Without one a
 * short page alone does not prove the end (sheet, section 1), but one that is shorter than another page
 * of this server does.
 */
const endsList = <R>({ items, total }: Collection<R>, cap: number): boolean =>
  total === undefined ? items.length === 0 || items.length < cap : items.length >= total;

/** Whether sorted items lead to a next key. */
const hasTwoMoments = (items: readonly { modifiedAt: Moment }[]): boolean =>
  items.at(0)?.modifiedAt !== items.at(-1)?.modifiedAt;

const newestOf = (items: Iterable<{ modifiedAt: Moment }>): Moment =>
  [...items].reduce<Moment>(
    (newest, { modifiedAt }) => (compareMoments(modifiedAt, newest) > 0 ? modifiedAt : newest),
    null,
  );
