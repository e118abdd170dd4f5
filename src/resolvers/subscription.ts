import type { ResolversTypes, SubscriptionResolvers } from '../generated/resolvers.ts';

export const Subscription: Required<SubscriptionResolvers> = {
  groupChanged: {
    subscribe: (_, args, { followGroups }) => followGroups(args),
    // An error as well: executors take it as thrown.
    resolve: (event: ResolversTypes['GroupEdge']) => event,
  },
};
