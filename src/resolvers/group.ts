import type { Context } from '../context.ts';
import type {
  GroupActionResolvers,
  GroupConnectionResolvers,
  GroupEdgeResolvers,
  LinkGroupResolvers,
  StandardGroupResolvers,
  TaskGroupResolvers,
} from '../generated/resolvers.ts';
import type { GroupActionModel } from '../mapping/group-action.ts';
import {
  type GroupModel,
  type LinkGroupModel,
  type StandardGroupModel,
  type TaskGroupModel,
  toLinkType,
} from '../mapping/group.ts';
import type { Edges } from './edges.ts';
import { safe } from './safe.ts';

/** The fields that all three types have and resolve in the same way. */
const entry = {
  parent: async (group: GroupModel, _: unknown, { loaders }: Context) => {
    const parent = await loaders.menu.parentOf(group);
    return parent && loaders.groups.typed(parent);
  },
  category: ({ id }: GroupModel, _: unknown, { loaders }: Context) => loaders.menu.categoryOf(id),
  children: async (group: GroupModel, _: unknown, { loaders }: Context) =>
    loaders.groups.allTyped(await loaders.menu.childrenOf(group)),
};

export const StandardGroup: Edges<StandardGroupResolvers, StandardGroupModel> = {
  ...entry,
  channels: ({ id }, args, { loaders }) => loaders.channels.page(id, args),
};
export const TaskGroup: Edges<TaskGroupResolvers, TaskGroupModel> = {
  ...entry,
  channels: ({ id }, args, { loaders }) => loaders.channels.page(id, args),
  workflow: ({ id }, _, { loaders }) => loaders.taskGroups.workflow(id),
  stateMachine: async ({ id }, _, { loaders }) => {
    const { taskGroupId, stateMachineId } = await loaders.taskGroups.startBehind(id);
    return loaders.stateMachines.machine(taskGroupId, stateMachineId);
  },
  stateMachines: async ({ id }, _, { loaders }) =>
    loaders.stateMachines.machines(await loaders.taskGroups.idBehind(id)),
  tasks: async ({ id }, args, { loaders }) =>
    loaders.tasks.page(await loaders.taskGroups.idBehind(id), args),
};
export const LinkGroup: Edges<LinkGroupResolvers, LinkGroupModel> = {
  ...entry,
  url: ({ target }) => safe(target),
  linkType: ({ linkTypeName }) => toLinkType(linkTypeName),
};
export const GroupAction: Edges<GroupActionResolvers, GroupActionModel> = {
  url: ({ target }) => safe(target),
};

export const GroupConnection: Required<Pick<GroupConnectionResolvers, 'nodes' | 'totalCount'>> = {
  totalCount: (connection) => connection.totalCount(),
  nodes: ({ nodes }, _, { loaders }) => loaders.groups.allTyped(nodes),
};
export const GroupEdge: Required<Pick<GroupEdgeResolvers, 'node'>> = {
  node: ({ node }, _, { loaders }) => loaders.groups.typed(node),
};
