import type { Collection } from '../records/envelope.ts';
import {
  type KeysetList,
  pageFrom,
  believedTotal,
  FAR_FUTURE,
  settleMeaning,
} from './paged-list.ts';
import { type Dated, placeItems } from '../records/placed-item.ts';
import { type Moment, newestOf } from '../records/moment.ts';

/** Where a stretch of a list begins, and what is known by then. */
export interface StretchStart {
  readonly from: Moment;
  readonly isListStart: boolean;
  /** How many records the server is known to put on a page. */
  readonly cap: number;
}

/**
 * Whether the page holds all that comes from its start on. A count that can be believed tells. Without one a
 * short page alone does not prove the end (sheet, section 1), but one that is shorter than another page
 * of this reading does.
 */
export async function isLast<R extends Dated>(
  list: KeysetList<R>,
  start: StretchStart,
  page: Collection<R>,
): Promise<boolean> {
  const { traits } = list.session;
  const { items, total } = page;
  if (items.length === 0) return true;
  const extent = traits.extentOf(list.name, items.length, total);
  if (extent !== 'unknown') return extent === 'end';
  if (items.length < start.cap) return true;
  if (!traits.isUnsettled(list.name, items.length, total)) return false;
  await settleMeaning(list, page, () => lookBehind(list, start, page));
  return traits.provesEnd(list.name, items.length, total);
}

/**
 * Asks for what lies behind a page that is the list, if its count is the list's: from its last moment on, behind
 * the items of that moment. So a count of the page, of what the filter matches, and of more than that differ.
 */
async function lookBehind<R extends Dated>(
  list: KeysetList<R>,
  { from, isListStart }: Pick<StretchStart, 'from' | 'isListStart'>,
  { items }: Collection<R>,
): Promise<void> {
  const { name, session } = list;
  const placed = placeItems(items, from, isListStart);
  const newest = newestOf(placed);
  const limit = Math.max(1, placed.filter(({ modifiedAt }) => modifiedAt === newest).length);
  const { total } = await list.fetchPage({ ...pageFrom(newest, limit), page: 2 }, false);
  if (total !== undefined && total < items.length && session.traits.awaitsFilter(name))
    session.traits.noteFilter(name, true);
}

/**
 * How many records the list has in all; null where the server's count cannot be believed.
 *
 * No call where `window`, a reading of the list, has been through it or has its count; else one for the count.
 * Whether it can be believed may take another one or two, once a process and kind of list.
 */
export async function countKeyset<R extends Dated>(
  list: KeysetList<R>,
  since: Moment,
  window: { readonly total: number | undefined; readonly head: Collection<R> | undefined },
): Promise<number | null> {
  const { total } = window;
  // What several pages come to may never have been there at once, if the list has changed meanwhile.
  if (total !== undefined && window.head?.items.length === total) return total;
  const head = window.head ?? (await list.fetchPage(pageFrom(since, 1), false));
  const believed = await believedTotal(
    list,
    head,
    head.items.length,
    () => lookBehind(list, { from: since, isListStart: true }, head),
    () => list.fetchPage(pageFrom(FAR_FUTURE, 1), false),
  );
  return believed ?? total ?? null;
}
