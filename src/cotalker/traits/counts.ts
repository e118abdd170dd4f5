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

interface CountFacts {
  readonly hasCount?: boolean;
  /** Whether it is the number of records on the page. */
  readonly isOfPage?: boolean;
  readonly followsFilter?: boolean;
  /** Whether it has contradicted itself: it is not believed any more. */
  readonly isOdd?: boolean;
}

export interface PageFacts {
  readonly items: number;
  /** As the answer has it; undefined: it has none. */
  readonly count: number | undefined;
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

function factsOf(meaning: CountMeaning): CountFacts {
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

/** The collections that are read in pages. */
export type ListName =
  'groups' | 'channels' | 'taskGroups' | 'tasks' | 'foundTasks' | 'properties' | 'users';

/** How a list goes on behind records that were read, as far as a count tells. */
export type Extent = 'end' | 'more' | 'unknown';

/** A fact, at the moment it becomes known or changes. */
export type OnLearnt = (fact: string, reading: string | number) => void;

/** What the `count` of each list says, as far as answers have shown it. */
export function createCounts(
  initial: Partial<Record<ListName, CountMeaning>> = {},
  onLearnt: OnLearnt,
) {
  const facts = new Map<ListName, CountFacts>();
  for (const [list, meaning] of Object.entries(initial) as [ListName, CountMeaning][])
    facts.set(list, factsOf(meaning));
  const of = (list: ListName): CountFacts => facts.get(list) ?? {};

  const learn = (list: ListName, next: CountFacts): void => {
    const before = meaningOf(of(list));
    facts.set(list, next);
    if (meaningOf(next) !== before) onLearnt(`count of ${list}`, meaningOf(next));
  };
  /** How a list goes on whose first `read` records are known, by the `count` of an answer, if that is believed. */
  const extentOf = (list: ListName, read: number, count: number | undefined): Extent => {
    const { isOfPage, followsFilter, isOdd = false } = of(list);
    if (count === undefined || isOfPage !== false || isOdd) return 'unknown';
    if (read >= count) return 'end';
    return followsFilter === true ? 'more' : 'unknown';
  };

  return {
    countOf: (list: ListName): CountMeaning => meaningOf(of(list)),
    extentOf,
    /** Whether `extentOf` is `end`. False does not mean that there is more. */
    provesEnd: (...of: Parameters<typeof extentOf>): boolean => extentOf(...of) === 'end',
    /** Notes what a page shows of the list's count: see `learnFrom`. */
    noteCount: (list: ListName, page: PageFacts): void => {
      const before = of(list);
      const next = learnFrom(before, page);
      if (next !== before) learn(list, next);
    },
    /** Whether one look at the page behind would tell what the count of a first page of so many items says. */
    isUnsettled: (list: ListName, items: number, count: number | undefined): boolean => {
      const { isOfPage, isOdd = false } = of(list);
      return items > 0 && count === items && isOfPage === undefined && !isOdd;
    },
    /** Notes that the count is the page's own, as far as can be told: a list went on although it was all. */
    notePageCount: (list: ListName): void => {
      if (of(list).isOfPage === undefined)
        learn(list, { ...of(list), hasCount: true, isOfPage: true });
    },
    /** Whether it is not known yet if the count of a filtered list follows the filter. */
    awaitsFilter: (list: ListName): boolean => {
      const { isOfPage, followsFilter, isOdd = false } = of(list);
      return isOfPage === false && followsFilter === undefined && !isOdd;
    },
    /** Notes whether the count of a filtered list follows the filter. That it does not is never taken back. */
    noteFilter: (list: ListName, followsFilter: boolean): void => {
      if (of(list).followsFilter !== false) learn(list, { ...of(list), followsFilter });
    },
    knownCounts: (): Partial<Record<ListName, CountMeaning>> =>
      Object.fromEntries([...facts].map(([list, known]) => [list, meaningOf(known)])),
  };
}
