import type { CountMeaning } from '../src/cotalker/traits/index.ts';
import { broken, type Check, given, held, Unmet } from './check.ts';
import type { ListedRecord, ListKind } from './list-kinds.ts';
import type { Listing } from './reading.ts';
import type { Survey } from './survey.ts';

/** What `count=true` tells of a list (sheet, section 1): each reading is served, at different costs. */
export const countCheck = <R extends ListedRecord>(kind: ListKind<R>): Check => ({
  id: `${kind.plural}-count`,
  title: `count=true of ${kind.plural} tells their total, those on the page, more than there are, or nothing`,
  holds: 'totalCount costs no call, and the end of a list none either.',
  breaks: `lists of ${kind.plural} may end too early.`,
  look: async (survey) => {
    const { items, total, totalName } = await given(kind.listed(survey), kind.plural);
    if (total !== undefined && total < items.length && items.length > 1)
      return broken(`It is ${total} where ${items.length} came.`);
    const meaning = await learn(survey, kind);
    switch (meaning) {
      case 'none':
        return held('There is none.', UNCOUNTED);
      case 'page':
        return held(`It is how many are on the page, as ${totalName}.`, UNCOUNTED);
      case 'wider':
        return held(
          `It is more than what a filter leaves, as ${totalName}.`,
          'totalCount of a filtered list is null, and its end may take a call more.',
        );
      case 'total':
        return held(`It is the total, as ${totalName}.`);
      case 'unknown':
        throw new Unmet(`It takes two ${kind.plural} to tell, and this token sees fewer.`);
    }
  },
});

const UNCOUNTED = 'totalCount is null, and the end of a list may take a call more.';

/** Whether a count that is not the page's own follows a filter: a call that `activeCheck` makes as well. */
async function learn<R extends ListedRecord>(
  survey: Survey,
  kind: ListKind<R>,
): Promise<CountMeaning> {
  const { learnt } = survey;
  const meaning = learnt.counts?.[kind.name] ?? 'unknown';
  if (meaning !== 'total') return meaning;
  const base = await kind.listed(survey);
  const filtered = await given(kind.vary(survey, { isActive: 'true' }), `active ${kind.plural}`);
  if (!isWider(filtered, base)) return meaning;
  learnt.counts = { ...learnt.counts, [kind.name]: 'wider' };
  return 'wider';
}

/** A page that had room for more, by what came on another, holds all that the filter leaves. */
const isWider = <R>({ items, total = 0 }: Listing<R>, base: Listing<R>): boolean =>
  total > items.length && items.length < base.items.length;
