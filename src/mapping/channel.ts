import type { ChannelRecord } from '../cotalker/records/channel.ts';
import { readableOr } from '../cotalker/records/values.ts';
import type { Channel } from '../generated/resolvers.ts';
import {
  type Fallible,
  firstText,
  type Reference,
  type References,
  toReferences,
} from './fields.ts';
import { toImage } from './image.ts';
import { toLastMessage } from './last-message.ts';

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
