import type {
  ChannelConnectionResolvers,
  ChannelResolvers,
  LastMessageResolvers,
} from '../generated/resolvers.ts';
import { dependsOnGroupType } from '../graphql/selection.ts';
import { type ChannelModel, type LastMessageModel, sentAtOf } from '../mapping/channel.ts';
import { nameBefore, readContent, toMessageKind, withoutName } from '../mapping/message-content.ts';
import { type Edges, follow, followAll, safe } from './edges.ts';

export const Channel: Edges<ChannelResolvers, ChannelModel> = {
  group: ({ groupId }, _, { loaders }, info) =>
    follow(groupId, (id) => loaders.groups.referred(id, dependsOnGroupType(info))),
  users: ({ userIds }, _, { loaders }, info) => followAll(userIds, loaders.users.byIds, info),
  admins: ({ adminIds }, _, { loaders }, info) => followAll(adminIds, loaders.users.byIds, info),
  messages: ({ id, lastMessage }, args, { loaders }) =>
    loaders.messages.page(id, args, sentAtOf(lastMessage)),
};

export const LastMessage: Edges<LastMessageResolvers, LastMessageModel> = {
  sender: ({ senderId }, _, { loaders }, info) => follow(senderId, loaders.users.byId, info),
  kind: ({ contentType }) => toMessageKind(contentType),
  text: async (message, _, { loaders }) => {
    const { text } = readContent(message);
    if (typeof text !== 'string' || nameBefore(text) === undefined) return text;
    const sender = await follow(message.senderId, loaders.users.byId);
    return withoutName(text, sender instanceof Error ? [] : (sender?.knownAs ?? []));
  },
  url: (message) => safe(readContent(message).target),
  fileName: (message) => readContent(message).fileName,
};

export const ChannelConnection: Required<Pick<ChannelConnectionResolvers, 'totalCount'>> = {
  totalCount: (connection) => connection.totalCount(),
};
