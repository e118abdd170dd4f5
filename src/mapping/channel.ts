import type { ChannelRecord } from '../cotalker/records/channel.ts';
import { readableOr, type Field, firstOf } from '../cotalker/records/fields.ts';
import type { Channel, LastMessage } from '../generated/resolvers.ts';
import {
  type Fallible,
  firstText,
  type Reference,
  type References,
  toReferences,
  toImage,
} from './fields.ts';

type ChannelEdges = 'group' | 'users' | 'admins' | 'lastMessage' | 'image';

export type ChannelModel = Fallible<Omit<Channel, ChannelEdges>> & {
  readonly groupId: Reference;
  readonly userIds: References;
  readonly adminIds: References;
  readonly lastMessage: ReturnType<typeof toLastMessage>;
  readonly image: ReturnType<typeof toImage>;
};

export const toChannel = (record: ChannelRecord): ChannelModel => ({
  __typename: 'Channel',
  id: record._id,
  name: readableOr(
    firstText(record.nameDisplay, record.name, record.nameCode, record.code),
    record._id,
  ),
  code: firstText(record.nameCode, record.code),
  createdAt: record.createdAt,
  modifiedAt: record.modifiedAt,
  isActive: readableOr(record.isActive, true),
  isDirect: readableOr(record.isDirect, false),
  isPrivate: readableOr(record.isPrivate, false),
  groupId: record.group,
  userIds: toReferences(record.userIds),
  adminIds: toReferences(record.groupOwnerIds),
  lastMessage: toLastMessage(record.lastMessage),
  image: toImage(record.image),
});

export type LastMessageModel = Fallible<
  Omit<LastMessage, 'sender' | 'kind' | 'text' | 'url' | 'fileName'>
> & {
  readonly senderId: Reference;
};

/** Both generations: `date` and `sender`, or `createdAt` and `sentBy` (sheet, section 3, "Channel"). */
function toLastMessage(message: ChannelRecord['lastMessage']): Field<LastMessageModel> {
  if (message === null || message instanceof Error) return message;
  const { content, contentType } = message;
  return {
    __typename: 'LastMessage',
    content,
    contentType,
    sentAt: firstOf(message.date, message.createdAt),
    senderId: firstOf(message.sender, message.sentBy),
  };
}
