import { invalidResponse } from '../errors.ts';
import type { Collection } from '../records/envelope.ts';

/*
 * What leaves a page that was read moves the first of the next page up, so that it is missed. So who reads a list by
 * page number looks at its pages once more, and reads anew if one of them has changed.
 */

/** How often a list is read by page number until it stays the same. */
const ATTEMPTS = 3;

/**
 * Reads until nothing has moved meanwhile.
 *
 * @param read Reads once; undefined where something has moved. `isAgain`: it did so before.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where something moves each time.
 */
export async function untilUnmoved<T>(
  read: (isAgain: boolean) => Promise<T | undefined>,
): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const result = await read(attempt > 1);
    if (result !== undefined) return result;
  }
  throw invalidResponse('the list changes faster than it can be read');
}

/** A page as it was read, and how to read it once more. */
interface ReadPage<R> {
  readonly page: Collection<R>;
  readonly readAgain: () => Promise<Collection<R>>;
}

/**
 * Whether pages are what they were. Reads them once more, one after the other, up to the first that has changed.
 *
 * @param contentOf What must be the same.
 */
export async function areUnmoved<R>(
  pages: readonly ReadPage<R>[],
  contentOf: (page: Collection<R>) => string = itemsOn,
): Promise<boolean> {
  for (const { page, readAgain } of pages)
    if (contentOf(await readAgain()) !== contentOf(page)) return false;
  return true;
}

/** Which items are on a page, in their order; an item without an id is known by all that it holds. */
export function itemsOn<R>({ items }: Collection<R>): string {
  return JSON.stringify(items.map(({ id, raw }) => id ?? raw ?? null));
}
