import DataLoader from 'dataloader';
import { CotalkerError, invalidResponse, isReadable } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import {
  GROUP_IDS_PER_CALL,
  listTaskGroupsOf,
  readGroupOf,
  type TaskGroupRecord,
} from '../cotalker/task-groups.ts';
import { remembered } from './batch.ts';

export interface TaskGroupLoader {
  /**
   * The task group of a group that is known to have one; as `ofGroup`.
   *
   * @throws CotalkerError `NOT_FOUND` where Cotalker does not show it to the caller.
   */
  behind(groupId: string): Promise<TaskGroupRecord>;
  /**
   * The task group that names a group, or null where none does.
   * One call per 100 groups: `GET /v2/task-groups?groupIds=…`.
   */
  ofGroup(groupId: string): Promise<TaskGroupRecord | null>;
  /**
   * Groups that the query is likely to ask for next: they ride along where a call has room for more
   * ids, so that the levels of a menu share one call.
   */
  expect(groupIds: readonly string[]): void;
}

export function createTaskGroupLoader(session: Session): TaskGroupLoader {
  const asked = new Set<string>();
  const expected = new Set<string>();
  const loader = new DataLoader<string, TaskGroupRecord | null>(
    remembered(async (groupIds: readonly string[]) => {
      const extra = [...expected.difference(asked)].slice(0, GROUP_IDS_PER_CALL - groupIds.length);
      for (const id of extra) asked.add(id);
      const answerOf = await lookUp(session, [...groupIds, ...extra]);
      for (const id of extra) loader.prime(id, answerOf(id));
      return groupIds.map(answerOf);
    }),
    // Waits for groups that are still being fetched one by one, so that they share the look-up.
    { maxBatchSize: GROUP_IDS_PER_CALL, batchScheduleFn: session.whenIdle },
  );
  const ofGroup = (groupId: string): Promise<TaskGroupRecord | null> => {
    asked.add(groupId);
    return loader.load(groupId);
  };
  return {
    ofGroup,
    behind: async (groupId) => {
      const record = await ofGroup(groupId);
      if (record === null) throw new CotalkerError('NOT_FOUND', 'the group has no task group');
      return record;
    },
    expect: (groupIds) => {
      for (const id of groupIds) expected.add(id);
    },
  };
}

/**
 * The answer for each group, matched by id. Where a record could not be read, the groups that it may
 * have named fail; they are not taken for groups without one.
 */
async function lookUp(
  session: Session,
  groupIds: readonly string[],
): Promise<(groupId: string) => TaskGroupRecord | null | Error> {
  const items = await listTaskGroupsOf(session, groupIds);
  const byGroup = Map.groupBy(items, readGroupOf);
  const isUnsure = byGroup.get(undefined)?.some(({ record }) => !isReadable(record)) ?? false;
  return (groupId) => {
    const records = (byGroup.get(groupId) ?? []).map(({ record }) => record);
    const readable = records.filter(isReadable);
    // A task group belongs to one group; were there several to one, the oldest in use speaks for it.
    const chosen = readable.find(({ isActive }) => isActive !== false) ?? readable[0] ?? records[0];
    if (chosen !== undefined) return chosen;
    return isUnsure ? invalidResponse('a task group is malformed') : null;
  };
}
