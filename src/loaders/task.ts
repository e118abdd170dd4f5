import type { CotalkerError } from '../cotalker/errors.ts';
import { isReadable } from '../cotalker/errors.ts';
import { type OffsetPage, readWindow } from '../cotalker/offset.ts';
import { readAtOneAge } from '../cotalker/one-age.ts';
import type { Session } from '../cotalker/session.ts';
import { listTasks, type TaskListFilter } from '../cotalker/tasks.ts';
import type { TaskFilter } from '../generated/resolvers.ts';
import { toPageInfo } from '../mapping/connection.ts';
import {
  decodeOffsetCursor,
  encodeOffsetCursor,
  listName,
  type OffsetPlace,
} from '../mapping/cursor.ts';
import { type TaskModel, toTask } from '../mapping/task.ts';
import { readFirst, readMoment } from './arguments.ts';
import { badCursor, type ConnectionModel, type EdgeModel } from './connection.ts';

/** A task, or why it could not be read. */
export type TaskSource = TaskModel | CotalkerError;
export type TaskEdgeModel = EdgeModel<TaskSource>;
export type TaskConnectionModel = ConnectionModel<TaskSource>;

export interface TaskPageArgs {
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: TaskFilter | null;
}

export interface TaskLoader {
  /**
   * A page of a task group's tasks: one call, `GET /v2/task-groups/{taskGroupId}/tasks`, and one more
   * for each further page where the server puts fewer on a page than asked.
   *
   * @throws GraphQLError `BAD_USER_INPUT` before any call for a `first` out of range and for a cursor
   *   that is broken or of another list.
   */
  page(taskGroupId: string, args: TaskPageArgs): Promise<TaskConnectionModel>;
}

export const createTaskLoader = (session: Session): TaskLoader => ({
  page: async (taskGroupId, { first, after, filter }) => {
    const upstreamFilter = toListFilter(filter ?? {});
    const name = listName('tasks', { taskGroupId, ...upstreamFilter });
    const { offset, pages: known } = after == null ? START : readCursor(name, after);
    const count = readFirst(first);
    const { items, total, pages } = await readAtOneAge(session, (get) => {
      const fetchPage = (page: OffsetPage) => listTasks({ get }, taskGroupId, upstreamFilter, page);
      return readWindow(fetchPage, offset, count, known);
    });
    const edges = items.map(({ record }, place) => ({
      node: isReadable(record) ? toTask(record, taskGroupId) : record,
      get cursor() {
        return encodeOffsetCursor(name, { offset: offset + place + 1, pages });
      },
    }));
    return {
      nodes: edges.map(({ node }) => node),
      edges,
      pageInfo: toPageInfo(edges, offset > 0, offset + items.length < total),
      totalCount: async () => total,
    };
  },
});

const START = { offset: 0, pages: undefined };

function readCursor(list: string, cursor: string): OffsetPlace {
  const place = decodeOffsetCursor(list, cursor);
  if (place === undefined) throw badCursor();
  return place;
}

const toListFilter = (filter: TaskFilter): TaskListFilter => ({
  // Upstream, leaving it out shows both.
  isActive: filter.includeInactive ? undefined : 'true',
  createdAt_gte: readMoment(filter.createdSince),
  modifiedAt_gte: readMoment(filter.modifiedSince),
});
