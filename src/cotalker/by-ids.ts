import type { Collection, Item } from './envelope.ts';
import { invalidResponse } from './errors.ts';

/**
 * Fetches records by id, and matches them by id, never by position.
 *
 * A short answer is followed up, not trusted: as long as the server tells of more records than it gave
 * (or tells no total at all), the missing ids are asked for again, until an answer brings none of them.
 * So one call where the server gives all it has, and tells the total.
 *
 * @returns The records found, or why one could not be read; ids that Cotalker does not know are absent.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where the server tells of records that it does not give.
 */
export async function fetchByIds<R>(
  ids: readonly string[],
  fetchSome: (ids: readonly string[]) => Promise<Collection<R>>,
): Promise<ReadonlyMap<string, Item<R>['record']>> {
  const found = new Map<string, Item<R>['record']>();
  let missing = ids;
  for (;;) {
    const { items, total } = await fetchSome(missing);
    const asked = new Set(missing);
    for (const { id, record } of items) {
      if (id !== undefined && asked.has(id)) found.set(id, record);
    }
    missing = missing.filter((id) => !found.has(id));
    const nameless = items.find(({ id }) => id === undefined);
    if (nameless !== undefined) {
      // An item that hides its id may be any of those missing: they fail, they are not absent.
      for (const id of missing) found.set(id, nameless.record);
    }
    if (nameless !== undefined || missing.length === 0) return found;
    if (total !== undefined && items.length >= total) return found;
    if (missing.length === asked.size) {
      if (total === undefined) return found;
      throw invalidResponse('the server tells of records that it does not give');
    }
  }
}
