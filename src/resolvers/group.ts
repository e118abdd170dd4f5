import type { Context } from '../context.ts';
import type {
  GroupActionResolvers,
  GroupConnectionResolvers,
  GroupEdgeResolvers,
  LinkGroupResolvers,
  StandardGroupResolvers,
  TaskGroupResolvers,
} from '../generated/resolvers.ts';
import { dependsOnGroupType, type FieldInfo, selectsOnly } from '../graphql/selection.ts';
import type { GroupActionModel } from '../mapping/group-action.ts';
import {
  type GroupModel,
  type LinkGroupModel,
  type StandardGroupModel,
  type TaskGroupModel,
  toLinkType,
} from '../mapping/group.ts';
import { type Edges, follow, safe } from './edges.ts';

/** The fields that all three types have and resolve in the same way. */
const entry = {
  parent: async (group: GroupModel, _: unknown, { loaders }: Context, info: FieldInfo) => {
    const parent = await loaders.menu.parentOf(group);
    return parent && loaders.groups.typed(parent, dependsOnGroupType(info));
  },
  category: (group: GroupModel, _: unknown, { loaders }: Context) => loaders.menu.categoryOf(group),
  children: async (group: GroupModel, _: unknown, { loaders }: Context, info: FieldInfo) =>
    loaders.groups.allTyped(await loaders.menu.childrenOf(group), dependsOnGroupType(info)),
};

export const StandardGroup: Edges<StandardGroupResolvers, StandardGroupModel> = {
  ...entry,
  channels: ({ id }, args, { loaders }, info) =>
    loaders.channels.page(id, args, selectsOnly(info, 'totalCount')),
};
export const TaskGroup: Edges<TaskGroupResolvers, TaskGroupModel> = {
  ...entry,
  channels: ({ id }, args, { loaders }, info) =>
    loaders.channels.page(id, args, selectsOnly(info, 'totalCount')),
  workflow: ({ id }, _, { loaders }) => loaders.taskGroups.workflow(id),
  stateMachine: async ({ id }, _, { loaders }, info) => {
    const { taskGroupId, stateMachineId } = await loaders.taskGroups.startBehind(id);
    return follow(stateMachineId, (id) => loaders.stateMachines.machine(taskGroupId, id), info);
  },
  stateMachines: async ({ id }, _, { loaders }) =>
    loaders.stateMachines.machines(await loaders.taskGroups.idBehind(id)),
  tasks: async ({ id }, args, { loaders }, info) =>
    loaders.tasks.page(
      await loaders.taskGroups.idBehind(id),
      args,
      selectsOnly(info, 'totalCount'),
    ),
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
  nodes: ({ nodes }, _, { loaders }, info) =>
    loaders.groups.allTyped(nodes, dependsOnGroupType(info)),
};
export const GroupEdge: Required<Pick<GroupEdgeResolvers, 'node'>> = {
  node: ({ node }, _, { loaders }, info) => loaders.groups.typed(node, dependsOnGroupType(info)),
};
