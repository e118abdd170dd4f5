import {
  type ChannelRecord,
  type GroupRecord,
  type GroupType,
  type PropertyRecord,
  type StateRecord,
  type TaskGroupRecord,
  type TaskRecord,
  toChannel,
  toState,
  toTask,
  toUser,
  type UserRecord,
} from './models.ts';
import { type Get, repeated } from './rest.ts';

/*
 * The calls that the scenarios need, the same for every peer that is written by hand. Each is a plain
 * GET with the parameters that the gateway sends too, so that the upstream's answers are the same.
 */

const BY_DATE = 'sortBy=modifiedAt&orderBy=asc&count=true';
const FILTER = { STANDARD: 'channel', TASK: 'task', LINK: 'link' } as const;

interface Page<K extends string, T> {
  readonly data: Readonly<Record<K, readonly T[]>>;
}

export async function listGroups(
  get: Get,
  { first, page, type }: { first: number; page: number; type: GroupType | undefined },
): Promise<readonly GroupRecord[]> {
  const filter = type === undefined ? '' : `groupType=${FILTER[type]}&`;
  const query = `${filter}isActive=true&page=${page}&limit=${first}&${BY_DATE}`;
  return (await get<Page<'groups', GroupRecord>>('/v2/groups', query)).data.groups;
}

/** By the id of their group. */
export async function listTaskGroupsOf(
  get: Get,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, TaskGroupRecord>> {
  const query = `${repeated('groupIds', groupIds)}&isActive=all&limit=100&page=1&count=true`;
  const body = await get<Page<'taskgroups', TaskGroupRecord>>('/v2/task-groups', query);
  return new Map(body.data.taskgroups.map((record) => [record.group, record]));
}

export async function listChannels(get: Get, group: string, first: number) {
  const query = `group=${group}&isActive=true&page=1&limit=${first}&directChannels=all&${BY_DATE}`;
  const body = await get<Page<'channels', ChannelRecord>>('/v2/channels', query);
  return body.data.channels.map(toChannel);
}

export async function listTasks(get: Get, taskGroupId: string, first: number) {
  const query = `isActive=true&page=1&limit=${first}&sortBy=name&orderBy=asc&count=true`;
  const path = `/v2/task-groups/${taskGroupId}/tasks`;
  const body = await get<Page<'values', TaskRecord>>(path, query);
  return body.data.values.map((record) => toTask(record, taskGroupId));
}

export async function listStates(get: Get, taskGroupId: string) {
  const body = await get<readonly StateRecord[]>(`/v1/tasks/${taskGroupId}/sm/smstate/all`, '');
  return new Map(body.map((record) => [record._id, toState(record)]));
}

/** The names of states. */
export async function listProperties(get: Get, ids: readonly string[]) {
  const query = `${repeated('ids', ids)}&isActive=all&limit=100&count=true`;
  const body = await get<Page<'properties', PropertyRecord>>('/v2/properties', query);
  return new Map(body.data.properties.map(({ _id, name }) => [_id, name?.display ?? null]));
}

export async function listUsers(get: Get, ids: readonly string[]) {
  const query = `${repeated('id', ids)}&isActive=all&limit=30&count=true`;
  const body = await get<Page<'users', UserRecord>>('/v2/users', query);
  return new Map(body.data.users.map((record) => [record._id, toUser(record)]));
}
