import type { Collection, Item } from './envelope.ts';
import { invalidResponse } from './errors.ts';

/**
 * Reads a list to its end by page number: for lists sorted by a key that does not change. One call
 * where the first page holds the whole total; a short page is followed up, not trusted. Without a
 * total the end is a page with nothing new on it.
 *
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where a page brings nothing new before the total
 *   is reached.
 */
export async function readAllPages<R>(
  fetchPage: (page: number) => Promise<Collection<R>>,
): Promise<readonly Item<R>[]> {
  const first = await fetchPage(1);
  if (isWhole(first)) return first.items;
  const items = new Map<string, Item<R>>();
  for (let page = 1; ; page += 1) {
    const known = items.size;
    const { items: some, total } = page === 1 ? first : await fetchPage(page);
    // Tells an item without an id from one like it on another page, but not on the same page come again.
    const content = JSON.stringify(some.map(({ id, raw }) => id ?? raw));
    for (const [place, item] of some.entries()) items.set(item.id ?? `${place} ${content}`, item);
    const isStill = items.size === known;
    if (total === undefined ? isStill : items.size >= total) return [...items.values()];
    if (isStill) throw invalidResponse('the list ends before its total');
  }
}

/** Whether a first page plainly is the list: then it is given as it is, and is the same where it is recalled. */
const isWhole = <R>({ items, total = Infinity }: Collection<R>): boolean =>
  items.length >= total && new Set(items.map(({ id }) => id)).size === items.length;
