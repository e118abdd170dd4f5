import DataLoader from 'dataloader';
import type { Item } from '../cotalker/envelope.ts';
import { CotalkerError, invalidResponse, isReadable } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import {
  GROUP_IDS_PER_CALL,
  listTaskGroupsOf,
  readGroupOf,
  type TaskGroupRecord,
} from '../cotalker/task-groups.ts';
import { toWorkflow, type WorkflowModel } from '../mapping/workflow.ts';
import { remembered } from './batch.ts';

/** A value, or a promise where it has to be fetched: a page has hundreds of groups, and promises cost more. */
export type Eventually<T> = T | Promise<T>;

/** What comes of a value, once it is there. */
export const mapEventually = <T, U>(value: Eventually<T>, map: (value: T) => U): Eventually<U> =>
  value instanceof Promise ? value.then(map) : map(value);

export interface TaskGroupLoader {
  /**
   * The task group of a group that is known to have one; as `ofGroup`.
   *
   * @throws CotalkerError `NOT_FOUND` where Cotalker does not show it to the caller.
   */
  behind(groupId: string): Promise<TaskGroupRecord>;
  /**
   * The task group that names a group, or null where none does; no promise where it is known already.
   * One call per 100 groups: `GET /v2/task-groups?groupIds=…`.
   */
  ofGroup(groupId: string): Eventually<TaskGroupRecord | null>;
  /**
   * Looks up the task groups of several groups, of which `ofGroup` then knows, or why they cannot be had;
   * undefined where it does so already.
   */
  learn(groupIds: readonly string[]): Promise<unknown> | undefined;
  /** The settings of the task group behind a group; as `behind`, but no promise where they are known. */
  workflow(groupId: string): Eventually<WorkflowModel>;
  /**
   * Groups that the query is likely to ask for next: they ride along where a call has room for more
   * ids, so that the levels of a menu share one call.
   */
  expect(groupIds: readonly string[]): void;
}

export function createTaskGroupLoader(session: Session): TaskGroupLoader {
  const asked = new Set<string>();
  const expected = new Set<string>();
  const answers = new Map<string, TaskGroupRecord | null | Error>();
  const loader = new DataLoader<string, TaskGroupRecord | null>(
    remembered<string, TaskGroupRecord | null>(async (groupIds: readonly string[]) => {
      const extra = [...expected.difference(asked)].slice(0, GROUP_IDS_PER_CALL - groupIds.length);
      for (const id of extra) asked.add(id);
      const answerOf = await lookUp(session, [...groupIds, ...extra]);
      for (const id of [...groupIds, ...extra]) answers.set(id, answerOf(id));
      return groupIds.map(answerOf);
    }),
    // Waits for groups that are still being fetched one by one, so that they share the look-up.
    { maxBatchSize: GROUP_IDS_PER_CALL, batchScheduleFn: session.whenIdle },
  );
  const load = (groupId: string): Promise<TaskGroupRecord | null> => {
    asked.add(groupId);
    return loader.load(groupId);
  };
  const ofGroup = (groupId: string): Eventually<TaskGroupRecord | null> => {
    const answer = answers.get(groupId);
    if (answer === undefined) return load(groupId);
    return answer instanceof Error ? Promise.reject(answer) : answer;
  };
  return {
    ofGroup,
    learn: (groupIds) => {
      const unknown = groupIds.filter((id) => !answers.has(id));
      return unknown.length === 0 ? undefined : Promise.allSettled(unknown.map(load));
    },
    behind: async (groupId) => existing(await ofGroup(groupId)),
    workflow: (groupId) =>
      mapEventually(ofGroup(groupId), (record) => toWorkflow(existing(record))),
    expect: (groupIds) => {
      for (const id of groupIds) expected.add(id);
    },
  };
}

function existing(record: TaskGroupRecord | null): TaskGroupRecord {
  if (record === null) throw new CotalkerError('NOT_FOUND', 'the group has no task group');
  return record;
}

/**
 * The answer for each group, matched by id. Where a record could not be read, the groups that it may
 * have named fail; they are not taken for groups without one.
 */
async function lookUp(
  session: Session,
  groupIds: readonly string[],
): Promise<(groupId: string) => TaskGroupRecord | null | CotalkerError> {
  const { byGroup, isUnsure } = indexOnce(await listTaskGroupsOf(session, groupIds));
  return (groupId) =>
    byGroup.get(groupId) ?? (isUnsure ? invalidResponse('a task group is malformed') : null);
}

interface Index {
  /** The one that speaks for a group, or why that could not be read. */
  readonly byGroup: ReadonlyMap<string | undefined, TaskGroupRecord | CotalkerError>;
  /** Whether one hides which group it is of. */
  readonly isUnsure: boolean;
}

/** What lists have come to: one that is recalled (`cotalker/recall.ts`) is not gone through a second time. */
const indexes = new WeakMap<readonly Item<TaskGroupRecord>[], Index>();

function indexOnce(items: readonly Item<TaskGroupRecord>[]): Index {
  const index = indexes.get(items) ?? toIndex(items);
  indexes.set(items, index);
  return index;
}

function toIndex(items: readonly Item<TaskGroupRecord>[]): Index {
  const byGroup = new Map<string | undefined, TaskGroupRecord | CotalkerError>();
  const grouped = Map.groupBy(items, readGroupOf);
  for (const [group, some] of grouped)
    byGroup.set(group, speakerOf(some.map(({ record }) => record)));
  const isUnsure = grouped.get(undefined)?.some(({ record }) => !isReadable(record)) ?? false;
  return { byGroup, isUnsure };
}

/** A task group belongs to one group; were there several to one, the oldest in use speaks for it. */
function speakerOf(records: readonly (TaskGroupRecord | CotalkerError)[]) {
  const readable = records.filter(isReadable);
  const chosen = readable.find(({ isActive }) => isActive !== false) ?? readable[0] ?? records[0];
  return chosen ?? invalidResponse('a task group is malformed');
}
