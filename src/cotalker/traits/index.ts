/*
 * What has been learnt of one upstream: where the sheet allows two readings (marked "(2)" there), the answers
 * themselves tell which one holds. The process keeps one such set for all callers. It holds names of lists,
 * numbers and readings; never an id, a token or a record.
 *
 * Nothing here is a guess: a fact is noted only when an answer can mean nothing else. As long as it is unknown,
 * whoever asks must do what is right under every reading.
 */

import {
  type CountFacts,
  type CountMeaning,
  factsOf,
  learnFrom,
  meaningOf,
  type PageFacts,
} from './count-facts.ts';

export type { CountMeaning } from './count-facts.ts';

/** The collections that are read in pages. */
export type ListName = 'groups' | 'channels' | 'taskGroups' | 'tasks' | 'properties' | 'users';

/** Those that can be asked for by several ids. */
export type BatchName = 'properties' | 'users';

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

/** So many records the server does put on a page where asked to; `isMost`: and no more. 0: not known. */
export interface PageSize {
  readonly size: number;
  readonly isMost: boolean;
}

/** How a list goes on behind records that were read, as far as a count tells. */
export type Extent = 'end' | 'more' | 'unknown';

/** All that is known, as plain data: for the doctor and tests. */
export interface KnownTraits {
  readonly counts?: Partial<Record<ListName, CountMeaning>>;
  /** The most records that a page of a list has held. */
  readonly pages?: Partial<Record<ListName, number>>;
  /** How many records the server puts on a page at the most, where a page was cut short to so many. */
  readonly caps?: Partial<Record<ListName, number>>;
  readonly batches?: Partial<Record<BatchName, BatchTrait>>;
  readonly states?: StatesScope;
  /** Only where `groupIds` of task groups has been seen to be ignored. */
  readonly groupIds?: 'ignored';
}

/** A fact, at the moment it becomes known or changes. */
export type OnLearnt = (fact: string, reading: string | number) => void;

export interface Traits {
  countOf(list: ListName): CountMeaning;
  /** Notes what a page shows by itself: see `learnFrom`. For every answer of a list. */
  notePage(list: ListName, page: PageFacts): void;
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
  pageSizeOf(list: ListName): PageSize;
  /** Notes that a page held but `size` records although more were asked for, and there are more. */
  noteCap(list: ListName, size: number): void;
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

const UNKNOWN_BATCH: BatchTrait = { way: undefined, most: 0 };

/**
 * @param initial What is known beforehand.
 * @param onLearnt Told of each fact once, as it becomes known or changes.
 */
export function createTraits(
  initial: KnownTraits = {},
  onLearnt: OnLearnt = () => undefined,
): Traits {
  const facts = new Map<ListName, CountFacts>();
  const pages = new Map(Object.entries(initial.pages ?? {}) as [ListName, number][]);
  const caps = new Map(Object.entries(initial.caps ?? {}) as [ListName, number][]);
  const batches = new Map(Object.entries(initial.batches ?? {}) as [BatchName, BatchTrait][]);
  let scope = initial.states ?? 'unknown';
  let { groupIds } = initial;
  for (const [list, meaning] of Object.entries(initial.counts ?? {}) as [ListName, CountMeaning][])
    facts.set(list, factsOf(meaning));

  const countOf = (list: ListName): CountMeaning => meaningOf(facts.get(list) ?? {});
  const learn = (list: ListName, next: CountFacts): void => {
    const before = countOf(list);
    facts.set(list, next);
    if (countOf(list) !== before) onLearnt(`count of ${list}`, countOf(list));
  };
  const extentOf = (list: ListName, read: number, count: number | undefined): Extent => {
    const { isOfPage, followsFilter, isOdd = false } = facts.get(list) ?? {};
    if (count === undefined || isOfPage !== false || isOdd) return 'unknown';
    if (read >= count) return 'end';
    return followsFilter === true ? 'more' : 'unknown';
  };

  return {
    countOf,
    extentOf,
    provesEnd: (list, read, count) => extentOf(list, read, count) === 'end',
    notePage: (list, page) => {
      pages.set(list, Math.max(pages.get(list) ?? 0, page.items));
      if (page.items > (caps.get(list) ?? page.items)) caps.delete(list);
      const before = facts.get(list) ?? {};
      const next = learnFrom(before, page);
      if (next !== before) learn(list, next);
    },
    isUnsettled: (list, items, count) => {
      const { isOfPage, isOdd = false } = facts.get(list) ?? {};
      return items > 0 && count === items && isOfPage === undefined && !isOdd;
    },
    notePageCount: (list) => {
      const before = facts.get(list) ?? {};
      if (before.isOfPage === undefined) learn(list, { ...before, hasCount: true, isOfPage: true });
    },
    awaitsFilter: (list) => {
      const { isOfPage, followsFilter, isOdd = false } = facts.get(list) ?? {};
      return isOfPage === false && followsFilter === undefined && !isOdd;
    },
    noteFilter: (list, followsFilter) => {
      const before = facts.get(list) ?? {};
      if (before.followsFilter !== false) learn(list, { ...before, followsFilter });
    },
    pageSizeOf: (list) => {
      const cap = caps.get(list);
      return { size: cap ?? pages.get(list) ?? 0, isMost: cap !== undefined };
    },
    noteCap: (list, size) => {
      if (caps.get(list) === size) return;
      caps.set(list, size);
      onLearnt(`records on a page of ${list}, at the most`, size);
    },
    batchOf: (list) => batches.get(list) ?? UNKNOWN_BATCH,
    noteBatch: (list, way, records) => {
      const { way: before, most } = batches.get(list) ?? UNKNOWN_BATCH;
      batches.set(list, { way, most: way === before ? Math.max(most, records) : records });
      if (way !== before) onLearnt(`ids of ${list}`, way);
    },
    states: () => scope,
    noteStates: (found) => {
      if (found !== scope) onLearnt('states of smstate/all', found);
      scope = found;
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
      caps: Object.fromEntries(caps),
      batches: Object.fromEntries(batches),
      states: scope,
      ...(groupIds && { groupIds }),
    }),
  };
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
