import type {
  ChannelConnectionResolvers,
  ChannelEdgeResolvers,
  ChannelResolvers,
  LastMessageResolvers,
} from '../generated/resolvers.ts';
import type { ChannelModel } from '../mapping/channel.ts';
import type { LastMessageModel } from '../mapping/last-message.ts';
import { nameBefore, withoutName } from '../mapping/message-content.ts';
import { type Edges, follow, followAll } from './edges.ts';
import { safe } from './safe.ts';

export const Channel: Edges<ChannelResolvers, ChannelModel> = {
  group: ({ groupId }, _, { loaders }) => follow(groupId, loaders.groups.referred),
  users: ({ userIds }, _, { loaders }) => followAll(userIds, loaders.users.byIds),
  admins: ({ adminIds }, _, { loaders }) => followAll(adminIds, loaders.users.byIds),
};

export const LastMessage: Edges<LastMessageResolvers, LastMessageModel> = {
  sender: ({ senderId }, _, { loaders }) => follow(senderId, loaders.users.byId),
  kind: ({ read }) => read().kind,
  text: async ({ read, senderId }, _, { loaders }) => {
    const { text } = read();
    if (typeof text !== 'string' || nameBefore(text) === undefined) return text;
    const sender = typeof senderId === 'string' ? await loaders.users.byId(senderId) : null;
    return withoutName(text, sender?.knownAs ?? []);
  },
  url: ({ read }) => safe(read().target),
  fileName: ({ read }) => read().fileName,
};

export const ChannelConnection: Required<Pick<ChannelConnectionResolvers, 'totalCount'>> = {
  totalCount: (connection) => connection.totalCount(),
};
export const ChannelEdge: Required<Pick<ChannelEdgeResolvers, 'node'>> = {
  node: ({ node }) => node,
};
