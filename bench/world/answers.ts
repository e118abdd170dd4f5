import { type ChannelRecord, type GroupRecord, id, type TaskRecord } from './records.ts';
import type { World } from './worlds.ts';

/*
 * The right answers, worked out from the world's records alone: what every subject's `data` must be,
 * byte by byte once it is JSON. Groups and channels come by `modifiedAt`, the menu by weight.
 */

type Build<T> = (group: GroupRecord) => T;

const byModified = <T extends { readonly modifiedAt: string }>(records: readonly T[]): T[] =>
  records.toSorted((a, b) => (a.modifiedAt < b.modifiedAt ? -1 : 1));

const groupsAnswer = (world: World, first: number, build: Build<unknown>): unknown => ({
  groups: { nodes: byModified(world.groups).slice(0, first).map(build) },
});

/** The typing of the world's groups, by the rules of the sheet. */
function typenameIn(world: World): Build<string> {
  const named = new Set(world.taskGroups.map(({ group }) => group));
  return ({ _id, link }) =>
    'url' in link ? 'LinkGroup' : named.has(_id) ? 'TaskGroup' : 'StandardGroup';
}

const entryOf =
  (world: World): Build<object> =>
  (group) => ({
    __typename: typenameIn(world)(group),
    id: group._id,
    name: group.nameDisplay,
    code: group.nameCode,
    isActive: group.isActive,
    weight: group.weight,
  });

export const entries = (first: number) => (world: World) =>
  groupsAnswer(world, first, entryOf(world));

/** What a traversal in pages of 500 answers, in one request. */
export const twoPages = (world: World) => {
  const nodes = byModified(world.groups).map(entryOf(world));
  return { a: { nodes: nodes.slice(0, 500) }, b: { nodes: nodes.slice(500, 1000) } };
};

export const workflows = (first: number) => (world: World) => {
  const entry = entryOf(world);
  const flows = { 'state-machine': 'STATE_MACHINE' } as Record<string, string>;
  return groupsAnswer(world, first, (group) => {
    const taskGroup = world.taskGroups.find((it) => it.group === group._id);
    if (taskGroup === undefined) return entry(group);
    const { _id, collectionName, flowType, defaultView, hideClosedAfterDays } = taskGroup;
    const workflow = {
      id: _id,
      code: collectionName,
      flowType: flows[flowType],
      defaultView: defaultView.toUpperCase(),
      hideClosedAfterDays,
    };
    return { ...entry(group), workflow };
  });
};

const channelsOf = (world: World, groupId: string, first: number): ChannelRecord[] =>
  byModified(world.channels.filter(({ group }) => group === groupId)).slice(0, first);

export const channels = (first: number) => (world: World) =>
  groupsAnswer(world, first, ({ _id, nameDisplay }) => ({
    __typename: 'StandardGroup',
    id: _id,
    name: nameDisplay,
    channels: {
      nodes: channelsOf(world, _id, 5).map((it) => ({ id: it._id, name: it.nameDisplay })),
    },
  }));

const STATE_TYPE = { new: 'NEW', 'in-progress': 'IN_PROGRESS', closed: 'CLOSED' };

function taskAnswer(world: World, { _id, name, smState, assignee }: TaskRecord) {
  const state = world.states.find((it) => it._id === smState);
  const property = world.properties.find((it) => it._id === state?.property);
  const user = world.users.find((it) => it._id === assignee);
  return {
    id: _id,
    name,
    state: { name: property?.name.display, type: state && STATE_TYPE[state.type] },
    assignee: { name: user?.name.displayName },
  };
}

export const screen = (world: World) => {
  const typename = typenameIn(world);
  const byId = new Map(world.groups.map((group) => [group._id, group]));
  const nestedOf = (group: GroupRecord): string[] =>
    'nestedGroups' in group ? (group.nestedGroups as string[]) : [];
  const parentOf = (group: GroupRecord): unknown => ('parent' in group ? group.parent : undefined);
  const nested = new Set(world.groups.flatMap(nestedOf));
  const byWeight = (groups: readonly GroupRecord[]): GroupRecord[] =>
    groups.toSorted((a, b) => a.weight - b.weight);
  const childrenOf = (group: GroupRecord): GroupRecord[] =>
    group.isCategory
      ? nestedOf(group).flatMap((child) => byId.get(child) ?? [])
      : world.groups.filter((it) => parentOf(it) === group._id);

  const special = (group: GroupRecord) => {
    const page = {
      channels: {
        nodes: channelsOf(world, group._id, 5).map(({ _id, nameDisplay, lastMessage }) => ({
          id: _id,
          name: nameDisplay,
          lastMessage: { content: lastMessage.content, sentAt: lastMessage.date },
        })),
      },
    };
    switch (typename(group)) {
      case 'LinkGroup':
        return { url: 'url' in group.link ? group.link.url : null, opensIn: 'NEW_TAB' };
      case 'StandardGroup':
        return { isCategory: group.isCategory, ...page };
      default: {
        const taskGroup = id('taskGroup', world.groups.indexOf(group));
        const tasks = world.tasks
          .filter((it) => it.taskGroup === taskGroup)
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
          .slice(0, 3);
        return { ...page, tasks: { nodes: tasks.map((it) => taskAnswer(world, it)) } };
      }
    }
  };
  const entry = (group: GroupRecord) => ({
    __typename: typename(group),
    id: group._id,
    name: group.nameDisplay,
    ...special(group),
  });
  const top = world.groups.filter((it) => parentOf(it) === undefined && !nested.has(it._id));
  return {
    mainMenu: byWeight(top).map((group) => ({
      ...entry(group),
      children: byWeight(childrenOf(group)).map(entry),
    })),
  };
};

export const hello = () => ({ __typename: 'Query' });
