import { type Collection, readCollection } from '../records/envelope.ts';
import { type TaskRecord, taskRecord } from '../records/task.ts';
import type { Session } from '../session.ts';

/** Which tasks to list, in the upstream's words. */
export interface TaskListFilter {
  /** Undefined: inactive ones too. */
  readonly isActive?: 'true' | undefined;
  readonly createdAt_gte?: string | undefined;
  readonly modifiedAt_gte?: string | undefined;
}

/** `GET /v2/task-groups/{taskGroupId}/tasks`: one page, by name, with a count (see `traits`). */
export async function listTasks(
  session: Pick<Session, 'get' | 'traits'>,
  taskGroupId: string,
  filter: TaskListFilter,
  page: { readonly page: number; readonly limit: number },
): Promise<Collection<TaskRecord>> {
  const body = await session.get({
    template: '/v2/task-groups/{id}/tasks',
    id: taskGroupId,
    query: { ...filter, ...page, sortBy: 'name', orderBy: 'asc', count: true },
  });
  const found = readCollection(body, ['values'], taskRecord);
  session.traits.notePage('tasks', { ...page, items: found.items.length, count: found.total });
  return found;
}
