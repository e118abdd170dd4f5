import {
  type CountFacts,
  type CountMeaning,
  factsOf,
  learnFrom,
  meaningOf,
  type PageFacts,
} from './count-facts.ts';

/** The collections that are read in pages. */
export type ListName =
  'groups' | 'channels' | 'taskGroups' | 'tasks' | 'foundTasks' | 'properties' | 'users';

/** How a list goes on behind records that were read, as far as a count tells. */
export type Extent = 'end' | 'more' | 'unknown';

/** A fact, at the moment it becomes known or changes. */
export type OnLearnt = (fact: string, reading: string | number) => void;

/** What the `count` of each list says, as far as answers have shown it. */
export interface Counts {
  countOf(list: ListName): CountMeaning;
  /** Notes what a page shows of the list's count: see `learnFrom`. */
  noteCount(list: ListName, page: PageFacts): void;
  /**
   * How a list goes on whose first `read` records are known, by the `count` of an answer. `unknown` where
   * the count cannot be believed so far.
   */
  extentOf(list: ListName, read: number, count: number | undefined): Extent;
  /** Whether `extentOf` is `end`. False does not mean that there is more. */
  provesEnd(list: ListName, read: number, count: number | undefined): boolean;
  /** Whether one look at the page behind would tell what the count of a first page of so many items says. */
  isUnsettled(list: ListName, items: number, count: number | undefined): boolean;
  /** Notes that the count is the page's own, as far as can be told: a list went on although it was all. */
  notePageCount(list: ListName): void;
  /** Whether it is not known yet if the count of a filtered list follows the filter. */
  awaitsFilter(list: ListName): boolean;
  /** Notes whether the count of a filtered list follows the filter. That it does not is never taken back. */
  noteFilter(list: ListName, isFollowed: boolean): void;
  knownCounts(): Partial<Record<ListName, CountMeaning>>;
}

export function createCounts(
  initial: Partial<Record<ListName, CountMeaning>> = {},
  onLearnt: OnLearnt,
): Counts {
  const facts = new Map<ListName, CountFacts>();
  for (const [list, meaning] of Object.entries(initial) as [ListName, CountMeaning][])
    facts.set(list, factsOf(meaning));
  const of = (list: ListName): CountFacts => facts.get(list) ?? {};

  const learn = (list: ListName, next: CountFacts): void => {
    const before = meaningOf(of(list));
    facts.set(list, next);
    if (meaningOf(next) !== before) onLearnt(`count of ${list}`, meaningOf(next));
  };
  const extentOf = (list: ListName, read: number, count: number | undefined): Extent => {
    const { isOfPage, followsFilter, isOdd = false } = of(list);
    if (count === undefined || isOfPage !== false || isOdd) return 'unknown';
    if (read >= count) return 'end';
    return followsFilter === true ? 'more' : 'unknown';
  };

  return {
    countOf: (list) => meaningOf(of(list)),
    extentOf,
    provesEnd: (list, read, count) => extentOf(list, read, count) === 'end',
    noteCount: (list, page) => {
      const before = of(list);
      const next = learnFrom(before, page);
      if (next !== before) learn(list, next);
    },
    isUnsettled: (list, items, count) => {
      const { isOfPage, isOdd = false } = of(list);
      return items > 0 && count === items && isOfPage === undefined && !isOdd;
    },
    notePageCount: (list) => {
      if (of(list).isOfPage === undefined)
        learn(list, { ...of(list), hasCount: true, isOfPage: true });
    },
    awaitsFilter: (list) => {
      const { isOfPage, followsFilter, isOdd = false } = of(list);
      return isOfPage === false && followsFilter === undefined && !isOdd;
    },
    noteFilter: (list, followsFilter) => {
      if (of(list).followsFilter !== false) learn(list, { ...of(list), followsFilter });
    },
    knownCounts: () =>
      Object.fromEntries([...facts].map(([list, known]) => [list, meaningOf(known)])),
  };
}
