import type { Context } from '../context.ts';
import type {
  GroupActionResolvers,
  GroupConnectionResolvers,
  GroupEdgeResolvers,
  GroupPanelResolvers,
  LinkGroupResolvers,
  MenuEntryNameArgs,
  StandardGroupResolvers,
  TaskGroupResolvers,
} from '../generated/resolvers.ts';
import { dependsOnGroupType, type FieldInfo, selectsOnly } from '../graphql/selection.ts';
import type { GroupActionModel } from '../mapping/group-action.ts';
import {
  nameIn,
  toDirection,
  toPanelSort,
  toPanelView,
  toUngrouped,
} from '../mapping/group-panel.ts';
import {
  type GroupModel,
  type GroupPanelModel,
  type LinkGroupModel,
  type StandardGroupModel,
  type TaskGroupModel,
  toLinkType,
} from '../mapping/group.ts';
import { type Edges, follow, safe } from './edges.ts';

const entry = {
  name: (group: GroupModel, { language }: Partial<MenuEntryNameArgs>) => nameIn(group, language),
  parent: async (group: GroupModel, _: unknown, { loaders }: Context, info: FieldInfo) => {
    const parent = await loaders.menu.parentOf(group);
    return parent && loaders.groups.typed(parent, dependsOnGroupType(info));
  },
  category: (group: GroupModel, _: unknown, { loaders }: Context) => loaders.menu.categoryOf(group),
  children: async (group: GroupModel, _: unknown, { loaders }: Context, info: FieldInfo) =>
    loaders.groups.allTyped(await loaders.menu.childrenOf(group), dependsOnGroupType(info)),
};

export const StandardGroup: Edges<StandardGroupResolvers, Omit<StandardGroupModel, 'name'>> = {
  ...entry,
  channels: ({ id }, args, { loaders }, info) =>
    loaders.channels.page(id, args, selectsOnly(info, 'totalCount')),
};
export const TaskGroup: Edges<TaskGroupResolvers, Omit<TaskGroupModel, 'name'>> = {
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
export const LinkGroup: Edges<LinkGroupResolvers, Omit<LinkGroupModel, 'name'>> = {
  ...entry,
  url: ({ target }) => safe(target),
  linkType: ({ linkTypeName }) => toLinkType(linkTypeName),
};
export const GroupPanel: Edges<GroupPanelResolvers, Pick<GroupPanelModel, 'groupBy'>> = {
  groupSort: ({ groupSort }) => toPanelSort(groupSort),
  groupSortDirection: ({ groupSortDirection }) => toDirection(groupSortDirection),
  sort: ({ innerSort }) => toPanelSort(innerSort),
  sortDirection: ({ innerSortDirection }) => toDirection(innerSortDirection),
  ungrouped: ({ channelsWithoutCategoryLocation: place }) => toUngrouped(place),
  hiddenPropertyIds: ({ hideChannelsByProperties: ids }) => {
    if (ids instanceof Error) throw ids;
    return ids.filter((id) => id !== null);
  },
  initialView: ({ initialView }) => toPanelView(initialView),
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
