import type { TaskListFilter } from '../cotalker/endpoints/tasks.ts';
import { CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { Item } from '../cotalker/records/envelope.ts';
import { createNaming, type KeysetItem } from '../cotalker/records/placed-item.ts';
import { compareItems } from '../cotalker/paging/keyset.ts';
import type { TaskRecord } from '../cotalker/records/task.ts';
import { badUserInput } from '../errors.ts';
import type { TaskFilter } from '../generated/resolvers.ts';
import { readId, readMoment, readSearch } from './arguments.ts';

/** What a task's record has to name, field by field; all must match. */
export type Named = readonly (readonly [
  field: 'assignee' | 'smState' | 'smStateMachine',
  id: string,
])[];

/** A caller's filter, by who can tell of it. */
export interface TaskSelection {
  /** What Cotalker's list of tasks can be asked for. */
  readonly listed: TaskListFilter;
  /** What only the records tell. */
  readonly named: Named;
  readonly isMine: boolean;
  /** What only Cotalker's search tells. */
  readonly search: string | undefined;
}

/**
 * Reads a filter of tasks.
 *
 * @param stateId The state whose tasks are listed.
 * @throws GraphQLError `BAD_USER_INPUT` for what is no id, and for fields that cannot be combined.
 */
export function readTaskFilter(filter: TaskFilter, stateId?: string): TaskSelection {
  const { assigneeId, stateMachineId } = filter;
  const search = readSearch(filter.search);
  if (search !== undefined && filter.includeInactive === true)
    throw badUserInput('"search" cannot be combined with "includeInactive".');
  const named = (field: Named[number][0], name: string, id: string | null | undefined): Named =>
    id == null ? [] : [[field, readId(id, name)]];
  return {
    listed: {
      // Upstream, leaving it out shows both.
      isActive: filter.includeInactive ? undefined : 'true',
      createdAt_gte: readMoment(filter.createdSince),
      modifiedAt_gte: readMoment(filter.modifiedSince),
    },
    named: [
      ...named('assignee', 'assigneeId', assigneeId),
      ...named('smState', 'stateId', filter.stateId),
      ...named('smState', 'stateId', stateId),
      ...named('smStateMachine', 'stateMachineId', stateMachineId),
    ],
    isMine: filter.mine === true,
    search,
  };
}

/** The tasks that are named so, in the order of their creation, then id; those that may be, too: see {@link whyUnsure}. */
export function selectTasks(
  items: readonly Item<TaskRecord>[],
  named: Named,
): KeysetItem<TaskRecord>[] {
  const nameOf = createNaming();
  const isNamed = ({ record }: Item<TaskRecord>): boolean =>
    !isReadable(record) ||
    named.every(([field, id]) => record[field] === id || !isReadable(record[field]));
  return items
    .filter(isNamed)
    .map(({ id, record, raw }) => {
      const created = isReadable(record) ? record.createdAt : null;
      const modifiedAt = isReadable(created) ? created : null;
      return { id: id ?? nameOf(raw, null), modifiedAt, hasPlace: created !== null, record };
    })
    .sort(compareItems);
}

/** Why it cannot be known whether a task is named so; undefined if it is. */
export const whyUnsure = (record: TaskRecord, named: Named): CotalkerError | undefined =>
  named.map(([field]) => record[field]).find((value) => value instanceof CotalkerError);

/** Those of the tasks found that are on Cotalker's list under the same filter. */
export function amongListed(
  items: readonly Item<TaskRecord>[],
  { createdAt_gte: created, modifiedAt_gte: modified }: TaskListFilter,
): Item<TaskRecord>[] {
  const isSince = (moment: unknown, bound: string | undefined): boolean =>
    bound === undefined ||
    moment instanceof Error ||
    (typeof moment === 'string' && moment >= bound);
  return items.filter(
    ({ record }) =>
      !isReadable(record) ||
      (record.isActive !== false &&
        isSince(record.createdAt, created) &&
        isSince(record.modifiedAt, modified)),
  );
}
