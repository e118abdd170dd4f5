import type { QueryResolvers } from '../generated/resolvers.ts';
import { dependsOnGroupType, selectsOnly } from '../graphql/selection.ts';

export const Query: Required<QueryResolvers> = {
  groups: (_, args, { loaders }, info) =>
    loaders.groups.page(args, selectsOnly(info, 'totalCount')),
  group: (_, { id }, { loaders }, info) => loaders.groups.byId(id, dependsOnGroupType(info)),
  channel: (_, { id }, { loaders }) => loaders.channels.byId(id),
  mainMenu: async (_, __, { loaders }, info) =>
    loaders.groups.allTyped(await loaders.menu.top(), dependsOnGroupType(info)),
};
