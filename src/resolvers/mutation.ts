import type { MutationResolvers } from '../generated/resolvers.ts';
import { createTask } from '../writes/create-task.ts';
import { moveTask } from '../writes/move-task.ts';

export const Mutation: Required<MutationResolvers> = {
  moveTask: async (_, { input }, { desk }) => moveTask(desk(), input),
  createTask: async (_, { input }, { desk }) => createTask(desk(), input),
};
