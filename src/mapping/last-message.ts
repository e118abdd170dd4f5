import type { ChannelRecord } from '../cotalker/records/channel.ts';
import { type Field, firstOf } from '../cotalker/records/values.ts';
import type { LastMessage } from '../generated/resolvers.ts';
import type { Fallible, Reference } from './fields.ts';

export type LastMessageModel = Fallible<
  Omit<LastMessage, 'sender' | 'kind' | 'text' | 'url' | 'fileName'>
> & {
  readonly senderId: Reference;
};

/** Both generations: `date` and `sender`, or `createdAt` and `sentBy` (sheet, section 3, "Channel"). */
export function toLastMessage(message: ChannelRecord['lastMessage']): Field<LastMessageModel> {
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
