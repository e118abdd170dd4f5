import { createHash } from 'node:crypto';
import { type Collection, type Item, readDate } from './envelope.ts';
import { type CotalkerError, invalidResponse } from './errors.ts';
import { type Moment, compareMoments, type Position, isPast } from './position.ts';

/*
 * Reading a list that is sorted by `modifiedAt`, and changes while it is read.
 *
 * Page numbers lose records: one that changes moves to the end of the list, all behind it move up by
 * one, and the first record of the next page is now the last of the page already read. So a list is
 * continued by key (`modified_gte` of the last record seen), never by page number. The one place where
 * the key cannot tell the next page is a run of records with the very same `modifiedAt` that is longer
 * than what the server puts on one page; `readMoment` reads such a run by page number and then proves
 * by the totals that nothing moved meanwhile.
 */

/** A record in a list sorted by `modifiedAt`. */
export interface Dated {
  readonly _id: string;
  readonly modifiedAt: Moment;
}

/** Where a page starts and how long it is, in the upstream's words. */
export interface KeysetPage {
  readonly modified_gte?: string;
  readonly modified_gt?: string;
  /** Counts from 1. */
  readonly page: number;
  readonly limit: number;
}

export interface KeysetItem<R> {
  readonly id: string;
  readonly modifiedAt: Moment;
  readonly record: R | CotalkerError;
  /** The item as it came, and whether its place is its own; only for items that could not be read. */
  readonly malformed?: { readonly raw: unknown; readonly hasPlace: boolean };
}

export interface KeysetWindow<R> {
  /** At most `want` items, sorted by `modifiedAt`, then id; complete up to the last one. */
  readonly items: readonly KeysetItem<R>[];
  /** Whether the list goes on behind the last item. */
  readonly hasMore: boolean;
  /** How many records the whole list has; undefined where no call of this reading told. */
  readonly total: number | undefined;
}

/** The largest limit that Cotalker's own SDK asks for; a server may return fewer. */
export const MAX_LIMIT = 1000;
const EPOCH = '1970-01-01T00:00:00.000Z';
const MOMENT_ATTEMPTS = 3;

interface Range {
  /** Everything from this moment on; null: from the start of the list. */
  readonly from: Moment;
  /** Whether the records of the moment itself are left out. */
  readonly exclusive: boolean;
}

interface Slice<R> {
  readonly items: readonly KeysetItem<R>[];
  /** How many items the page had, before any was left out. */
  readonly size: number;
  readonly total: number | undefined;
}

/**
 * Lists one page of the list, sorted by `modifiedAt` ascending, with the total. `again`: ask even if
 * this request asked the very same before.
 */
export type FetchPage<R> = (page: KeysetPage, again: boolean) => Promise<Collection<R>>;

type FetchSlice<R> = (range: Range, page?: number, again?: boolean) => Promise<Slice<R>>;

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
  const found = new Map<string, KeysetItem<R>>();
  const limit = Math.min(MAX_LIMIT, want + 1 + (after?.ids?.length ?? 0));
  let range: Range = { from: after?.modifiedAt ?? since, exclusive: false };
  const tellsTotal = range.from === since;
  let total: number | undefined;

  const fetchSlice: FetchSlice<R> = async (of, page = 1, again = false) => {
    const { items, total } = await fetchPage({ ...boundOf(of), page, limit }, again);
    return { items: keyed(items, of), size: items.length, total };
  };
  const fresh = (): KeysetItem<R>[] =>
    [...found.values()].filter((item) => after === undefined || !isPast(after, item));
  const finish = (items: KeysetItem<R>[], hasMore: boolean): KeysetWindow<R> => {
    const sorted = items.sort(compareItems);
    return { items: sorted.slice(0, want), hasMore: hasMore || sorted.length > want, total };
  };

  for (;;) {
    const slice = await fetchSlice(range);
    if (tellsTotal) total ??= slice.total;
    for (const item of slice.items) found.set(item.id, item);
    if (await isEnd(slice, limit, () => fetchSlice(range, 2))) {
      if (tellsTotal) total ??= found.size;
      return finish(fresh(), false);
    }
    const last = lastMoment(slice, range);
    const isMoment = last === range.from;
    if (isMoment) {
      for (const item of await readMoment(fetchSlice, last)) found.set(item.id, item);
    }
    range = { from: last, exclusive: isMoment };
    const isSettled = settledBy(range);
    const items = fresh();
    const settled = items.filter(isSettled);
    if (settled.length >= want && items.length > want) return finish(settled, true);
  }
}

/** Only what lies before the point where the next call would start is known to be complete. */
const settledBy =
  ({ from, exclusive }: Range) =>
  ({ modifiedAt }: { modifiedAt: Moment }): boolean =>
    compareMoments(modifiedAt, from) < (exclusive ? 1 : 0);

