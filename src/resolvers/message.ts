import type {
  EnrichedMessageResolvers,
  FileMessageResolvers,
  FormMessageResolvers,
  ImageMessageResolvers,
  MessagePartResolvers,
  OtherMessageResolvers,
  SystemMessageResolvers,
  TextMessageResolvers,
} from '../generated/resolvers.ts';
import type { Context } from '../context.ts';
import type { FieldInfo } from '../graphql/selection.ts';
import {
  type MessageModel,
  type MessagePartModel,
  hintOf,
  linkOf,
  taskIdOf,
} from '../mapping/message.ts';
import { readContent, readPicture } from '../mapping/message-content.ts';
import { type Edges, follow, safe } from './edges.ts';

/** The fields that all kinds have and resolve in the same way. */
const message = {
  channel: ({ channelId }: MessageModel, _: unknown, { loaders }: Context, info: FieldInfo) =>
    follow(channelId, loaders.channels.referred, info),
  sender: ({ senderId }: MessageModel, _: unknown, { loaders }: Context, info: FieldInfo) =>
    follow(senderId, loaders.users.byId, info),
};
const stored = ({ stored }: MessageModel) => stored;
/** What of a message describes a file. */
const file = ({ stored, contentType }: MessageModel) =>
  readContent({ content: stored, contentType });

export const TextMessage: Edges<TextMessageResolvers, MessageModel> = { ...message, text: stored };
export const SystemMessage: Edges<SystemMessageResolvers, MessageModel> = {
  ...message,
  markdown: stored,
};
export const EnrichedMessage: Edges<EnrichedMessageResolvers, MessageModel> = {
  ...message,
  text: stored,
};
export const ImageMessage: Edges<ImageMessageResolvers, MessageModel> = {
  ...message,
  image: ({ stored }) => {
    const picture = readPicture(stored);
    if (picture === null || picture instanceof Error) return picture;
    const { small, square, original } = picture;
    for (const url of [small, square, original]) safe(url);
    return picture;
  },
};
export const FileMessage: Edges<FileMessageResolvers, MessageModel> = {
  ...message,
  url: (message) => safe(file(message).target),
  fileName: (message) => file(message).fileName,
};
export const FormMessage: Edges<FormMessageResolvers, MessageModel> = {
  ...message,
  content: stored,
};
export const OtherMessage: Edges<OtherMessageResolvers, MessageModel> = {
  ...message,
  content: stored,
};

export const MessagePart: Edges<MessagePartResolvers, MessagePartModel> = {
  url: (part) => safe(linkOf(part)),
  hint: hintOf,
  taskId: taskIdOf,
};
