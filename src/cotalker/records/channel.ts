import { isReadable } from '../errors.ts';
import type { KeysetItem } from './placed-item.ts';
import {
  isObject,
  readImage,
  readList,
  readObject,
  recordOf,
  type RecordOf,
  readFlag,
  readId,
  readText,
} from './fields.ts';
import { readMoment } from './moment.ts';

/** In both generations of the payload: `date` and `sender`, or `createdAt` and `sentBy`. */
const readLastMessage = (value: unknown) =>
  readObject(value, (raw) => ({
    content: readText(raw['content']),
    contentType: readText(raw['contentType']),
    date: readMoment(raw['date']),
    createdAt: readMoment(raw['createdAt']),
    sender: readId(raw['sender']),
    sentBy: readId(raw['sentBy']),
  }));

/** COTChannel, in both generations of the payload (sheet, section 3). */
export const channelRecord = recordOf((raw, _id) => ({
  _id,
  group: readId(raw['group']),
  nameDisplay: readText(raw['nameDisplay']),
  name: readText(raw['name']),
  nameCode: readText(raw['nameCode']),
  code: readText(raw['code']),
  createdAt: readMoment(raw['createdAt']),
  modifiedAt: readMoment(raw['modifiedAt']),
  isActive: readFlag(raw['isActive']),
  isDirect: readFlag(raw['isDirect']),
  isPrivate: readFlag(raw['isPrivate']),
  userIds: readList(raw['userIds'], readId),
  groupOwnerIds: readList(raw['groupOwnerIds'], readId),
  lastMessage: readLastMessage(raw['lastMessage']),
  image: readImage(raw['image']),
}));
export type ChannelRecord = RecordOf<typeof channelRecord>;

/** The group that a listed channel names, null for none; undefined where that cannot be read. */
export function groupOfChannel({
  record,
  malformed,
}: KeysetItem<ChannelRecord>): string | null | undefined {
  const group = isReadable(record)
    ? record.group
    : isObject(malformed?.raw)
      ? readId(malformed.raw['group'])
      : undefined;
  return isReadable(group) ? group : undefined;
}
