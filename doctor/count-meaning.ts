import type { CountMeaning, KnownTraits, ListName } from '../src/cotalker/traits/index.ts';
import { isAll, type Listing } from './reading.ts';
import { CallFailed } from './reply.ts';

/** What is known so far, to be added to: plain data, as `Traits.known()` gives it. */
export type Learnt = { -readonly [K in keyof KnownTraits]: KnownTraits[K] };

/** The first page of a list as it was asked for, and its second page of one record. */
export interface Pages<R> {
  readonly first: () => Promise<Listing<R>>;
  readonly second: () => Promise<Listing<R>>;
}

/**
 * Finds out by a second page of one record whether counts of a list are those of the page. Where they are, they do
 * not show that a page is the whole list.
 *
 * @returns The first page.
 */
export async function withMeaning<R>(
  learnt: Learnt,
  name: ListName,
  { first, second }: Pages<R>,
): Promise<Listing<R>> {
  const listing = await first();
  const meaning = meaningOf(listing, await second().catch(ifCallFailed));
  learnt.counts = { ...learnt.counts, [name]: meaning };
  learnt.pages = { ...learnt.pages, [name]: listing.items.length };
  return { ...listing, isWhole: isAll(listing.items.length, listing.total, meaning) };
}

/** The check of the pages themselves tells of it. */
function ifCallFailed(error: unknown): undefined {
  if (!(error instanceof CallFailed)) throw error;
}

/** `total` only says here that it is not the page's own: whether it follows a filter, `countCheck` finds out. */
function meaningOf(
  { items, total }: Listing<unknown>,
  second: Listing<unknown> | undefined,
): CountMeaning {
  if (total === undefined) return 'none';
  if (second?.total === undefined || items.length < 2 || total < items.length) return 'unknown';
  const isOfPage = second.total === second.items.length && second.total < items.length;
  return isOfPage && total === items.length ? 'page' : 'total';
}
