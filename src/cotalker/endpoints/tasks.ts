import { type Collection, readArray, readCollection } from '../records/envelope.ts';
import type { OffsetPage } from '../paging/paged-list.ts';
import { type TaskRecord, taskRecord } from '../records/task.ts';
import type { Session } from '../session.ts';

export interface TaskListFilter {
  /** Undefined: inactive ones too. */
  readonly isActive?: 'true' | undefined;
  readonly createdAt_gte?: string | undefined;
  readonly modifiedAt_gte?: string | undefined;
}

/**
 * `GET /v2/task-groups/{taskGroupId}/tasks`: one page, by name, with a count (see `traits`).
 *
 * @param again Ask even if this request asked the very same before.
 */
export async function listTasks(
  session: Pick<Session, 'get' | 'traits'>,
  taskGroupId: string,
  filter: TaskListFilter,
  page: OffsetPage,
  again = false,
): Promise<Collection<TaskRecord>> {
  const body = await session.get({
    template: '/v2/task-groups/{id}/tasks',
    id: taskGroupId,
    query: { ...filter, ...page, sortBy: 'name', orderBy: 'asc', count: true },
    again,
  });
  const found = readCollection(body, ['values'], taskRecord);
  session.traits.notePage('tasks', { ...page, items: found.items.length, count: found.total });
  return found;
}

/**
 * `GET /v1/tasks/{taskGroupId}/task?search=…`: one page of the tasks that Cotalker finds, in an order of its own, without
 * a count. A server may take no notice of `search`, `page` or `limit` (sheet, section 6).
 */
export async function searchTasks(
  session: Pick<Session, 'get'>,
  taskGroupId: string,
  search: string,
  page: OffsetPage,
  again = false,
): Promise<Collection<TaskRecord>> {
  const query = { search, ...page };
  const body = await session.get({
    template: '/v1/tasks/{id}/task',
    id: taskGroupId,
    query,
    again,
  });
  return { items: readArray(body, taskRecord), total: undefined };
}
