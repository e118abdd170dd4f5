import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: Required<QueryResolvers> = {
  groups: (_, args, { loaders }) => loaders.groups.page(args),
  group: (_, { id }, { loaders }) => loaders.groups.byId(id),
  channel: (_, { id }, { loaders }) => loaders.channels.byId(id),
  mainMenu: async (_, __, { loaders }) => loaders.groups.allTyped(await loaders.menu.top()),
};
