import { seesGroup, seesTask } from '../caller.ts';
import { byActive, byDate, byFlag, byIds, byWords, isActive, where } from '../filters.ts';
import {
  anyText,
  date,
  flag,
  flagOrAll,
  id,
  idList,
  oneOf,
  orderBy,
  paging,
  positiveInteger,
} from '../query.ts';
import { idsTaken } from '../several-ids.ts';
import { endpoint, find, type Incoming, listed, single } from './endpoint.ts';

export const visibleTaskGroups = ({ caller, data }: Pick<Incoming, 'caller' | 'data'>): unknown[] =>
  where(data.taskGroups, seesGroup(caller, data, 'group'));

/** What belongs to the task group in the path. @throws Refusal 404 where the caller sees no such one */
export function belonging(records: readonly unknown[], asked: Omit<Incoming, 'query'>): unknown[] {
  find(visibleTaskGroups(asked), asked.id, 'task group');
  return where(records, byIds('taskGroup', [asked.id]));
}

/** The tasks that the caller sees of the task group in the path. */
const visibleTasks = (asked: Omit<Incoming, 'query'>): unknown[] =>
  where(belonging(asked.data.tasks, asked), seesTask(asked.caller));

/** The task in the path. @throws Refusal 404 */
export const taskIn = (asked: Omit<Incoming, 'query'>): unknown =>
  find(visibleTasks(asked), asked.rest[0] ?? '', 'task');

/** How many a page holds that does not say (sheet, section 1). */
const DEFAULT_LIMIT = 10;

/** One task in the form that the readings give it. */
export const inForm = (task: unknown, { readings }: Pick<Incoming, 'readings'>): unknown =>
  readings.oneTask === 'task' ? { task } : task;

export const taskEndpoints = [
  endpoint(
    '/v2/task-groups',
    {
      ...paging,
      groupIds: idList(100),
      ids: idList(100),
      isActive: flagOrAll,
      sortBy: oneOf('createdAt', 'modifiedAt', 'collectionName'),
      orderBy,
    },
    (asked) => {
      const { query, readings } = asked;
      const { groupIds, noId } = readings;
      const found = where(
        visibleTaskGroups(asked),
        byIds('group', idsTaken('groupIds', query.groupIds, groupIds, noId)),
        byIds('_id', idsTaken('ids', query.ids, groupIds, noId)),
        byActive(query.isActive, readings),
      );
      return listed('taskGroups', found, asked);
    },
  ),
  endpoint(
    '/v2/task-groups/{id}',
    {},
    (asked) => ({
      data: single('taskGroups', find(asked.data.taskGroups, asked.id, 'task group'), asked),
    }),
    { demandsAdmin: true },
  ),
  endpoint(
    '/v2/task-groups/{id}/tasks',
    {
      ...paging,
      // No `all` here: both show where the parameter is left out.
      isActive: flag,
      sortBy: oneOf('name'),
      orderBy,
      createdAt: date,
      createdAt_gt: date,
      createdAt_gte: date,
      createdAt_lt: date,
      createdAt_lte: date,
      modifiedAt: date,
      modifiedAt_gt: date,
      modifiedAt_gte: date,
      modifiedAt_lt: date,
      modifiedAt_lte: date,
    },
    (asked) => {
      const { query } = asked;
      const found = where(
        visibleTasks(asked),
        byFlag(query.isActive, isActive),
        byDate(query, 'createdAt', 'createdAt'),
        byDate(query, 'modifiedAt', 'modifiedAt'),
      );
      const all = where(asked.data.tasks, byIds('taskGroup', [asked.id]));
      return listed('tasks', found, asked, all);
    },
  ),
  endpoint(
    '/v1/tasks/{id}/task',
    {
      ...{ limit: positiveInteger, page: positiveInteger, search: anyText, filter: anyText },
      ...{ assignee: id, status: id, smStateMachine: id, limitBy: anyText },
      modifiedAt: positiveInteger,
    },
    (asked) => {
      const { query, readings, cap } = asked;
      const named = (name: string, wanted: string | undefined) =>
        byIds(name, wanted === undefined ? undefined : [wanted]);
      const found = where(
        visibleTasks(asked),
        byFlag(readings.foundTasks === 'active' ? 'true' : 'all', isActive),
        byWords(readings.taskSearch === 'ignored' ? undefined : query.search),
        named('assignee', query.assignee),
        named('status', query.status),
        named('smStateMachine', query.smStateMachine),
      );
      const size = Math.min(query.limit ?? DEFAULT_LIMIT, cap);
      const skip = ((query.page ?? 1) - 1) * size;
      const shown = {
        followed: found.slice(skip, skip + size),
        ignored: found,
        first: found.slice(0, DEFAULT_LIMIT),
      }[readings.taskPages];
      return shown.map((one) => single('tasks', one, asked));
    },
  ),
  endpoint('/v1/tasks/{id}/task/{taskId}', {}, (asked) =>
    inForm(single('tasks', taskIn(asked), asked), asked),
  ),
  endpoint('/v1/tasks/group/{id}', {}, (asked) =>
    single('taskGroups', find(visibleTaskGroups(asked), asked.id, 'task group'), asked),
  ),
  endpoint('/v1/tasks/{id}/sm/smstatemachine', {}, (asked) =>
    belonging(asked.data.stateMachines, asked).map((one) => single('stateMachines', one, asked)),
  ),
  endpoint('/v1/tasks/{id}/sm/smstate/all', {}, (asked) => {
    const own = belonging(asked.data.states, asked);
    const shown = asked.readings.smstateAll === 'company' ? asked.data.states : own;
    return shown.map((one) => single('states', one, asked));
  }),
];