const compareItems = (
  a: { id: string; modifiedAt: Moment },
  b: { id: string; modifiedAt: Moment },
): number => compareMoments(a.modifiedAt, b.modifiedAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function boundOf({ from, exclusive }: Range): Pick<KeysetPage, 'modified_gte' | 'modified_gt'> {
  if (from === null) return exclusive ? { modified_gte: EPOCH } : {};
  return exclusive ? { modified_gt: from } : { modified_gte: from };
}

/**
 * Whether the page holds all of its range. With a total that is plain. Without one a short page alone
 * does not prove the end (sheet, section 1): then a next page with nothing new on it does.
 */
async function isEnd<R>(
  slice: Slice<R>,
  limit: number,
  next: () => Promise<Slice<R>>,
): Promise<boolean> {
  if (slice.total !== undefined) return slice.size >= slice.total;
  if (slice.size === 0) return true;
  if (slice.size >= limit) return false;
  const known = new Set(slice.items.map(({ id }) => id));
  return (await next()).items.every(({ id }) => known.has(id));
}

/** The last moment on a page that more pages follow; such a page has to be sorted and in its range. */
function lastMoment<R>({ items }: Slice<R>, { from, exclusive }: Range): Moment {
  if (items.length === 0) throw invalidResponse('the list ends before its total');
  let last = from;
  for (const { modifiedAt } of items) {
    if (compareMoments(modifiedAt, last) < 0) throw invalidResponse('the list is not sorted');
    last = modifiedAt;
  }
  if (exclusive && last === from) throw invalidResponse('the list does not go on');
  return last;
}

/**
 * All items of one moment, where the server's page holds only a part of them. Nothing can come to a
 * moment that is past, but an item can leave it (it changed), and then one that was not read yet moves
 * up to a page already read. If as many items lie behind the moment after the reading as before it,
 * none has left.
 */
async function readMoment<R>(fetchSlice: FetchSlice<R>, moment: Moment): Promise<KeysetItem<R>[]> {
  const countBehind = async (): Promise<number | undefined> =>
    (await fetchSlice({ from: moment, exclusive: true }, 1, true)).total;
  let behind = await countBehind();
  for (let attempt = 1; attempt <= MOMENT_ATTEMPTS; attempt += 1) {
    const { items, total } = await readPages(fetchSlice, moment);
    const before = behind;
    behind = await countBehind();
    const isWhole = total === undefined || behind === undefined || items.length === total - behind;
    if (before === behind && isWhole) return items;
  }
  throw invalidResponse('the list changes faster than it can be read');
}

/** The items of one moment by page number, up to the first page that leads beyond it. */
async function readPages<R>(
  fetchSlice: FetchSlice<R>,
  moment: Moment,
): Promise<{ items: KeysetItem<R>[]; total: number | undefined }> {
  const items = new Map<string, KeysetItem<R>>();
  for (let page = 1; ; page += 1) {
    const slice = await fetchSlice({ from: moment, exclusive: false }, page, true);
    const known = items.size;
    const here = slice.items.filter(({ modifiedAt }) => modifiedAt === moment);
    for (const item of here) items.set(item.id, item);
    const isLast = here.length < slice.size || slice.size === 0 || items.size === slice.total;
    if (isLast) return { items: [...items.values()], total: slice.total };
    if (items.size === known) throw invalidResponse('the same page comes again');
  }
}

/**
 * Gives every item its place in the list. A malformed item may have no readable id or date: it then
 * takes the date of its neighbour and an id made from its content, the same at every reading.
 */
function keyed<R extends Dated>(
  items: readonly Item<R>[],
  { from, exclusive }: Range,
): KeysetItem<R>[] {
  const startsList = from === null && !exclusive;
  const result: KeysetItem<R>[] = [];
  let last = from;
  for (const { id, record, raw } of items) {
    if (record instanceof Error) {
      const own = readDate(raw, 'modifiedAt');
      const malformed = { raw, hasPlace: own !== undefined };
      last = own ?? last;
      result.push({ id: id ?? fingerprint(raw, result), modifiedAt: last, record, malformed });
    } else if (record.modifiedAt !== null || startsList) {
      last = record.modifiedAt;
      result.push({ id: record._id, modifiedAt: last, record });
    }
    // A record without a date comes first, once: further on it is not listed again.
  }
  return result;
}

/** An id for an item without one; items of the same content are told apart by their number. */
function fingerprint(raw: unknown, before: readonly { id: string }[]): string {
  for (let number = 0; ; number += 1) {
    const content = JSON.stringify([raw ?? null, number]);
    const id = createHash('sha256').update(content).digest('hex').slice(0, 24);
    if (!before.some((item) => item.id === id)) return id;
  }
}
