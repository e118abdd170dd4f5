/*
 * What has been learnt of one upstream: where the sheet allows two readings (marked "(2)" there), the answers
 * themselves tell which one holds. The process keeps one such set for all callers. It holds names of lists,
 * numbers and readings; never an id, a token or a record.
 *
 * Nothing here is a guess: a fact is noted only when an answer can mean nothing else. As long as it is unknown,
 * whoever asks must do what is right under every reading.
 */

import {
  type CountMeaning,
  createCounts,
  type ListName,
  type OnLearnt,
  type PageFacts,
} from './counts.ts';

export type { CountMeaning } from './counts.ts';
export type { Extent, ListName, OnLearnt } from './counts.ts';

/** Those that can be asked for by several ids. */
export type BatchName = 'properties' | 'users';

/**
 * How several ids are sent: `repeated` (`ids=A&ids=B`), `commas` (`ids=A,B`), `single` (one call for each id),
 * `path` (one call for each id, which the path names).
 */
export type IdsWay = 'repeated' | 'commas' | 'single' | 'path';

/** Whose states `…/smstate/all` lists: the task group's own, or those of the whole company. */
type StatesScope = 'unknown' | 'taskGroup' | 'company';

/** Whether messages can be read backwards in pages; `short`: they can, and a page may be short though there are more. */
type PagesBack = 'unknown' | 'there' | 'short' | 'missing';

interface BatchTrait {
  /** Undefined as long as no answer has shown it. */
  readonly way: IdsWay | undefined;
  /** The most records that one batch has brought: so many ids the upstream is known to take at once. */
  readonly most: number;
}

/** So many records the server does put on a page where asked to; `isMost`: and no more. 0: not known. */
interface PageSize {
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
  /** What comes of `search` for tasks, once that has been seen. */
  readonly taskSearch?: SearchWay;
}

/** Whether the server looks for words, or takes no notice of them. */
export type SearchWay = 'followed' | 'ignored';

export type Traits = ReturnType<typeof createTraits>;

/**
 * @param initial What is known beforehand.
 * @param onLearnt Told of each fact once, as it becomes known or changes.
 */
export function createTraits(initial: KnownTraits = {}, onLearnt: OnLearnt = () => undefined) {
  const { noteCount, knownCounts, ...counts } = createCounts(initial.counts, onLearnt);
  const { noteSize, knownSizes, ...sizes } = createPageSizes(initial, onLearnt);
  const { knownBatches, ...batches } = createBatches(initial.batches, onLearnt);
  let { states: scope = 'unknown', pagesBack = 'unknown', groupIds, taskSearch } = initial;
  return {
    ...counts,
    ...sizes,
    ...batches,
    /** Notes what a page shows by itself: see `learnFrom`. For every answer of a list. */
    notePage: (list: ListName, page: PageFacts): void => {
      noteSize(list, page.items);
      noteCount(list, page);
    },
    states: (): StatesScope => scope,
    noteStates: (found: 'taskGroup' | 'company'): void => {
      if (found !== scope) onLearnt('states of smstate/all', found);
      scope = found;
    },
    pagesBack: (): PagesBack => pagesBack,
    notePagesBack: (found: Exclude<PagesBack, 'unknown'>): void => {
      if (found !== pagesBack) onLearnt('pages of messages backwards', found);
      pagesBack = found;
    },
    /** Whether the list of task groups is known to take no notice of `groupIds`. */
    ignoresGroupIds: (): boolean => groupIds === 'ignored',
    /** Notes that the list for one group held task groups of others. */
    noteGroupIdsIgnored: (): void => {
      if (groupIds === 'ignored') return;
      groupIds = 'ignored';
      onLearnt('groupIds of task groups', groupIds);
    },
    /** What comes of `search` for tasks; undefined as long as no answer has shown it. */
    taskSearch: (): SearchWay | undefined => taskSearch,
    noteTaskSearch: (way: SearchWay): void => {
      if (way !== taskSearch) onLearnt('search of tasks', way);
      taskSearch = way;
    },
    known: (): KnownTraits => ({
      counts: knownCounts(),
      ...knownSizes(),
      batches: knownBatches(),
      states: scope,
      pagesBack,
      ...(groupIds && { groupIds }),
      ...(taskSearch && { taskSearch }),
    }),
  };
}

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
    /** Notes that a page held but `size` records although more were asked for, and there are more. */
    noteCap: (list: ListName, size: number): void => {
      if (caps.get(list) === size) return;
      caps.set(list, size);
      onLearnt(`records on a page of ${list}, at the most`, size);
    },
    knownSizes: () => ({ pages: { ...pages }, caps: Object.fromEntries(caps) }),
  };
}

const UNKNOWN_BATCH: BatchTrait = { way: undefined, most: 0 };

function createBatches(initial: KnownTraits['batches'], onLearnt: OnLearnt) {
  const batches = { ...initial };
  const batchOf = (list: BatchName): BatchTrait => batches[list] ?? UNKNOWN_BATCH;
  return {
    batchOf,
    /** Notes that ids sent this way have brought so many different records with one call. */
    noteBatch: (list: BatchName, way: IdsWay, records: number): void => {
      const { way: before, most } = batchOf(list);
      batches[list] = { way, most: way === before ? Math.max(most, records) : records };
      if (way !== before) onLearnt(`ids of ${list}`, way);
    },
    knownBatches: () => ({ ...batches }),
  };
}
