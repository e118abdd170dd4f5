import type {
  ChannelConnectionResolvers,
  ChannelEdgeResolvers,
  ChannelResolvers,
  LastMessageResolvers,
} from '../generated/resolvers.ts';
import type { ChannelModel, LastMessageModel } from '../mapping/channel.ts';
import type { Edges } from './edges.ts';

export const Channel: Edges<ChannelResolvers, ChannelModel> = {
  group: ({ groupId }, _, { loaders }) => loaders.groups.referred(groupId),
  users: ({ userIds }, _, { loaders }) => loaders.users.byIds(userIds),
  admins: ({ adminIds }, _, { loaders }) => loaders.users.byIds(adminIds),
};

export const LastMessage: Edges<LastMessageResolvers, LastMessageModel> = {
  sender: ({ senderId }, _, { loaders }) => loaders.users.byId(senderId),
};

export const ChannelConnection: Required<Pick<ChannelConnectionResolvers, 'totalCount'>> = {
  totalCount: (connection) => connection.totalCount(),
};
export const ChannelEdge: Required<Pick<ChannelEdgeResolvers, 'node'>> = {
  node: ({ node }) => node,
};
