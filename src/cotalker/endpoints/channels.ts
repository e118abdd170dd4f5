import type * as z from 'zod';
import { type Collection, readCollection, readEntity } from '../records/envelope.ts';
import { absentAsNull, isReadable } from '../errors.ts';
import {
  dateTime,
  flag,
  image,
  list,
  object,
  objectId,
  recordOf,
  reference,
  text,
} from '../records/fields.ts';
import type { KeysetItem, KeysetPage } from '../paging/keyset.ts';
import type { Session } from '../session.ts';

/** In both generations of the payload: `date` and `sender`, or `createdAt` and `sentBy`. */
const lastMessage = object({
  content: text,
  contentType: text,
  date: dateTime,
  createdAt: dateTime,
  sender: reference,
  sentBy: reference,
});

/** COTChannel, in both generations of the payload (sheet, section 3). */
export const channelRecord = recordOf({
  _id: objectId,
  group: reference,
  nameDisplay: text,
  name: text,
  nameCode: text,
  code: text,
  createdAt: dateTime,
  modifiedAt: dateTime,
  isActive: flag,
  isDirect: flag,
  isPrivate: flag,
  userIds: list(reference),
  groupOwnerIds: list(reference),
  lastMessage,
  image,
});
export type ChannelRecord = z.infer<typeof channelRecord>;

/** Which channels to list, in the upstream's words. */
export interface ChannelListFilter {
  /** One group's channels; undefined: all that the caller may see. */
  readonly group?: string | undefined;
  readonly search?: string | undefined;
  readonly isActive: 'all' | 'true';
}

/** `GET /v2/channels`: one page, the oldest change first, with a count (see `index.ts`). */
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

const groupOnly = recordOf({ group: reference });

/** The group that a listed channel names, null for none; undefined where that cannot be read. */
export function groupOfChannel({
  record,
  malformed,
}: KeysetItem<ChannelRecord>): string | null | undefined {
  const group = isReadable(record) ? record.group : groupOnly.safeParse(malformed?.raw).data?.group;
  return isReadable(group) ? group : undefined;
}
