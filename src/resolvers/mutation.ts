import type { MutationResolvers } from '../generated/resolvers.ts';
import { createTask } from '../writes/create-task.ts';
import { moveTask } from '../writes/move-task.ts';
import { sendMessage } from '../writes/send-message.ts';

export const Mutation: Required<MutationResolvers> = {
  moveTask: async (_, { input }, { desk }) => moveTask(desk(), input),
  createTask: async (_, { input }, { desk }) => createTask(desk(), input),
  sendMessage: async (_, { input }, { desk }) => sendMessage(desk(), input),
};
