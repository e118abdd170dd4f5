import type { ResolversTypes, SubscriptionResolvers } from '../generated/resolvers.ts';

export const Subscription: Required<SubscriptionResolvers> = {
  groupChanged: {
    subscribe: (_, args, { followGroups }) => followGroups(args),
    // The value may be an error: executors treat it as thrown.
    resolve: (event: ResolversTypes['GroupEdge']) => event,
  },
};
