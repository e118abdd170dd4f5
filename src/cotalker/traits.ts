/*
 * What has been learnt of one upstream: where the sheet allows two readings (marked "(2)" there), the answers
 * themselves tell which one holds. The process keeps one such set for all callers. It holds names of lists,
 * numbers and readings; never an id, a token or a record.
 *
 * Nothing here is a guess: a fact is noted only when an answer can mean nothing else. As long as it is unknown,
 * whoever asks must do what is right under every reading.
 */

/** The collections that are read in pages. */
export type ListName = 'groups' | 'channels' | 'taskGroups' | 'tasks' | 'properties' | 'users';

/** The collections that can be asked for by several ids. */
export type BatchName = 'properties' | 'users';

/**
 * What the `count` of a list's answers says.
 *
 * - `total`: how many records the filter matches, for this caller.
 * - `wider`: at least as many as that, such as the company's total whatever the filter.
 * - `page`: how many records are on this page.
 * - `none`: there is no `count`.
 */
export type CountMeaning = 'unknown' | 'total' | 'wider' | 'page' | 'none';

/**
 * How several ids are sent: `repeated` (`ids=A&ids=B`), `commas` (`ids=A,B`), `single` (one call for each id),
 * `path` (one call for each id, which the path names).
 */
export type IdsWay = 'repeated' | 'commas' | 'single' | 'path';

/** Whose states `…/smstate/all` lists: the task group's own, or those of the whole company. */
export type StatesScope = 'unknown' | 'taskGroup' | 'company';

/** How batches of ids are known to be taken. */
export interface BatchTrait {
  /** Undefined as long as no answer has shown it. */
  readonly way: IdsWay | undefined;
  /** The most records that one batch has brought: so many ids the upstream is known to take at once. */
  readonly most: number;
}

/** All that is known, as plain data: for the doctor, `/ready?verbose` and tests. */
export interface KnownTraits {
  readonly counts?: Partial<Record<ListName, CountMeaning>>;
  /** The most records that a page of a list has held. */
  readonly pages?: Partial<Record<ListName, number>>;
  readonly batches?: Partial<Record<BatchName, BatchTrait>>;
  readonly states?: StatesScope;
  /** Only where `groupIds` of task groups has been seen to be ignored. */
  readonly groupIds?: 'ignored';
}

/** A fact, at the moment it becomes known or changes. */
export type OnLearnt = (fact: string, reading: string | number) => void;

export interface Traits {
  countOf(list: ListName): CountMeaning;
  /**
   * Whether a count proves that a list ends: `read` of its records are known, and it has no more than `count`.
   * False does not mean that there is more.
   */
  provesEnd(list: ListName, read: number, count: number | undefined): boolean;
  /** Notes what a page shows by itself: whether it has a count, and one that differs from its own length. */
  notePage(
    list: ListName,
    page: { readonly items: number; readonly count: number | undefined },
  ): void;
  /** Notes that a list went on although its count said that the page was all. */
  notePageCount(list: ListName): void;
  /** Notes whether the count of a filtered list follows the filter. */
  noteFilter(list: ListName, isFollowed: boolean): void;
  /** The most records that a page of the list has held; 0 where none was read. */
  pageSizeOf(list: ListName): number;
  batchOf(list: BatchName): BatchTrait;
  /** Notes that ids sent this way have brought so many different records with one call. */
  noteBatch(list: BatchName, way: IdsWay, records: number): void;
  states(): StatesScope;
  noteStates(scope: 'taskGroup' | 'company'): void;
  /** Whether the list of task groups is known to take no notice of `groupIds`. */
  ignoresGroupIds(): boolean;
  /** Notes that the list for one group held task groups of others. */
  noteGroupIdsIgnored(): void;
  known(): KnownTraits;
}

interface CountFacts {
  hasCount?: boolean;
  isOfPage?: boolean;
  followsFilter?: boolean;
}

const UNKNOWN_BATCH: BatchTrait = { way: undefined, most: 0 };

/**
 * @param initial What is known beforehand; default: nothing.
 * @param onLearnt Told of each fact once, as it becomes known or changes.
 */
export function createTraits(
  initial: KnownTraits = {},
  onLearnt: OnLearnt = () => undefined,
): Traits {
  const facts = new Map<ListName, CountFacts>();
  const pages = new Map(Object.entries(initial.pages ?? {}) as [ListName, number][]);
  const batches = new Map(Object.entries(initial.batches ?? {}) as [BatchName, BatchTrait][]);
  let scope = initial.states ?? 'unknown';
  let { groupIds } = initial;
  for (const [list, meaning] of Object.entries(initial.counts ?? {}) as [ListName, CountMeaning][])
    facts.set(list, factsOf(meaning));

  const countOf = (list: ListName): CountMeaning => meaningOf(facts.get(list) ?? {});
  const learn = (list: ListName, more: CountFacts): void => {
    const before = countOf(list);
    facts.set(list, { ...facts.get(list), ...more });
    if (countOf(list) !== before) onLearnt(`count of ${list}`, countOf(list));
  };

  return {
    countOf,
    provesEnd: (list, read, count) =>
      count !== undefined && read >= count && facts.get(list)?.isOfPage === false,
    notePage: (list, { items, count }) => {
      pages.set(list, Math.max(pages.get(list) ?? 0, items));
      const { hasCount, isOfPage } = facts.get(list) ?? {};
      if (count === undefined) {
        if (hasCount !== false) learn(list, { hasCount: false });
      } else if (count !== items && isOfPage === undefined) {
        learn(list, { hasCount: true, isOfPage: false });
      }
    },
    notePageCount: (list) => learn(list, { hasCount: true, isOfPage: true }),
    noteFilter: (list, followsFilter) => learn(list, { followsFilter }),
    pageSizeOf: (list) => pages.get(list) ?? 0,
    batchOf: (list) => batches.get(list) ?? UNKNOWN_BATCH,
    noteBatch: (list, way, records) => {
      const { way: before, most } = batches.get(list) ?? UNKNOWN_BATCH;
      batches.set(list, { way, most: way === before ? Math.max(most, records) : records });
      if (way !== before) onLearnt(`ids of ${list}`, way);
    },
    states: () => scope,
    noteStates: (found) => {
      if (found === scope) return;
      scope = found;
      onLearnt('states of smstate/all', found);
    },
    ignoresGroupIds: () => groupIds === 'ignored',
    noteGroupIdsIgnored: () => {
      if (groupIds === 'ignored') return;
      groupIds = 'ignored';
      onLearnt('groupIds of task groups', groupIds);
    },
    known: () => ({
      counts: Object.fromEntries([...facts].map(([list, of]) => [list, meaningOf(of)])),
      pages: Object.fromEntries(pages),
      batches: Object.fromEntries(batches),
      states: scope,
      ...(groupIds && { groupIds }),
    }),
  };
}

function meaningOf({ hasCount, isOfPage, followsFilter }: CountFacts): CountMeaning {
  if (hasCount === false) return 'none';
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

/**
 * The reading that the documentation suggests first, and the sandbox follows unless it is told otherwise: each
 * `count` a total, ids as repeated keys, states of the task group alone.
 */
export const FIRST_READING: KnownTraits = {
  counts: {
    groups: 'total',
    channels: 'total',
    taskGroups: 'total',
    tasks: 'total',
    properties: 'total',
    users: 'total',
  },
  batches: { properties: { way: 'repeated', most: 100 }, users: { way: 'repeated', most: 30 } },
  states: 'taskGroup',
};
