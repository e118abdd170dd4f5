/*
 * What has been learnt of one upstream: where the sheet allows two readings (marked "(2)" there), the answers
 * themselves tell which one holds. The process keeps one such set for all callers. It holds names of lists,
 * numbers and readings; never an id, a token or a record.
 *
 * Nothing here is a guess: a fact is noted only when an answer can mean nothing else. As long as it is unknown,
 * whoever asks must do what is right under every reading.
 */

import { type Counts, createCounts, type ListName, type OnLearnt } from './counts.ts';
import type { CountMeaning, PageFacts } from './count-facts.ts';

export type { CountMeaning } from './count-facts.ts';
export type { Extent, ListName, OnLearnt } from './counts.ts';

/** Those that can be asked for by several ids. */
export type BatchName = 'properties' | 'users';

/**
 * How several ids are sent: `repeated` (`ids=A&ids=B`), `commas` (`ids=A,B`), `single` (one call for each id),
 * `path` (one call for each id, which the path names).
 */
export type IdsWay = 'repeated' | 'commas' | 'single' | 'path';

/** Whose states `…/smstate/all` lists: the task group's own, or those of the whole company. */
export type StatesScope = 'unknown' | 'taskGroup' | 'company';

/** Whether messages can be read backwards in pages. */
export type PagesBack = 'unknown' | 'there' | 'missing';

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

/** All that is known, as plain data: for the doctor and tests. */
export interface KnownTraits {
  readonly counts?: Partial<Record<ListName, CountMeaning>>;
  /** The most records that a page of a list has held. */
  readonly pages?: Partial<Record<ListName, number>>;
  /** How many records the server puts on a page at the most, where a page was cut short to so many. */
  readonly caps?: Partial<Record<ListName, number>>;
  readonly batches?: Partial<Record<BatchName, BatchTrait>>;
  readonly states?: StatesScope;
  readonly pagesBack?: PagesBack;
  /** Only where `groupIds` of task groups has been seen to be ignored. */
  readonly groupIds?: 'ignored';
}

export interface Traits extends Omit<Counts, 'noteCount' | 'knownCounts'> {
  /** Notes what a page shows by itself: see `learnFrom`. For every answer of a list. */
  notePage(list: ListName, page: PageFacts): void;
  pageSizeOf(list: ListName): PageSize;
  /** Notes that a page held but `size` records although more were asked for, and there are more. */
  noteCap(list: ListName, size: number): void;
  batchOf(list: BatchName): BatchTrait;
  /** Notes that ids sent this way have brought so many different records with one call. */
  noteBatch(list: BatchName, way: IdsWay, records: number): void;
  states(): StatesScope;
  noteStates(scope: 'taskGroup' | 'company'): void;
  pagesBack(): PagesBack;
  notePagesBack(found: 'there' | 'missing'): void;
  /** Whether the list of task groups is known to take no notice of `groupIds`. */
  ignoresGroupIds(): boolean;
  /** Notes that the list for one group held task groups of others. */
  noteGroupIdsIgnored(): void;
  known(): KnownTraits;
}

/**
 * @param initial What is known beforehand.
 * @param onLearnt Told of each fact once, as it becomes known or changes.
 */
export function createTraits(
  initial: KnownTraits = {},
  onLearnt: OnLearnt = () => undefined,
): Traits {
  const { noteCount, knownCounts, ...counts } = createCounts(initial.counts, onLearnt);
  const { noteSize, knownSizes, ...sizes } = createPageSizes(initial, onLearnt);
  const { knownBatches, ...batches } = createBatches(initial.batches, onLearnt);
  let { states: scope = 'unknown', pagesBack = 'unknown', groupIds } = initial;
  return {
    ...counts,
    ...sizes,
    ...batches,
    notePage: (list, page) => {
      noteSize(list, page.items);
      noteCount(list, page);
    },
    states: () => scope,
    noteStates: (found) => {
      if (found !== scope) onLearnt('states of smstate/all', found);
      scope = found;
    },
    pagesBack: () => pagesBack,
    notePagesBack: (found) => {
      if (found !== pagesBack) onLearnt('pages of messages backwards', found);
      pagesBack = found;
    },
    ignoresGroupIds: () => groupIds === 'ignored',
    noteGroupIdsIgnored: () => {
      if (groupIds === 'ignored') return;
      groupIds = 'ignored';
      onLearnt('groupIds of task groups', groupIds);
    },
    known: () => ({
      counts: knownCounts(),
      ...knownSizes(),
      batches: knownBatches(),
      states: scope,
      pagesBack,
      ...(groupIds && { groupIds }),
    }),
  };
}

/** How many records the server puts on a page. */
function createPageSizes(initial: Pick<KnownTraits, 'pages' | 'caps'>, onLearnt: OnLearnt) {
  const pages = { ...initial.pages };
  const caps = new Map(Object.entries(initial.caps ?? {}) as [ListName, number][]);
  return {
    noteSize: (list: ListName, size: number): void => {
      pages[list] = Math.max(pages[list] ?? 0, size);
      if (size > (caps.get(list) ?? size)) caps.delete(list);
    },
    pageSizeOf: (list: ListName): PageSize => {
      const cap = caps.get(list);
      return { size: cap ?? pages[list] ?? 0, isMost: cap !== undefined };
    },
    noteCap: (list: ListName, size: number): void => {
      if (caps.get(list) === size) return;
      caps.set(list, size);
      onLearnt(`records on a page of ${list}, at the most`, size);
    },
    knownSizes: () => ({ pages: { ...pages }, caps: Object.fromEntries(caps) }),
  };
}

const UNKNOWN_BATCH: BatchTrait = { way: undefined, most: 0 };

/** How several ids are sent. */
function createBatches(initial: KnownTraits['batches'], onLearnt: OnLearnt) {
  const batches = { ...initial };
  const batchOf = (list: BatchName): BatchTrait => batches[list] ?? UNKNOWN_BATCH;
  return {
    batchOf,
    noteBatch: (list: BatchName, way: IdsWay, records: number): void => {
      const { way: before, most } = batchOf(list);
      batches[list] = { way, most: way === before ? Math.max(most, records) : records };
      if (way !== before) onLearnt(`ids of ${list}`, way);
    },
    knownBatches: () => ({ ...batches }),
  };
}
