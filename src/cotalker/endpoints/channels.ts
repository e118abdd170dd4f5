import { type Collection, readCollection, readEntity } from '../records/envelope.ts';
import { absentAsNull } from '../errors.ts';
import type { KeysetPage } from '../paging/paged-list.ts';
import { type ChannelRecord, channelRecord } from '../records/channel.ts';
import type { Session } from '../session.ts';

export interface ChannelListFilter {
  /** One group's channels; undefined: all that the caller may see. */
  readonly group?: string | undefined;
  readonly search?: string | undefined;
  readonly isActive: 'all' | 'true';
}

/** `GET /v2/channels`: one page, the oldest change first, with a count (see `traits`). */
export async function listChannels(
  session: Session,
  filter: ChannelListFilter,
  page: KeysetPage,
  again = false,
): Promise<Collection<ChannelRecord>> {
  const body = await session.get({
    template: '/v2/channels',
    query: {
      ...filter,
      ...page,
      directChannels: 'all',
      sortBy: 'modifiedAt',
      orderBy: 'asc',
      count: true,
    },
    again,
  });
  const found = readCollection(body, ['channels'], channelRecord);
  session.traits.notePage('channels', { ...page, items: found.items.length, count: found.total });
  return found;
}

/** `GET /v2/channels/{id}`: one channel, or null where there is none. */
export const getChannel = (session: Session, id: string): Promise<ChannelRecord | null> =>
  absentAsNull(async () =>
    readEntity(await session.get({ template: '/v2/channels/{id}', id }), id, channelRecord),
  );
