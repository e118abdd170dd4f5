import type {
  TaskConnectionResolvers,
  TaskEdgeResolvers,
  TaskResolvers,
} from '../generated/resolvers.ts';
import type { TaskModel } from '../mapping/task.ts';
import type { Edges } from './edges.ts';

export const Task: Edges<TaskResolvers, TaskModel> = {
  state: ({ taskGroupId, stateId }, _, { loaders }) =>
    loaders.stateMachines.state(taskGroupId, stateId),
  stateMachine: ({ taskGroupId, stateMachineId }, _, { loaders }) =>
    loaders.stateMachines.machine(taskGroupId, stateMachineId),
  assignee: ({ assigneeId }, _, { loaders }) => loaders.users.byId(assigneeId),
  createdBy: ({ createdById }, _, { loaders }) => loaders.users.byId(createdById),
  editors: ({ editorIds }, _, { loaders }) => loaders.users.byIds(editorIds),
  followers: ({ followerIds }, _, { loaders }) => loaders.users.byIds(followerIds),
  channel: ({ channelId }, _, { loaders }) => loaders.channels.referred(channelId),
};

export const TaskConnection: Required<Pick<TaskConnectionResolvers, 'totalCount'>> = {
  totalCount: (connection) => connection.totalCount(),
};
export const TaskEdge: Required<Pick<TaskEdgeResolvers, 'node'>> = {
  node: ({ node }) => node,
};
