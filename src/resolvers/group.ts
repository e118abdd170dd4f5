import type { Context } from '../context.ts';
import { unsafeUrl } from '../errors.ts';
import type {
  GroupActionResolvers,
  GroupConnectionResolvers,
  GroupEdgeResolvers,
  LinkGroupResolvers,
  StandardGroupResolvers,
  TaskGroupResolvers,
} from '../generated/resolvers.ts';
import { type GroupModel, toLinkType } from '../mapping/group.ts';
import { isSafeUrl } from '../mapping/safe-url.ts';

/** What all three types have, and each resolves alike. */
const entry = {
  parent: async (group: GroupModel, _: unknown, { loaders }: Context) => {
    const parent = await loaders.menu.parentOf(group);
    return parent && loaders.groups.typed(parent);
  },
  children: async (group: GroupModel, _: unknown, { loaders }: Context) =>
    loaders.groups.allTyped(await loaders.menu.childrenOf(group)),
};

type EntryEdges = keyof typeof entry;
type TaskEdges = 'workflow' | 'stateMachine' | 'stateMachines' | 'tasks';

export const StandardGroup: Required<Pick<StandardGroupResolvers, EntryEdges | 'channels'>> = {
  ...entry,
  channels: ({ id }, args, { loaders }) => loaders.channels.page(id, args),
};
export const TaskGroup: Required<Pick<TaskGroupResolvers, EntryEdges | 'channels' | TaskEdges>> = {
  ...entry,
  channels: ({ id }, args, { loaders }) => loaders.channels.page(id, args),
  workflow: ({ id }, _, { loaders }) => loaders.taskGroups.workflow(id),
  stateMachine: async ({ id }, _, { loaders }) => {
    const { _id, initialStateMachine } = await loaders.taskGroups.behind(id);
    return loaders.stateMachines.machine(_id, initialStateMachine);
  },
  stateMachines: async ({ id }, _, { loaders }) => {
    const { _id } = await loaders.taskGroups.behind(id);
    return loaders.stateMachines.machines(_id);
  },
  tasks: async ({ id }, args, { loaders }) => {
    const { _id } = await loaders.taskGroups.behind(id);
    return loaders.tasks.page(_id, args);
  },
};
export const LinkGroup: Required<Pick<LinkGroupResolvers, EntryEdges | 'url' | 'linkType'>> = {
  ...entry,
  url: ({ target }) => safe(target),
  linkType: ({ linkTypeName }) => toLinkType(linkTypeName),
};
export const GroupAction: Required<Pick<GroupActionResolvers, 'url'>> = {
  url: ({ target }) => safe(target),
};

export const GroupConnection: Required<Pick<GroupConnectionResolvers, 'nodes' | 'totalCount'>> = {
  totalCount: (connection) => connection.totalCount(),
  nodes: ({ nodes }, _, { loaders }) => loaders.groups.allTyped(nodes),
};
export const GroupEdge: Required<Pick<GroupEdgeResolvers, 'node'>> = {
  node: ({ node }, _, { loaders }) => loaders.groups.typed(node),
};

function safe(target: string | null): string | null {
  if (target === null || isSafeUrl(target)) return target;
  throw unsafeUrl();
}
