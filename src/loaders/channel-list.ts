import {
  type ChannelListFilter,
  type ChannelRecord,
  groupOfChannel,
  listChannels,
} from '../cotalker/endpoints/channels.ts';
import type { Collection } from '../cotalker/records/envelope.ts';
import { CotalkerError, type CotalkerErrorCode, isReadable } from '../cotalker/errors.ts';
import {
  isLast,
  type KeysetItem,
  type KeysetList,
  type KeysetPage,
  MAX_LIMIT,
  pageFrom,
  readKeyset,
} from '../cotalker/paging/keyset.ts';
import { newestOf } from '../cotalker/paging/position.ts';
import type { Session } from '../cotalker/session.ts';
import { createMemo } from '../cotalker/sharing/derived.ts';

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
 * most that one call more than the better way, and none where an earlier request of the caller has learnt
 * the size. Where no count can be believed, the page behind the first one tells whether that was all: one more.
 *
 * @param separateCalls How many calls the other way takes.
 * @returns The list; undefined where the other way is cheaper, or this one is barred.
 */
export type WholeIfCheaper = (
  filter: WholeFilter,
  separateCalls: number,
) => Promise<ChannelList | undefined>;

/**
 * How many channels of the whole list a call saved is worth. Each costs some 10 µs to read, and Cotalker
 * something to send, so 10 groups out of 1,000 are not worth the 5,000 channels of all: measured, 116 ms
 * of CPU in place of 2. A call costs a place at Cotalker's rate limit, and a tenth of a round trip.
 */
const CHANNELS_PER_CALL = 50;

/** The first page of the whole list, as far as a choice has needed it. */
interface Probe {
  readonly limit: number;
  readonly page: Promise<Collection<ChannelRecord>>;
}

/** `GET /v2/channels` under a filter, to be read by keyset. */
export const channelsUpstream = (
  session: Session,
  filter: ChannelListFilter,
): KeysetList<ChannelRecord> => ({
  name: 'channels',
  session,
  fetchPage: (page, again) => listChannels(session, filter, page, again),
});

export function createWholeIfCheaper(session: Session): WholeIfCheaper {
  const probes = new Map<string, Probe>();
  const lists = new Map<string, Promise<ChannelList>>();

  const readWhole = async (filter: WholeFilter, first: Collection<ChannelRecord>) => {
    const upstream = channelsUpstream(session, filter);
    const fetchPage = async (page: KeysetPage, again: boolean) =>
      isFirstPage(page) && !again ? first : upstream.fetchPage(page, again);
    return toList((await readKeyset({ ...upstream, fetchPage }, null, undefined, Infinity)).items);
  };

  /** The first page, with as much on it as the choice may come to. */
  const probe = async (key: string, filter: WholeFilter, worth: number) => {
    const limit = Math.min(MAX_LIMIT, worth);
    const known = probes.get(key);
    if (known !== undefined) {
      const page = await known.page;
      if (known.limit >= limit || isDecided(page, worth)) return page;
    }
    const page = listChannels(session, filter, { page: 1, limit });
    probes.set(key, { limit, page });
    return page;
  };

  return async (filter, separateCalls) => {
    const key = JSON.stringify(['channels', filter.search, filter.isActive]);
    const worth = separateCalls * CHANNELS_PER_CALL;
    try {
      if (!lists.has(key)) {
        if (separateCalls < 2) return undefined;
        const first = await probe(key, filter, worth);
        const size = await sizeOf(channelsUpstream(session, filter), first);
        if (size > worth || callsLeft(first.items.length, size) > separateCalls) return undefined;
        if (!lists.has(key)) lists.set(key, readWhole(filter, first));
      }
      return await lists.get(key);
    } catch (error) {
      stepAside(error);
      return undefined;
    }
  };
}

/** Whether a page that was asked for with a smaller limit serves as well as a larger one. */
const isDecided = ({ items, total = Infinity }: Collection<ChannelRecord>, worth: number) =>
  total <= items.length || total > worth;

/**
 * How many channels the list has, or more; infinite where that cannot be told by one look at what follows the
 * first page, the same that reading on would take.
 */
async function sizeOf(
  list: KeysetList<ChannelRecord>,
  first: Collection<ChannelRecord>,
): Promise<number> {
  const { items, total } = first;
  if (await isLast(list, { from: null, isListStart: true, cap: 0 }, first)) return items.length;
  const meaning = list.session.traits.countOf(list.name);
  if (total !== undefined && meaning !== 'page' && meaning !== 'none') return total;
  const dated = items.flatMap(({ record }) =>
    isReadable(record) && isReadable(record.modifiedAt) ? { modifiedAt: record.modifiedAt } : [],
  );
  const rest = await list.fetchPage(pageFrom(newestOf(dated), MAX_LIMIT), false);
  return rest.items.length < items.length ? items.length : Infinity;
}

const isFirstPage = ({ modified_gte, modified_gt, page }: KeysetPage): boolean =>
  modified_gte === undefined && modified_gt === undefined && page === 1;

/**
 * How many more calls a list takes whose first page held `served` of `total` items. Each page starts
 * with the last item of the one before, so it brings one less that is new. More where many items share a
 * moment, which cannot be told beforehand.
 */
function callsLeft(served: number, total: number): number {
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

/** The lists made so far: one that is recalled (`cotalker/sharing/same-bytes.ts`) is not split by group a second time. */
const splitOf = createMemo<readonly KeysetItem<ChannelRecord>[], ChannelList>();

const toList = (items: readonly KeysetItem<ChannelRecord>[]): ChannelList =>
  splitOf(items, () => split(items));

function split(items: readonly KeysetItem<ChannelRecord>[]): ChannelList {
  const byGroup = Map.groupBy(items, groupOfChannel);
  const byId = new Map(items.map((item) => [item.id, item]));
  // A channel may hide its group, or its place among the others of its group: then only the group's own list
  // can tell.
  const unsure = new Set(items.filter(({ hasPlace }) => !hasPlace).map(groupOfChannel));
  const isUnsure = (groupId: string): boolean => byGroup.has(undefined) || unsure.has(groupId);
  return {
    ofGroup: (groupId) => (isUnsure(groupId) ? undefined : (byGroup.get(groupId) ?? [])),
    byId: (id) => byId.get(id),
  };
}
