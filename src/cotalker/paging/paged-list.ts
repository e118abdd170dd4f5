import type { Collection } from '../records/envelope.ts';
import { REFUSALS, unlessRefused } from './id-search.ts';
import type { Session } from '../session.ts';
import type { ListName } from '../traits/index.ts';
import { createMemo } from '../sharing/derived.ts';
import type { Moment } from '../records/moment.ts';

export interface PagedList<P, R> {
  readonly name: ListName;
  readonly session: Pick<Session, 'traits'>;
  /** @param again Ask even if this request asked the very same before. */
  readonly fetchPage: (page: P, again: boolean) => Promise<Collection<R>>;
}

/** Where a page starts and how long it is, in the upstream's words. */
export interface KeysetPage {
  readonly modified_gte?: string;
  /** Counts from 1. */
  readonly page: number;
  readonly limit: number;
}

/** The largest limit that Cotalker's own SDK asks for; a server may return fewer. */
export const MAX_LIMIT = 1000;

/** A page in the upstream's words; `page` counts from 1. */
export interface OffsetPage {
  readonly page: number;
  readonly limit: number;
}

/**
 * The smallest page that holds `count` items from `offset` on. Pages start at multiples of their size, so it may
 * have to be larger than `count`. If no page within `cap` holds them all, it is a page that holds the first of
 * them.
 */
export function pageAt(offset: number, count: number, cap: number): OffsetPage {
  const smallest = Math.min(count, cap);
  for (let limit = smallest; limit <= cap; limit += 1) {
    const page = Math.floor(offset / limit);
    if (Math.floor((offset + smallest - 1) / limit) === page) return { page: page + 1, limit };
  }
  return { page: Math.floor(offset / cap) + 1, limit: cap };
}

export type KeysetList<R> = PagedList<KeysetPage, R>;

export const pageFrom = (from: Moment, limit: number): KeysetPage => ({
  ...(from !== null && { modified_gte: from }),
  page: 1,
  limit,
});

/*
 * Calls that find out what the counts of a list mean. Each is made only if nothing else has shown it, so once for
 * each process and list. If a request reads several lists of one kind, the others wait for the first.
 */

type Kind = Pick<PagedList<never, unknown>, 'name' | 'session'>;

/**
 * No record of a list changes, or is created, as late as this: a filter that begins here matches none. The
 * answer's count is then 0, unless it does not follow the filter.
 */
export const FAR_FUTURE = '9999-12-31T23:59:59.999Z';

/**
 * Finds out whether the count of a first page is the page's own, where that is open.
 *
 * @param look Asks for a page behind the first one. Its own count would be another than the list's.
 */
export async function settleMeaning(
  { name, session }: Kind,
  page: Collection<unknown>,
  look: () => Promise<unknown>,
): Promise<void> {
  const { traits } = session;
  const isOpen = () => traits.isUnsettled(name, page.items.length, page.total);
  await oneAtATime(session, name, isOpen, async () => {
    await look();
    // It may have no count at all. Then the first page's is not believed either.
    if (isOpen()) traits.notePageCount(name);
  });
}

/**
 * The number of records of a list, from the count of its first answer; null if the count is not reliable. It is not
 * reliable if Cotalker refuses the probe: not every server accepts such a late date.
 *
 * @param read How many of its records are known by then.
 * @param look As of {@link settleMeaning}.
 * @param probe Asks for one record of the list from {@link FAR_FUTURE} on.
 */
export async function believedTotal(
  list: Kind,
  page: Collection<unknown>,
  read: number,
  look: () => Promise<unknown>,
  probe: () => Promise<Collection<unknown>>,
): Promise<number | null> {
  const { name, session } = list;
  const { traits } = session;
  if (page.total === undefined) return null;
  await settleMeaning(list, page, look);
  if (traits.provesEnd(name, read, page.total)) return page.total;
  const isOpen = () => traits.awaitsFilter(name);
  await oneAtATime(session, name, isOpen, async () => {
    const probed = await unlessRefused(REFUSALS, probe);
    traits.noteFilter(name, probed?.items.length === 0 && probed.total === 0);
  });
  return traits.countOf(name) === 'total' ? page.total : null;
}

/** What a session is finding out, by list. */
const underWay = createMemo<object, Map<ListName, Promise<void>>>();

/**
 * Finds out about lists of one kind once a request, however many of them it reads at the same time. The others wait
 * for the first. They find out themselves only if the first did not learn it.
 *
 * @returns Whether it was needed here.
 */
export async function oneAtATime(
  session: object,
  name: ListName,
  isNeeded: () => boolean,
  findOut: () => Promise<void>,
): Promise<boolean> {
  const known = underWay(session, () => new Map());
  while (isNeeded()) {
    const other = known.get(name);
    if (other === undefined) {
      const own = findOut().finally(() => known.delete(name));
      known.set(name, own);
      await own;
      return true;
    }
    // Whoever finds out is told why it failed; here it is tried anew.
    await other.catch(() => undefined);
  }
  return false;
}
