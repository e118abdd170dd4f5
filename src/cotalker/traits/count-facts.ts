/*
 * What answers prove of a list's `count` (sheet, section 1, "the total"). Each rule looks at one answer alone:
 * between two answers the list may have changed.
 */

/**
 * What the `count` of a list's answers says.
 *
 * - `total`: how many records the filter matches, for this caller.
 * - `wider`: at least as many as that, such as the company's total whatever the filter.
 * - `page`: how many records are on this page.
 * - `none`: there is no `count`, or none that can be believed.
 */
export type CountMeaning = 'unknown' | 'total' | 'wider' | 'page' | 'none';

/** What is known of the counts of one list; what is undefined has not been shown yet. */
export interface CountFacts {
  readonly hasCount?: boolean;
  /** Whether it is the number of records on the page. */
  readonly isOfPage?: boolean;
  readonly followsFilter?: boolean;
  /** Whether it has contradicted itself: it is not believed any more. */
  readonly isOdd?: boolean;
}

/** What one page shows by itself. */
export interface PageFacts {
  readonly items: number;
  /** As the answer has it; undefined: it has none. */
  readonly count: number | undefined;
  /** Which page was asked for; default: the first. */
  readonly page?: number;
  /** How many records were asked for; undefined: as many as there are. */
  readonly limit?: number;
}

export function meaningOf({
  hasCount,
  isOfPage,
  followsFilter,
  isOdd = false,
}: CountFacts): CountMeaning {
  if (hasCount === false || isOdd) return 'none';
  if (isOfPage === true) return 'page';
  if (followsFilter === false) return 'wider';
  return isOfPage === false && followsFilter === true ? 'total' : 'unknown';
}

export function factsOf(meaning: CountMeaning): CountFacts {
  switch (meaning) {
    case 'total':
      return { hasCount: true, isOfPage: false, followsFilter: true };
    case 'wider':
      return { hasCount: true, isOfPage: false, followsFilter: false };
    case 'page':
      return { hasCount: true, isOfPage: true };
    case 'none':
      return { hasCount: false };
    case 'unknown':
      return {};
  }
}

/** What is known of a list's counts once this page has come; the same object where it shows nothing new. */
export function learnFrom(facts: CountFacts, page: PageFacts): CountFacts {
  const more = shownBy(page);
  // An answer without a count says nothing of those that have one.
  if (more.hasCount === false && facts.hasCount !== undefined) return facts;
  // Of an empty page it can be the page's, but also that of a list that was emptied meanwhile.
  if (more.isOfPage === true && page.items === 0 && facts.isOfPage !== undefined) return facts;
  const isOdd = more.isOfPage === true && facts.isOfPage === false ? { isOdd: true } : {};
  return merge(facts, { ...more, ...isOdd });
}

function shownBy({ items, count, page = 1, limit = Infinity }: PageFacts): CountFacts {
  if (count === undefined) return items === 0 ? {} : { hasCount: false };
  // Pages before it hold at least as many, so a count of all of them cannot be as small as this page.
  if (page > 1 && count === items) return { hasCount: true, isOfPage: true };
  // Fewer than are there: that is no count of anything.
  if (count < page * items) return { hasCount: true, isOdd: true };
  if (count === items) return { hasCount: true };
  const before = page === 1 ? 0 : (page - 1) * limit;
  // More than lie before the page, but none on it: records that the filter does not match.
  const isWider = items === 0 && count > before;
  return { hasCount: true, isOfPage: false, ...(isWider && { followsFilter: false }) };
}

const merge = (facts: CountFacts, more: CountFacts): CountFacts => {
  const keys = Object.keys(more) as (keyof CountFacts)[];
  return keys.every((key) => facts[key] === more[key]) ? facts : { ...facts, ...more };
};
