import DataLoader from 'dataloader';
import { type ChannelListFilter, getChannel } from '../cotalker/endpoints/channels.ts';
import type { ChannelRecord } from '../cotalker/records/channel.ts';
import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { KeysetItem } from '../cotalker/records/placed-item.ts';
import type { Session } from '../cotalker/session.ts';
import type { ListOrder } from '../generated/resolvers.ts';
import { type ChannelModel, toChannel } from '../mapping/channel.ts';
import type { EdgeModel } from '../mapping/connection.ts';
import { readFirst, readId, readSearch } from './arguments.ts';
import { type ChannelList, channelsUpstream, createWholeIfCheaper } from './channel-list.ts';
import { type ConnectionModel, readSize } from './connection.ts';
import { readingIn } from './list-order.ts';

type ChannelSource = ChannelModel | CotalkerError;
export type ChannelEdgeModel = EdgeModel<ChannelSource>;
export type ChannelConnectionModel = ConnectionModel<ChannelSource>;

interface ChannelPageArgs {
  readonly first: number;
  readonly after?: string | null;
  readonly search?: string | null;
  readonly includeInactive?: boolean | null;
  readonly order?: ListOrder | null;
}

export type ChannelLoader = ReturnType<typeof createChannelLoader>;

interface FirstPage {
  readonly groupId: string;
  readonly first: number;
  readonly search: string | undefined;
  readonly isActive: ChannelListFilter['isActive'];
  readonly isSizeAlone: boolean;
  readonly order: ListOrder;
}

export function createChannelLoader(session: Session) {
  const wholeIfCheaper = createWholeIfCheaper(session);

  const firstPages = new DataLoader<FirstPage, ChannelConnectionModel, string>(
    async (pages) => {
      const plans = new Map<string, Promise<ChannelList | undefined>>();
      for (const [key, some] of Map.groupBy(pages, filterKey)) {
        const groups = new Set(some.map(({ groupId }) => groupId));
        const [{ search, isActive }] = some as [FirstPage];
        plans.set(key, wholeIfCheaper({ search, isActive }, groups.size));
      }
      return settleAll(pages, async (page) => {
        const options = listOptions(session, page, undefined);
        const all = (await plans.get(filterKey(page)))?.ofGroup(page.groupId);
        if (all === undefined) return readerOf(page)(options);
        return readingIn(page.order).pageOfWhole({ ...options, all });
      });
    },
    {
      cacheKeyFn: (page) =>
        [page.groupId, page.first, page.isSizeAlone, page.order, filterKey(page)].join(' '),
    },
  );

  const channels = new DataLoader<string, ChannelModel | null>(
    async (ids) => {
      const whole = wholeIfCheaper({ isActive: 'all' }, ids.length);
      return settleAll(ids, async (id) => {
        const record = (await whole)?.byId(id)?.record ?? (await getChannel(session, id));
        if (record !== null && !isReadable(record)) throw record;
        return record && toChannel(record);
      });
    },
    { batchScheduleFn: session.whenIdle },
  );

  return {
    /**
     * A page of a group's channels, by keyset. The first pages of several groups with the same arguments
     * come from one listing of all channels where that takes fewer calls, see `WholeIfCheaper`; else one
     * call each, `GET /v2/channels?group=…`.
     *
     * @param isSizeAlone Whether only the list's size is asked for, see `readSize`.
     * @throws GraphQLError `BAD_USER_INPUT` before any call for arguments out of range, and for a cursor that is broken
     *   or of another list.
     */
    page: async (
      groupId: string,
      { first, after, search, includeInactive, order }: ChannelPageArgs,
      isSizeAlone: boolean,
    ): Promise<ChannelConnectionModel> => {
      const page: FirstPage = {
        groupId,
        first: readFirst(first),
        search: readSearch(search),
        isActive: includeInactive ? 'all' : 'true',
        isSizeAlone,
        order: order ?? 'OLDEST',
      };
      return after == null
        ? firstPages.load(page)
        : readerOf(page)(listOptions(session, page, after));
    },
    /**
     * A channel, or null where Cotalker does not know it. One call, `GET /v2/channels/{id}`; several that
     * the query asks for come from one listing of all channels where that takes fewer calls.
     *
     * @throws GraphQLError `BAD_USER_INPUT` for an id that is none, before any call.
     */
    byId: async (id: string): Promise<ChannelModel | null> => channels.load(readId(id)),
    /** The channel that another record points to, as `byId`. */
    referred: (id: string): Promise<ChannelModel | null> => channels.load(id),
  };
}

const readerOf = ({ isSizeAlone, order }: FirstPage) =>
  isSizeAlone ? readSize : readingIn(order).readPage;

const filterKey = ({ search = '', isActive }: FirstPage): string => `${isActive} ${search}`;

function listOptions(session: Session, page: FirstPage, after: string | undefined) {
  const { groupId: group, first, search, isActive, order } = page;
  const filter: ChannelListFilter = { group, search, isActive };
  return {
    first,
    after,
    list: readingIn(order).inOrder(['channels', { ...filter }]),
    since: null,
    upstream: channelsUpstream(session, filter),
    toNode: ({ record }: KeysetItem<ChannelRecord>): ChannelSource =>
      isReadable(record) ? toChannel(record) : record,
  };
}

/**
 * Answers each key on its own: a failing one stands in the result as its error. Were the batch to fail as a whole,
 * DataLoader would forget its keys and load them again; but within a request, a failure is final.
 */
const settleAll = <K, V>(
  keys: readonly K[],
  answer: (key: K) => Promise<V>,
): Promise<(V | Error)[]> =>
  Promise.all(keys.map((key) => answer(key).catch((error: unknown) => error as Error)));
