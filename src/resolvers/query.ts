import type {
  QueryResolvers,
  ResolversTypes,
  SubscriptionResolvers,
  PageInfoResolvers,
} from '../generated/resolvers.ts';
import { dependsOnGroupType, selectsOnly } from '../graphql/selection.ts';

export const Query: Required<QueryResolvers> = {
  groups: (_, args, { loaders }, info) =>
    loaders.groups.page(args, selectsOnly(info, 'totalCount')),
  group: (_, { id }, { loaders }, info) => loaders.groups.byId(id, dependsOnGroupType(info)),
  channel: (_, { id }, { loaders }) => loaders.channels.byId(id),
  viewer: (_, __, { loaders }) => loaders.viewer(),
  user: (_, { id }, { loaders }) => loaders.user(id),
  mainMenu: async (_, __, { loaders }, info) =>
    loaders.groups.allTyped(await loaders.menu.top(), dependsOnGroupType(info)),
};

export const Subscription: Required<SubscriptionResolvers> = {
  groupChanged: {
    subscribe: (_, args, { followGroups }) => followGroups(args),
    // The value may be an error: executors treat it as thrown.
    resolve: (event: ResolversTypes['GroupEdge']) => event,
  },
  channelChanged: {
    subscribe: (_, args, { followChannel }) => followChannel(args),
    resolve: (event: ResolversTypes['MessageEdge']) => event,
  },
};

export const PageInfo: Required<Pick<PageInfoResolvers, 'hasNextPage'>> = {
  hasNextPage: (page) => page.hasNextPage(),
};
