import { isSorted } from '../src/cotalker/records/placed-item.ts';
import { broken, type Check, given, held, some, Unmet } from './check.ts';
import type { ListedRecord, ListKind } from './list-kinds.ts';
import { valueOf } from './raw.ts';
import type { Listing } from './reading.ts';
import { capital, count } from './text.ts';

/** `sortBy=modifiedAt&orderBy=asc` gives the oldest change first, and what has no date before all. */
export const orderCheck = <R extends ListedRecord>({ plural, listed }: ListKind<R>): Check => ({
  id: `${plural}-order`,
  title: `${capital(plural)} come by modifiedAt, the oldest first`,
  holds: 'a page goes on where the last one ended, whatever changes meanwhile.',
  breaks: `lists of ${plural} of more than one page fail or lose some.`,
  look: async (survey) => {
    const { records } = await some(listed(survey), plural);
    const dated = records.map(({ modifiedAt }) => ({ modifiedAt: valueOf(modifiedAt) }));
    const moments = new Set(dated.map(({ modifiedAt }) => modifiedAt));
    if (moments.size < 2) throw new Unmet(`The ${plural} have no two different modifiedAt.`);
    return isSorted(dated, null)
      ? held(
          `${count(records.length, plural)} came in order, changed at ${moments.size} different times.`,
        )
      : broken(`${count(records.length, plural)} did not come in the order asked for.`);
  },
});

/** `page` counts from 1, in pages of `limit`. */
export const pagingCheck = <R extends ListedRecord>(kind: ListKind<R>): Check => ({
  id: `${kind.plural}-paging`,
  title: `Pages of ${kind.plural} count from 1, and are as long as limit`,
  holds: 'the second page of a list begins where the first one ended.',
  breaks: `pages of ${kind.plural} repeat some or leave some out.`,
  look: async (survey) => {
    const base = await given(kind.listed(survey), kind.plural);
    const { items, total = 0 } = base;
    if (items.length === 0 && total > 0)
      return broken(`Page 1 is empty, while the total is ${total}.`);
    const [first, second] = items;
    if (first === undefined || second === undefined)
      throw new Unmet(`It takes two ${kind.plural} to tell, and this token sees fewer.`);
    const answer = await kind.second(survey);
    const [only] = answer.items;
    if (answer.items.length > 1)
      return broken(`With limit=1 came ${count(answer.items.length, kind.plural)}.`);
    if (only === undefined) return broken('Page 2 is empty with limit=1, while there are more.');
    if (only.id === second.id) return held('With limit=1, page 2 held the second of the list.');
    if (only.id === first.id) return broken('With limit=1, page 2 held the first of the list.');
    if (isTied(kind, base, only.id, second.id))
      return held('With limit=1, page 2 held one that shares the second place.');
    throw new Unmet(
      'The list changed, or is in no fixed order: page 2 held neither of the first two.',
    );
  },
});

function isTied<R extends ListedRecord>(
  { sortKey }: ListKind<R>,
  { records }: Listing<R>,
  ...ids: readonly (string | undefined)[]
): boolean {
  const found = ids.map((id) => records.find(({ _id }) => _id === id));
  const keys = new Set(found.map((record) => record && sortKey(record)));
  return !found.includes(undefined) && keys.size === 1;
}
