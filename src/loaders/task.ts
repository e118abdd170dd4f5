import { listTasks, type TaskListFilter } from '../cotalker/endpoints/tasks.ts';
import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import { countWindow, goesOn, type OffsetList, readWindow } from '../cotalker/paging/offset.ts';
import { FAR_FUTURE } from '../cotalker/paging/paged-list.ts';
import type { TaskRecord } from '../cotalker/records/task.ts';
import type { Session } from '../cotalker/session.ts';
import type { TaskFilter } from '../generated/resolvers.ts';
import { Edge, type EdgeModel, PageInfoModel } from '../mapping/connection.ts';
import { decodeOffsetCursor, encodeOffsetCursor, listName } from '../mapping/cursor.ts';
import { type TaskModel, toTask } from '../mapping/task.ts';
import { readFirst } from './arguments.ts';
import { badCursor, type ConnectionModel } from './connection.ts';
import { once } from './once-per-key.ts';
import { findTask } from './one-task.ts';
import { createSelectedPages } from './selected-tasks.ts';
import type { TaskGroupLoader } from './task-group.ts';
import { readTaskFilter } from './task-selection.ts';

type TaskSource = TaskModel | CotalkerError;
export type TaskEdgeModel = EdgeModel<TaskSource>;
export type TaskConnectionModel = ConnectionModel<TaskSource>;

interface TaskPageArgs {
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: TaskFilter | null;
}

export interface TaskLoader {
  /**
   * A page of a task group's tasks: one call, `GET /v2/task-groups/{taskGroupId}/tasks`, and one more
   * for each further page where the server puts fewer on a page than asked. Under a filter that only the records tell,
   * as `inState`; `GET /v1/tasks/{taskGroupId}/task` where it has words to search for.
   *
   * @param isSizeAlone Whether only the list's size is asked for: that takes one task, where the list's count is known
   *   to be its size.
   * @throws GraphQLError `BAD_USER_INPUT` before any call for a `first` out of range, for a cursor
   *   that is broken or of another list, and as of `readTaskFilter`.
   */
  page(taskGroupId: string, args: TaskPageArgs, isSizeAlone: boolean): Promise<TaskConnectionModel>;
  /**
   * A page of the tasks in a state, by their creation. All tasks of the task group are read for that, once a request for
   * all states; see `readAllPages` for the calls.
   *
   * @throws GraphQLError as of `page`.
   */
  inState(taskGroupId: string, stateId: string, args: TaskPageArgs): Promise<TaskConnectionModel>;
  /** A task by its id; see `findTask`. */
  byId(id: string, groupId: string | null | undefined): Promise<TaskModel | null>;
}

export function createTaskLoader(session: Session, taskGroups: TaskGroupLoader): TaskLoader {
  const selected = createSelectedPages(session);
  return {
    page: async (taskGroupId, args, isSizeAlone) => {
      const selection = readTaskFilter(args.filter ?? {});
      const isListed =
        selection.named.length === 0 && !selection.isMine && selection.search === undefined;
      return isListed
        ? pageByName(session, taskGroupId, args, selection.listed, isSizeAlone)
        : selected(taskGroupId, args, selection);
    },
    inState: async (taskGroupId, stateId, args) =>
      selected(taskGroupId, args, readTaskFilter(args.filter ?? {}, stateId)),
    byId: (id, groupId) => findTask(session, taskGroups, id, groupId),
  };
}

/** See `TaskLoader.page`. */
async function pageByName(
  session: Session,
  taskGroupId: string,
  { first, after }: TaskPageArgs,
  filter: TaskListFilter,
  isSizeAlone: boolean,
): Promise<TaskConnectionModel> {
  const name = once(() => listName('tasks', { taskGroupId, ...filter }));
  const offset = after == null ? 0 : readCursor(name(), after);
  const count = readFirst(first);
  const list: OffsetList<TaskRecord> = {
    name: 'tasks',
    session,
    fetchPage: (page, again) => listTasks(session, taskGroupId, filter, page, again),
  };
  const read = async (offset: number, count: number): Promise<TaskConnectionModel> => {
    // See `readPage`.
    const window = await readWindow(list, offset, Math.max(1, count));
    const edges = window.items.slice(0, count).map(({ record }, place) => {
      const node = isReadable(record) ? toTask(record, taskGroupId) : record;
      return new Edge(node, () => encodeOffsetCursor(name(), offset + place + 1));
    });
    return {
      nodes: edges.map(({ node }) => node),
      edges,
      pageInfo: new PageInfoModel(edges, offset > 0, () =>
        count > 0 ? goesOn(list, window) : window.items.length > 0,
      ),
      totalCount: () =>
        countWindow(list, window, () =>
          listTasks(session, taskGroupId, { modifiedAt_gte: FAR_FUTURE }, { page: 1, limit: 1 }),
        ),
    };
  };
  if (isSizeAlone && session.traits.countOf(list.name) === 'total') {
    const head = await read(0, 1);
    if ((await head.totalCount()) !== null) return head;
  }
  return read(offset, count);
}

function readCursor(list: string, cursor: string): number {
  const offset = decodeOffsetCursor(list, cursor);
  if (offset === undefined) throw badCursor();
  return offset;
}
