import type { Collection, Item } from '../records/envelope.ts';
import { CotalkerError } from '../errors.ts';
import { MAX_LIMIT } from './paged-list.ts';
import type { OffsetList } from './offset.ts';
import type { ListName, Traits } from '../traits/index.ts';
import { areUnmoved, itemsOn, untilUnmoved } from './unmoved.ts';

export interface PagesRead<R> {
  /** The whole list; undefined where that takes more calls than allowed. */
  readonly items: readonly Item<R>[] | undefined;
  /** How many calls it took; where it takes too many, how many at least, as far as that is known. */
  readonly calls: number;
}

/**
 * Reads a list to its end by page number. It is sorted by a key that never changes, such as `createdAt`: what is
 * new comes last. The end is proven by a count that is known to be none of the page, else by one more page that
 * brings nothing new. A count is never an error: it may be wider than what the caller sees (sheet, section 1). One
 * call where the first page proves to be all.
 *
 * An item that leaves a full page which was read moves the first of the next page up, so that it is missed. So a list
 * of several pages is trusted only if every page has the same count, and as many items came. Otherwise all full pages
 * are read again, and must be unchanged. No reading can see one item that leaves while another comes, between two
 * counts. Nor can it see that a first page of fewer than {@link MAX_LIMIT} was full, in a list without a usable count.
 * Where the server reads no page numbers either, a first page as long as {@link COMMON_LIMITS} is not taken for the list.
 *
 * @param maxCalls Gives up where it takes more than so many calls, or will by the count, as soon as that is plain.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where the pages never stay the same; {@link CutOff} where the same
 *   page comes again though there is more, or may be.
 */
export async function readAllPages<R>(
  list: OffsetList<R>,
  maxCalls = Infinity,
): Promise<PagesRead<R>> {
  const { traits } = list.session;
  let calls = 0;
  const fetchPage = async (page: number, limit: number, again: boolean) => {
    if (calls === maxCalls) throw new TooLong(calls + 1);
    calls += 1;
    const collection = await list.fetchPage({ page, limit }, again);
    traits.notePage(list.name, { items: collection.items.length, count: collection.total });
    return collection;
  };
  try {
    return await untilUnmoved(async (again) => {
      const first = await fetchPage(1, MAX_LIMIT, again);
      const { length } = first.items;
      const pages = pagesOf(first);
      // A count alone does not tell that there is more than a page that is not full: that does the next one.
      const enough = length < MAX_LIMIT ? 2 : 1;
      // The server's own measure, so that its pages start at the same places whether it counts them in
      // what it was asked for or in what it gives.
      const fetchNext = (page: number, isRepeated: boolean) => {
        if (page > enough && pages > maxCalls) throw new TooLong(pages);
        return fetchPage(page, length, isRepeated);
      };
      const read = await readOn(traits, list.name, first, (page) => fetchNext(page, again));
      const isWhole = isCounted(read) || (!hasShrunk(read) && (await isUnmoved(read, fetchNext)));
      return isWhole ? { items: itemsOf(read), calls } : undefined;
    });
  } catch (error) {
    if (error instanceof TooLong) return { items: undefined, calls: error.calls };
    throw error;
  }
}

/** The same page comes again, and the list may have more than is on it. */
export class CutOff extends CotalkerError {
  readonly length: number;
  constructor(length: number) {
    super('UPSTREAM_INVALID_RESPONSE', 'the same page comes again, and there may be more');
    this.length = length;
  }
}

class TooLong extends Error {
  readonly calls: number;
  constructor(calls: number) {
    super();
    this.calls = calls;
  }
}

/** How many pages there are, as far as the first one tells. */
const pagesOf = <R>({ items, total = 0 }: Collection<R>): number =>
  items.length === 0 ? 1 : Math.ceil(total / items.length);

interface Read<R> {
  /** Those that brought something, and the first. */
  readonly pages: readonly Collection<R>[];
  readonly items: ReadonlyMap<string, Item<R>>;
  /** What the page said that brought nothing new; undefined where none was needed. */
  readonly end?: Collection<R>;
}

/** The pages from the first to the proven end. */
async function readOn<R>(
  traits: Traits,
  name: ListName,
  first: Collection<R>,
  fetchPage: (page: number) => Promise<Collection<R>>,
): Promise<Read<R>> {
  const items = new Map<string, Item<R>>();
  const pages: Collection<R>[] = [];
  for (;;) {
    const page = pages.length === 0 ? first : await fetchPage(pages.length + 1);
    const known = items.size;
    // Tells an item without an id from one like it on another page, but not on the same page come again.
    let content: string | undefined;
    for (const [place, item] of page.items.entries())
      items.set(item.id ?? `${place} ${(content ??= itemsOn(page))}`, item);
    // No count of a list is that of one of its later pages.
    if (pages.length > 0 && page.total === page.items.length && page.total < items.size)
      traits.notePageCount(name);
    if (items.size === known) {
      if (pages.length === 0) return { pages: [page], items };
      if (isRepeated(page, pages, items.size)) throw new CutOff(items.size);
      return { pages, items, end: page };
    }
    pages.push(page);
    if (traits.provesEnd(name, items.size, page.total)) return { pages, items };
  }
}

/**
 * How long a page is where a server reads no `limit`, which is 10 by the documentation (sheet, section 1), or cuts it to
 * its own. A list of just so many is refused too, where nothing else tells that it is whole.
 */
const COMMON_LIMITS: ReadonlySet<number> = new Set([10, 20, 25, 50, 100, 200, 250, 500]);

/**
 * Whether a page that brings nothing new contradicts the list: it is not empty, and by its count, or by a first page
 * that is full, there is more. A server that reads no `page`, say, hides all that is behind its first one. It may read no
 * `limit` either: then its only page may be full at any of the common lengths.
 */
const isRepeated = <R>(
  { items, total }: Collection<R>,
  pages: readonly Collection<R>[],
  known: number,
): boolean => {
  if (items.length === 0) return false;
  if (total !== undefined) return total > known;
  const length = pages[0]?.items.length ?? 0;
  return length >= MAX_LIMIT || (pages.length === 1 && COMMON_LIMITS.has(length));
};

/** One page is given as it is, and so is the same where it is recalled. */
function itemsOf<R>({ pages, items }: Read<R>): readonly Item<R>[] {
  const [first] = pages;
  return first?.items.length === items.size ? first.items : [...items.values()];
}

/** Whether nothing can have moved: no page was full, or each told that there are as many as came. */
const isCounted = <R>(read: Read<R>): boolean =>
  fullPages(read).length === 0
    ? !hasShrunk(read)
    : read.pages.every(({ total }) => total === read.items.size);

/** The pages behind which the list went on, or may have: the last one as well, if it had no room. */
function fullPages<R>({ pages, end }: Read<R>): readonly Collection<R>[] {
  const most = pages.length === 1 ? MAX_LIMIT : (pages[0]?.items.length ?? 0);
  const isLastFull = end !== undefined && (pages.at(-1)?.items.length ?? 0) >= most;
  return isLastFull ? pages : pages.slice(0, -1);
}

/** Whether the first page told of more than came, and the one behind it told of another number. */
const hasShrunk = <R>({ pages: [first], items, end }: Read<R>): boolean =>
  (first?.total ?? 0) > items.size && end !== undefined && end.total !== first?.total;

const isUnmoved = <R>(
  read: Read<R>,
  fetchPage: (page: number, again: true) => Promise<Collection<R>>,
): Promise<boolean> =>
  areUnmoved(
    fullPages(read).map((page, index) => ({ page, readAgain: () => fetchPage(index + 1, true) })),
  );
