import type {
  TaskConnectionResolvers,
  TaskResolvers,
  TaskStatusResolvers,
} from '../generated/resolvers.ts';
import { selectsOnly } from '../graphql/selection.ts';
import { type TaskModel, type TaskStatusModel, toTaskStatuses } from '../mapping/task.ts';
import { type Edges, follow, followAll } from './edges.ts';

export const Task: Edges<TaskResolvers, TaskModel> = {
  state: ({ taskGroupId, stateId, statusId }, _, { loaders }, info) =>
    follow(
      stateId,
      (id) =>
        selectsOnly(info, 'id', 'name', 'code')
          ? loaders.stateMachines.namedState(taskGroupId, id, statusId)
          : loaders.stateMachines.state(taskGroupId, id),
      info,
    ),
  statuses: async (task, _, { loaders }) => {
    const { taskGroupId, stateMachineId } = task;
    const machine = await follow(stateMachineId, (id) =>
      loaders.stateMachines.machine(taskGroupId, id),
    );
    if (machine instanceof Error) throw machine;
    return toTaskStatuses(task, machine);
  },
  stateMachine: ({ taskGroupId, stateMachineId }, _, { loaders }, info) =>
    follow(stateMachineId, (id) => loaders.stateMachines.machine(taskGroupId, id), info),
  assignee: ({ assigneeId }, _, { loaders }, info) => follow(assigneeId, loaders.users.byId, info),
  createdBy: ({ createdById }, _, { loaders }, info) =>
    follow(createdById, loaders.users.byId, info),
  editors: ({ editorIds }, _, { loaders }, info) => followAll(editorIds, loaders.users.byIds, info),
  followers: ({ followerIds }, _, { loaders }, info) =>
    followAll(followerIds, loaders.users.byIds, info),
  channel: ({ channelId }, _, { loaders }, info) =>
    follow(channelId, loaders.channels.referred, info),
};

export const TaskStatus: Edges<TaskStatusResolvers, TaskStatusModel> = {
  name: async ({ typeName, property }, _, { loaders }) =>
    typeName ?? (await loaders.stateNames.of(property))?.type ?? null,
  value: async ({ property }, _, { loaders }) =>
    (await loaders.stateNames.of(property))?.name ?? null,
  code: async ({ property }, _, { loaders }) =>
    (await loaders.stateNames.of(property))?.code ?? null,
};

export const TaskConnection: Required<Pick<TaskConnectionResolvers, 'totalCount'>> = {
  totalCount: (connection) => connection.totalCount(),
};
