import { type ChannelListFilter, listChannels } from '../cotalker/endpoints/channels.ts';
import type { ChannelRecord } from '../cotalker/records/channel.ts';
import { type Collection, idIn } from '../cotalker/records/envelope.ts';
import { CotalkerError, failsAllCalls, isReadable } from '../cotalker/errors.ts';
import { isLast } from '../cotalker/paging/keyset-end.ts';
import type { KeysetItem } from '../cotalker/records/placed-item.ts';
import {
  type KeysetList,
  type KeysetPage,
  MAX_LIMIT,
  pageFrom,
} from '../cotalker/paging/paged-list.ts';
import { readKeyset } from '../cotalker/paging/keyset.ts';
import { newestOf } from '../cotalker/records/moment.ts';
import type { Session } from '../cotalker/session.ts';

export interface ChannelList {
  /** The channels of a group; undefined where the list cannot tell for sure. */
  ofGroup(groupId: string): readonly KeysetItem<ChannelRecord>[] | undefined;
  byId(id: string): KeysetItem<ChannelRecord> | undefined;
}

type WholeFilter = Omit<ChannelListFilter, 'group'>;

/**
 * The caller's whole channel list, where that is cheaper than separate calls: channels have no batch endpoint. The
 * first page shows the size of the list, and so how many calls remain. The choice costs at most this one call more
 * than the better way. Where no count can be believed, the page behind the first one tells whether that was all:
 * one more. For a list that has just been found long, the other way is taken at once.
 *
 * @param separateCalls How many calls the other way takes.
 * @returns The list; undefined where the other way is cheaper, or this one is barred.
 */
export type WholeIfCheaper = (
  filter: WholeFilter,
  separateCalls: number,
) => Promise<ChannelList | undefined>;

/**
 * How many channels of the whole list one saved call is worth. Each channel costs some 10 µs to read, and Cotalker
 * must send it. So 10 groups out of 1,000 do not justify the 5,000 channels of all: that took 116 ms of CPU instead
 * of 2. A call costs a place at Cotalker's rate limit, and a tenth of a round trip.
 */
const CHANNELS_PER_CALL = 50;

interface Probe {
  readonly limit: number;
  readonly page: Promise<Collection<ChannelRecord>>;
}

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
    const key = `channels ${filter.isActive} ${filter.search ?? ''}`;
    const worth = separateCalls * CHANNELS_PER_CALL;
    try {
      if (!lists.has(key)) {
        if (separateCalls < 2 || session.sizes.of(key) > worth) return undefined;
        const first = await probe(key, filter, worth);
        const size = await sizeOf(channelsUpstream(session, filter), first);
        session.sizes.note(key, size);
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

const isFirstPage = ({ modified_gte, page }: KeysetPage): boolean =>
  modified_gte === undefined && page === 1;

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

/** Rethrows, but where the whole list alone cannot be had (not permitted, too large to answer). */
function stepAside(error: unknown): void {
  if (!(error instanceof CotalkerError) || failsAllCalls(error)) throw error;
}

/** Null for a channel of no group, undefined where that cannot be read. */
const groupOf = (item: KeysetItem<ChannelRecord>) => idIn(item, 'group');

function toList(items: readonly KeysetItem<ChannelRecord>[]): ChannelList {
  const byGroup = Map.groupBy(items, groupOf);
  const byId = new Map(items.map((item) => [item.id, item]));
  // A channel may hide its group, or its place among the others of its group: then only the group's own list
  // can tell.
  const unsure = new Set(items.filter(({ hasPlace }) => !hasPlace).map(groupOf));
  const isUnsure = (groupId: string): boolean => byGroup.has(undefined) || unsure.has(groupId);
  return {
    ofGroup: (groupId) => (isUnsure(groupId) ? undefined : (byGroup.get(groupId) ?? [])),
    byId: (id) => byId.get(id),
  };
}
