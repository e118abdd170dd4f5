import type { ChannelRecord } from '../cotalker/channels.ts';
import type { Channel, LastMessage } from '../generated/resolvers.ts';
import { createMemo } from '../memo.ts';
import { toImage } from './image.ts';
import { firstText } from './text.ts';

export type LastMessageModel = Omit<LastMessage, 'sender'> & { readonly senderId: string | null };
export type ChannelModel = Omit<Channel, 'group' | 'users' | 'admins' | 'lastMessage'> & {
  readonly groupId: string | null;
  readonly userIds: readonly string[];
  readonly adminIds: readonly string[];
  readonly lastMessage: LastMessageModel | null;
};

/** The models made so far: a record that is recalled (`cotalker/recall.ts`) is not mapped a second time. */
const modelOf = createMemo<ChannelRecord, ChannelModel>();

export const toChannel = (record: ChannelRecord): ChannelModel =>
  modelOf(record, () => mapChannel(record));

const mapChannel = (record: ChannelRecord): ChannelModel => ({
  __typename: 'Channel',
  id: record._id,
  name: firstText(record.nameDisplay, record.name, record.nameCode, record.code) ?? record._id,
  code: firstText(record.nameCode, record.code),
  createdAt: record.createdAt,
  modifiedAt: record.modifiedAt,
  isActive: record.isActive ?? true,
  isDirect: record.isDirect ?? false,
  isPrivate: record.isPrivate ?? false,
  groupId: record.group,
  userIds: record.userIds.filter((id) => id !== null),
  adminIds: record.groupOwnerIds.filter((id) => id !== null),
  lastMessage: record.lastMessage && toLastMessage(record.lastMessage),
  image: toImage(record.image),
});

const toLastMessage = (message: NonNullable<ChannelRecord['lastMessage']>): LastMessageModel => ({
  __typename: 'LastMessage',
  content: message.content,
  contentType: message.contentType,
  sentAt: message.date,
  senderId: message.sender,
});
