import type { Collection, Item } from './envelope.ts';
import { invalidResponse } from './errors.ts';
import { MAX_LIMIT } from './keyset.ts';

/** A page in the upstream's words; `page` counts from 1. */
export interface OffsetPage {
  readonly page: number;
  readonly limit: number;
}

/** What is known of the pages that a server gives. */
export interface PageSize {
  /** So many items it does put on a page where asked to. */
  readonly size: number;
  /** Whether it puts no more than that on one. */
  readonly isMost: boolean;
}

export interface OffsetWindow<R> {
  readonly items: readonly Item<R>[];
  readonly total: number;
  /** What is known by now: for reading on. */
  readonly pages: PageSize;
}

type FetchPage<R> = (page: OffsetPage) => Promise<Collection<R>>;

/**
 * Reads the items from `offset` on, `count` of them at the most, of a list that can only be read by page
 * number. One call where one page of the server's holds them all.
 *
 * @param known What an earlier reading has found out. Without it, the last pages of a list take a call
 *   more: one that is not full is either the rest of the list, or comes from a place further up, of a
 *   server that puts fewer on a page than asked.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where the list has no total, or ends before it.
 */
export async function readWindow<R>(
  fetchPage: FetchPage<R>,
  offset: number,
  count: number,
  known: PageSize = { size: 1, isMost: false },
): Promise<OffsetWindow<R>> {
  const items: Item<R>[] = [];
  let { size, isMost } = known;
  for (;;) {
    const from = offset + items.length;
    const { page, limit } = pageAt(from, count - items.length, isMost ? size : MAX_LIMIT);
    const { items: some, total } = await fetchPage({ page, limit });
    if (total === undefined) throw invalidResponse('the list has no total');
    if (some.length === 0) {
      if (from < total) throw invalidResponse('the list ends before its total');
      return { items, total, pages: { size, isMost } };
    }
    const start = (page - 1) * limit;
    const isUnsure = page > 1 && limit > size && some.length < limit;
    if (isUnsure || some.length < Math.min(limit, total - start)) {
      // Such a page shows how many the server puts on one; further pages are asked for in its measure.
      size = isUnsure ? Math.max(size, some.length) : some.length;
      isMost = true;
      if (page > 1) continue;
    }
    size = Math.max(size, some.length);
    items.push(...some.slice(from - start, from - start + count - items.length));
    if (items.length >= count || offset + items.length >= total) {
      return { items, total, pages: { size, isMost } };
    }
  }
}

/**
 * The smallest page that holds `count` items from `offset` on. Pages start at multiples of their size,
 * so it may have to be larger than `count`; where none within `cap` holds them all, a page that holds
 * the first of them.
 */
export function pageAt(offset: number, count: number, cap: number): OffsetPage {
  const smallest = Math.min(count, cap);
  for (let limit = smallest; limit <= cap; limit += 1) {
    const page = Math.floor(offset / limit);
    if (Math.floor((offset + smallest - 1) / limit) === page) return { page: page + 1, limit };
  }
  return { page: Math.floor(offset / cap) + 1, limit: cap };
}
