import type { ChannelRecord } from '../cotalker/records/channel.ts';
import { readableOr, type Field, firstOf, UNREADABLE } from '../cotalker/records/fields.ts';
import type { Channel, LastMessage } from '../generated/resolvers.ts';
import {
  type Fallible,
  firstText,
  type Reference,
  type References,
  toReferences,
  toImage,
} from './fields.ts';

type ChannelEdges = 'group' | 'users' | 'admins' | 'lastMessage' | 'image' | 'messages';

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
  isPinned: toPinned(record.pinned),
  isWritable: toWritable(record.settings),
  groupId: record.group,
  userIds: toReferences(record.userIds),
  adminIds: toReferences(record.groupOwnerIds),
  lastMessage: toLastMessage(record.lastMessage),
  image: toImage(record.image),
});

/** Pinned for whom the list names (sheet, section 3, "Channel": an empty one means not pinned). */
const toPinned = (pinned: ChannelRecord['pinned']): Field<boolean> =>
  pinned === null || pinned instanceof Error ? pinned : pinned.length > 0;

/** `settings.write`: `all` or `none`. */
function toWritable(write: ChannelRecord['settings']): Field<boolean> {
  if (typeof write !== 'string') return write;
  return write === '' ? null : (WRITABLE.get(write) ?? UNREADABLE);
}

const WRITABLE = new Map([
  ['all', true],
  ['none', false],
]);

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

/** When a channel's last message was sent; undefined where that is not known. */
export const sentAtOf = (message: ChannelModel['lastMessage']): string | undefined =>
  readableOr(readableOr(message, null)?.sentAt ?? null, undefined);
