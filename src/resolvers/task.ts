import type {
  TaskConnectionResolvers,
  TaskEdgeResolvers,
  TaskResolvers,
} from '../generated/resolvers.ts';
import type { TaskModel } from '../mapping/task.ts';
import { type Edges, follow, followAll } from './edges.ts';

export const Task: Edges<TaskResolvers, TaskModel> = {
  state: ({ taskGroupId, stateId }, _, { loaders }) =>
    follow(stateId, (id) => loaders.stateMachines.state(taskGroupId, id)),
  stateMachine: ({ taskGroupId, stateMachineId }, _, { loaders }) =>
    follow(stateMachineId, (id) => loaders.stateMachines.machine(taskGroupId, id)),
  assignee: ({ assigneeId }, _, { loaders }) => follow(assigneeId, loaders.users.byId),
  createdBy: ({ createdById }, _, { loaders }) => follow(createdById, loaders.users.byId),
  editors: ({ editorIds }, _, { loaders }) => followAll(editorIds, loaders.users.byIds),
  followers: ({ followerIds }, _, { loaders }) => followAll(followerIds, loaders.users.byIds),
  channel: ({ channelId }, _, { loaders }) => follow(channelId, loaders.channels.referred),
};

export const TaskConnection: Required<Pick<TaskConnectionResolvers, 'totalCount'>> = {
  totalCount: (connection) => connection.totalCount(),
};
export const TaskEdge: Required<Pick<TaskEdgeResolvers, 'node'>> = {
  node: ({ node }) => node,
};
