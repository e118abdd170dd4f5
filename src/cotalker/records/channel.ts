import {
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
  pinned: raw['pinned'] == null ? null : readList(raw['pinned'], readId),
  settings: readObject(raw['settings'], ({ write }) => readText(write)),
}));
export type ChannelRecord = RecordOf<typeof channelRecord>;
