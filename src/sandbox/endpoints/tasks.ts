import { seesGroup, seesTask } from '../caller.ts';
import { collection } from '../collection.ts';
import { byDate, byFlag, byIds, isActive, where } from '../filters.ts';
import { date, flag, flagOrAll, idList, oneOf, orderBy, paging } from '../query.ts';
import { endpoint, find } from './endpoint.ts';
import type { Incoming } from './endpoint.ts';

const visibleTaskGroups = ({ caller, data }: Pick<Incoming, 'caller' | 'data'>): unknown[] =>
  where(data.taskGroups, seesGroup(caller, data, 'group'));

/** What belongs to the task group in the path. @throws Refusal 404 where the caller sees no such one */
function belonging(records: readonly unknown[], asked: Omit<Incoming, 'query'>): unknown[] {
  find(visibleTaskGroups(asked), asked.id, 'task group');
  return where(records, byIds('taskGroup', [asked.id]));
}

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
    ({ query, ...asked }) => {
      const found = where(
        visibleTaskGroups(asked),
        byIds('group', query.groupIds),
        byIds('_id', query.ids),
        byFlag(query.isActive ?? 'true', isActive),
      );
      return collection(found, query, { plural: 'taskgroups', total: 'count', cap: asked.cap });
    },
  ),
  endpoint(
    '/v2/task-groups/{id}',
    {},
    ({ data, id }) => ({ data: find(data.taskGroups, id, 'task group') }),
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
    ({ query, ...asked }) => {
      const found = where(
        belonging(asked.data.tasks, asked),
        seesTask(asked.caller),
        byFlag(query.isActive, isActive),
        byDate(query, 'createdAt', 'createdAt'),
        byDate(query, 'modifiedAt', 'modifiedAt'),
      );
      return collection(found, query, { plural: 'values', total: 'count', cap: asked.cap });
    },
  ),
  endpoint('/v1/tasks/{id}/sm/smstatemachine', {}, (asked) =>
    belonging(asked.data.stateMachines, asked),
  ),
  endpoint('/v1/tasks/{id}/sm/smstate/all', {}, (asked) => belonging(asked.data.states, asked)),
];
