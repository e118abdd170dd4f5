import { randomUUID } from 'node:crypto';
import { getViewer } from '../cotalker/endpoints/directory.ts';
import { listTasks, searchTasks, type TaskListFilter } from '../cotalker/endpoints/tasks.ts';
import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import { CutOff, readAllPages } from '../cotalker/paging/all-pages.ts';
import type { OffsetList } from '../cotalker/paging/offset.ts';
import type { Item } from '../cotalker/records/envelope.ts';
import type { TaskRecord } from '../cotalker/records/task.ts';
import type { Session } from '../cotalker/session.ts';
import { badUserInput } from '../errors.ts';
import { type TaskModel, toTask } from '../mapping/task.ts';
import { checkPage, type ConnectionModel, pageOfWhole } from './connection.ts';
import { amongListed, selectTasks, type TaskSelection, whyUnsure } from './task-selection.ts';

type Tasks = readonly Item<TaskRecord>[];

/** Pages of the tasks that a selection holds, of those that are read once a request. */
export function createSelectedPages(session: Session) {
  const readings = new Map<string, Promise<Tasks>>();
  const readOnce = (read: () => Promise<Tasks>, ...key: readonly unknown[]): Promise<Tasks> => {
    const name = JSON.stringify(key);
    const tasks = readings.get(name) ?? read();
    readings.set(name, tasks);
    return tasks;
  };
  const tasksOf = async (
    taskGroupId: string,
    { listed, search }: TaskSelection,
  ): Promise<Tasks> => {
    if (search === undefined)
      return readOnce(() => readEvery(session, taskGroupId, listed), taskGroupId, listed);
    const found = await readOnce(
      () => readFound(session, taskGroupId, search),
      ...[taskGroupId, search],
    );
    return amongListed(found, listed);
  };
  return async (
    taskGroupId: string,
    { first, after }: { readonly first: number; readonly after?: string | null },
    selection: TaskSelection,
  ): Promise<ConnectionModel<TaskModel | CotalkerError>> => {
    const { listed, search, isMine } = selection;
    const filter = { taskGroupId, ...listed, search, named: selection.named, isMine };
    const page = { first, after, list: ['selected tasks', filter] as const };
    checkPage(page);
    const mine = isMine ? [['assignee', (await getViewer(session))._id] as const] : [];
    const named = [...selection.named, ...mine];
    return pageOfWhole({
      ...page,
      all: selectTasks(await tasksOf(taskGroupId, selection), named),
      toNode: ({ record }: { readonly record: TaskRecord | CotalkerError }) =>
        isReadable(record) ? (whyUnsure(record, named) ?? toTask(record, taskGroupId)) : record,
    });
  };
}

/** All tasks of a task group, by its list. */
async function readEvery(
  session: Session,
  taskGroupId: string,
  filter: TaskListFilter,
): Promise<Tasks> {
  const fetchPage: OffsetList<TaskRecord>['fetchPage'] = (page, again) =>
    listTasks(session, taskGroupId, filter, page, again);
  return (await readAllPages({ name: 'tasks', session, fetchPage })).items ?? [];
}

/**
 * All tasks that Cotalker finds for some words.
 *
 * @throws GraphQLError `BAD_USER_INPUT` where Cotalker takes no notice of the words, or tells only the first tasks.
 */
async function readFound(session: Session, taskGroupId: string, search: string): Promise<Tasks> {
  const { traits } = session;
  const fetchPage: OffsetList<TaskRecord>['fetchPage'] = (page, again) =>
    searchTasks(session, taskGroupId, search, page, again);
  const isIgnored = () => traits.taskSearch() === 'ignored';
  if (isIgnored()) throw searchIgnored();
  const { items = [] } = await readAllPages({ name: 'foundTasks', session, fetchPage }).catch(
    (error: unknown) => {
      throw error instanceof CutOff ? searchCutOff(error.length) : error;
    },
  );
  // Nothing that was found is too much, so it does not matter whether the words were looked at.
  if (items.length > 0 && traits.taskSearch() === undefined) {
    const nonsense = await searchTasks(session, taskGroupId, randomUUID(), { page: 1, limit: 1 });
    traits.noteTaskSearch(nonsense.items.length === 0 ? 'followed' : 'ignored');
    if (isIgnored()) throw searchIgnored();
  }
  return items;
}

const searchIgnored = () =>
  badUserInput('This Cotalker does not search tasks: leave "search" out of the filter.');

const searchCutOff = (length: number) =>
  badUserInput(
    `This Cotalker tells the first ${length} tasks that it finds, and there may be more: search for words that fewer tasks have.`,
  );
