import {
  type ChannelListFilter,
  type ChannelRecord,
  groupOfChannel,
  listChannels,
} from '../cotalker/channels.ts';
import type { Collection } from '../cotalker/envelope.ts';
import { CotalkerError, type CotalkerErrorCode, isReadable } from '../cotalker/errors.ts';
import { type KeysetItem, type KeysetPage, MAX_LIMIT, readKeyset } from '../cotalker/keyset.ts';
import type { Session } from '../cotalker/session.ts';

/** All channels that the caller may see, in the order of the list. */
export interface ChannelList {
  /** The channels of a group; undefined where the list cannot tell for sure. */
  ofGroup(groupId: string): readonly KeysetItem<ChannelRecord>[] | undefined;
  byId(id: string): KeysetItem<ChannelRecord> | undefined;
}

export type WholeFilter = Omit<ChannelListFilter, 'group'>;

/**
 * The caller's whole channel list, where that is cheaper than separate calls: channels have no batch
 * endpoint. The list's first page tells its size, and so how many calls are left; the choice costs at
 * most that one call more than the better way.
 *
 * @param separateCalls How many calls the other way takes.
 * @returns The list; undefined where the other way is cheaper, or this one is barred.
 */
export type WholeIfCheaper = (
  filter: WholeFilter,
  separateCalls: number,
) => Promise<ChannelList | undefined>;

const FIRST_PAGE: KeysetPage = { page: 1, limit: MAX_LIMIT };

export function createWholeIfCheaper(session: Session): WholeIfCheaper {
  const probes = new Map<string, Promise<Collection<ChannelRecord>>>();
  const lists = new Map<string, Promise<ChannelList>>();

  const readWhole = async (filter: WholeFilter, first: Collection<ChannelRecord>) => {
    const fetchPage = async (page: KeysetPage, again: boolean) =>
      isFirstPage(page) && !again ? first : listChannels(session, filter, page, again);
    return toList((await readKeyset(fetchPage, null, undefined, Infinity)).items);
  };

  return async (filter, separateCalls) => {
    const key = JSON.stringify([filter.search, filter.isActive]);
    try {
      if (!lists.has(key)) {
        if (separateCalls < 2) return undefined;
        const probe = probes.get(key) ?? listChannels(session, filter, FIRST_PAGE);
        probes.set(key, probe);
        const first = await probe;
        if (callsLeft(first.items.length, first.total) > separateCalls) return undefined;
        if (!lists.has(key)) lists.set(key, readWhole(filter, first));
      }
      return await lists.get(key);
    } catch (error) {
      stepAside(error);
      return undefined;
    }
  };
}

const isFirstPage = ({ modified_gte, modified_gt, page }: KeysetPage): boolean =>
  modified_gte === undefined && modified_gt === undefined && page === 1;

/**
 * How many more calls a list takes whose first page held `served` of `total` items. Each page starts
 * with the last item of the one before, so it brings one less that is new. More where many items share a
 * moment, which cannot be told beforehand.
 */
function callsLeft(served: number, total: number | undefined): number {
  if (total === undefined) return served === 0 ? 0 : Infinity;
  if (total <= served) return 0;
  if (served < 2) return Infinity;
  return Math.ceil((total - served) / (served - 1));
}

/** What fails separate calls just as well. */
const FATAL: ReadonlySet<CotalkerErrorCode> = new Set([
  'UNAUTHENTICATED',
  'RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_BUDGET_EXCEEDED',
]);

/** Rethrows, but where the whole list alone cannot be had (not permitted, too large to answer). */
function stepAside(error: unknown): void {
  if (!(error instanceof CotalkerError) || FATAL.has(error.code)) throw error;
}

/** The lists made so far: one that is recalled (`cotalker/recall.ts`) is not split by group a second time. */
const lists = new WeakMap<readonly KeysetItem<ChannelRecord>[], ChannelList>();

function toList(items: readonly KeysetItem<ChannelRecord>[]): ChannelList {
  const list = lists.get(items) ?? split(items);
  lists.set(items, list);
  return list;
}

function split(items: readonly KeysetItem<ChannelRecord>[]): ChannelList {
  const byGroup = Map.groupBy(items, groupOfChannel);
  const byId = new Map(items.map((item) => [item.id, item]));
  // A malformed channel may hide its group, or its place among the others of its group: then only the
  // group's own list can tell.
  const unsure = new Set(
    items
      .filter(({ record, malformed }) => !isReadable(record) && !malformed?.hasPlace)
      .map(groupOfChannel),
  );
  const isUnsure = (groupId: string): boolean => byGroup.has(undefined) || unsure.has(groupId);
  return {
    ofGroup: (groupId) => (isUnsure(groupId) ? undefined : (byGroup.get(groupId) ?? [])),
    byId: (id) => byId.get(id),
  };
}
