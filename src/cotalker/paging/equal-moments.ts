import type { Collection, Item } from '../records/envelope.ts';
import { invalidResponse, isReadable } from '../errors.ts';
import type { PagedList } from './paged-list.ts';
import type { Dated } from '../records/placed-item.ts';
import { areUnmoved, untilUnmoved } from './unmoved.ts';

interface NumberedPages<R> {
  readonly list: Pick<PagedList<never, R>, 'name' | 'session'>;
  /** Page 1, which holds only a part of what is looked for. */
  readonly first: Collection<R>;
  /** Whether that is as much as was asked for. */
  readonly isFull: boolean;
  readonly fetchPage: (page: number, limit: number) => Promise<Collection<R>>;
  readonly isInOrder: (items: readonly Item<R>[]) => boolean;
  /** Whether the items lead as far as needed. */
  readonly leadsOn: (items: readonly Item<R>[]) => boolean;
}

interface Pages<R> {
  readonly pages: readonly Collection<R>[];
  readonly isEnd: boolean;
}

/**
 * Reads on by page number, as far as needed. Where an item leaves a page that was read already, the
 * first one of the next page moves up and is missed. So all pages but the last are read once more: if
 * they still are what they were, nothing has moved, and nothing was missed. One that comes to such a
 * page moves others down: they are met twice.
 *
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where the list is not sorted, or its pages bring
 *   nothing new, or never stay the same.
 */
export async function readPagesByNumber<R extends Dated>(
  walk: NumberedPages<R>,
): Promise<{ items: Item<R>[]; isEnd: boolean }> {
  // The server's own measure, so that its pages start at the same places whether it counts them in
  // what it was asked for or in what it gives.
  const limit = walk.first.items.length;
  const fetchPage = (page: number) => walk.fetchPage(page, limit);
  return untilUnmoved(async (isAgain) => {
    const first = isAgain ? await fetchPage(1) : walk.first;
    const read = await readOn({ ...walk, first }, fetchPage, limit);
    if (read === undefined) return undefined;
    const { pages, isEnd } = read;
    const before = pages
      .slice(0, -1)
      .map((page, index) => ({ page, readAgain: () => fetchPage(index + 1) }));
    const isWhole = isPlain(read, walk) || (await areUnmoved(before, contentOf));
    return isWhole ? { items: pages.flatMap(({ items }) => items), isEnd } : undefined;
  });
}

/** The pages up to where they lead far enough; undefined where something has moved meanwhile. */
async function readOn<R extends Dated>(
  { list, first, isFull, isInOrder, leadsOn }: NumberedPages<R>,
  fetchPage: (page: number) => Promise<Collection<R>>,
  limit: number,
): Promise<Pages<R> | undefined> {
  const pages: Collection<R>[] = [];
  const known = new Set<string>();
  for (let page = first; ; page = await fetchPage(pages.length + 1)) {
    const last = pages.at(-1);
    const items = [...pages, page].flatMap(({ items }) => items);
    const extent = list.session.traits.extentOf(list.name, items.length, page.total);
    if (last !== undefined && extent === 'unknown' && contentOf(page) === contentOf(last)) {
      const isNameless = page.items.every(({ id }) => id === undefined);
      const tellsOfMore = (page.total ?? 0) > page.items.length;
      // Either it has moved down by a whole page, or it always comes again.
      if (tellsOfMore && !isNameless) return undefined;
      if (!tellsOfMore) {
        if (isFull || isNameless) throw invalidResponse('the same page comes again');
        // A server that knows neither limits nor pages has no more than this one.
        return { pages: [...pages, { items: [], total: undefined }], isEnd: true };
      }
    }
    const ids = page.items.flatMap(({ id }) => id ?? []);
    if (ids.some((id) => known.has(id))) return undefined;
    for (const id of ids) known.add(id);

    pages.push(page);
    // Without a count that tells, page 2 has to tell first whether there is more than this.
    const mayBeAll = page === first && extent === 'unknown';
    const isShort = page.items.length < limit;
    const isEnd = page.items.length === 0 || (extent === 'unknown' ? isShort : extent === 'end');
    if (isEnd) return { pages, isEnd };
    if (!mayBeAll && !isInOrder(items)) throw invalidResponse('the list is not sorted');
    if (leadsOn(items)) return { pages, isEnd };
  }
}

/** Whether page 1 was all, by a page 2 without items, and a server that is known to put more on a page. */
const isPlain = <R>({ pages }: Pages<R>, { list, first }: NumberedPages<R>): boolean =>
  pages.length === 2 &&
  pages[1]?.items.length === 0 &&
  list.session.traits.pageSizeOf(list.name).size > first.items.length;

/** What a page holds, and when each item had changed: one that changed in its place has moved as well. */
const contentOf = <R extends Dated>({ items }: Collection<R>): string => items.map(keyOf).join();

function keyOf<R extends Dated>({ record, raw }: Item<R>): string {
  if (!isReadable(record)) return JSON.stringify(raw ?? null);
  const { _id, modifiedAt } = record;
  return isReadable(modifiedAt) ? `${_id} ${modifiedAt}` : JSON.stringify(record);
}
