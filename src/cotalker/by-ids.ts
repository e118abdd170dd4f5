import type { Collection, Item } from './envelope.ts';
import { CotalkerError, invalidResponse } from './errors.ts';

/**
 * Fetches records by id, and matches them by id, never by position.
 *
 * A short answer is followed up, not trusted: as long as the server tells of more records than it gave
 * (or tells no total at all), the missing ids are asked for again, until an answer brings none of them.
 * So one call where the server gives all it has, and tells the total.
 *
 * @returns The records found, or why one could not be read; ids that Cotalker does not know are absent.
 *   Where the server keeps telling of records that it does not give, the missing ids fail, and only they.
 */
export async function fetchByIds<R>(
  ids: readonly string[],
  fetchSome: (ids: readonly string[]) => Promise<Collection<R>>,
): Promise<ReadonlyMap<string, Item<R>['record']>> {
  const found = new Map<string, Item<R>['record']>();
  let missing = ids;
  let nameless: CotalkerError | undefined;
  const failMissing = (error: CotalkerError | undefined): typeof found => {
    if (error !== undefined) for (const id of missing) found.set(id, error);
    return found;
  };
  for (;;) {
    const { items, total } = await fetchSome(missing);
    const asked = new Set(missing);
    const given = items.filter(({ id }) => id === undefined || asked.has(id));
    for (const { id, record } of given) {
      if (id !== undefined) found.set(id, record);
      // An item that hides its id may be any of those missing: they fail, they are not absent.
      else if (record instanceof CotalkerError) nameless = record;
    }
    missing = missing.filter((id) => !found.has(id));
    const isAll = total !== undefined && given.length >= total;
    if (missing.length === 0 || isAll) return failMissing(nameless);
    if (missing.length === asked.size) {
      const untold = invalidResponse('the server tells of records that it does not give');
      return failMissing(nameless ?? (total === undefined ? undefined : untold));
    }
  }
}
