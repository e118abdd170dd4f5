import type { Collection, Item } from './envelope.ts';
import { invalidResponse } from './errors.ts';
import { MAX_LIMIT } from './keyset.ts';

/** A page in the upstream's words; `page` counts from 1. */
export interface OffsetPage {
  readonly page: number;
  readonly limit: number;
}

export interface OffsetWindow<R> {
  readonly items: readonly Item<R>[];
  readonly total: number;
}

type FetchPage<R> = (page: OffsetPage) => Promise<Collection<R>>;

/**
 * Reads the items from `offset` on, `count` of them at the most, of a list that can only be read by page
 * number. One call where one page of the server's holds them all.
 *
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where the list has no total, or ends before it.
 */
export async function readWindow<R>(
  fetchPage: FetchPage<R>,
  offset: number,
  count: number,
): Promise<OffsetWindow<R>> {
  const items: Item<R>[] = [];
  let cap = MAX_LIMIT;
  for (;;) {
    const from = offset + items.length;
    const { page, limit } = pageAt(from, count - items.length, cap);
    const { items: some, total } = await fetchPage({ page, limit });
    if (total === undefined) throw invalidResponse('the list has no total');

    const start = (page - 1) * limit;
    const expected = Math.max(0, Math.min(limit, total - start));
    if (some.length < expected) {
      if (some.length === 0) throw invalidResponse('the list ends before its total');
      // The server puts fewer on a page than asked, so its pages start elsewhere: ask in its measure.
      cap = some.length;
      if (page > 1) continue;
    }
    items.push(...some.slice(from - start, from - start + count - items.length));
    if (items.length >= count || offset + items.length >= total) return { items, total };
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
