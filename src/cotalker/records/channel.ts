import type * as z from 'zod';
import { isReadable } from '../errors.ts';
import type { KeysetItem } from './placed-item.ts';
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
} from './fields.ts';

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

const groupOnly = recordOf({ group: reference });

/** The group that a listed channel names, null for none; undefined where that cannot be read. */
export function groupOfChannel({
  record,
  malformed,
}: KeysetItem<ChannelRecord>): string | null | undefined {
  const group = isReadable(record) ? record.group : groupOnly.safeParse(malformed?.raw).data?.group;
  return isReadable(group) ? group : undefined;
}
