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
import { createMemo } from '../memo.ts';
import { toWorkflow, type WorkflowModel } from '../mapping/workflow.ts';
import { remembered } from './batch.ts';

/** A value, or a promise where it has to be fetched: a page has hundreds of groups, and promises cost more. */
export type Eventually<T> = T | Promise<T>;

/** What comes of a value, once it is there. */
export const mapEventually = <T, U>(value: Eventually<T>, map: (value: T) => U): Eventually<U> =>
  value instanceof Promise ? value.then(map) : map(value);

/** One whose id could be read, whatever else could not. */
type TaskGroup = Item<TaskGroupRecord> & { readonly id: string };

/**
 * What is asked of the task group of a group that is known to have one; see `ofGroup`. A field that cannot be
 * read fails what needs it, and nothing else.
 *
 * All throw CotalkerError `NOT_FOUND` where Cotalker does not show it to the caller.
 */
interface TaskGroupFields {
  idBehind(groupId: string): Promise<string>;
  /** Where its tasks begin. @throws CotalkerError where that field could not be read. */
  startBehind(groupId: string): Promise<{ taskGroupId: string; stateMachineId: string | null }>;
  /** Its settings; no promise where they are known. */
  workflow(groupId: string): Eventually<WorkflowModel>;
}

/** The task groups of groups, by the group's id; null: it has none. Or why that cannot be known. */
export type TaskGroupAnswers = Map<string, TaskGroup | null | Error>;

export interface TaskGroupLoader extends TaskGroupFields {
  /** What it knows; what is put there is not looked up. */
  readonly answers: TaskGroupAnswers;
  /**
   * The task group that names a group, or null where none does; no promise where it is known already.
   * One call per 100 groups: `GET /v2/task-groups?groupIds=…`.
   *
   * @throws CotalkerError where one that could not be read may name it.
   */
  ofGroup(groupId: string): Eventually<TaskGroup | null>;
  /**
   * Looks up the task groups of several groups, of which `ofGroup` then knows, or why they cannot be had;
   * undefined where it does so already.
   */
  learn(groupIds: readonly string[]): Promise<unknown> | undefined;
  /**
   * Groups that the query is likely to ask for next: they ride along where a call has room for more
   * ids, so that the levels of a menu share one call.
   */
  expect(groupIds: readonly string[]): void;
}

export function createTaskGroupLoader(session: Session): TaskGroupLoader {
  const asked = new Set<string>();
  const expected = new Set<string>();
  const answers: TaskGroupAnswers = new Map();
  const loader = new DataLoader<string, TaskGroup | null>(
    remembered<string, TaskGroup | null>(async (groupIds: readonly string[]) => {
      const extra = [...expected.difference(asked)].slice(0, GROUP_IDS_PER_CALL - groupIds.length);
      for (const id of extra) asked.add(id);
      const answerOf = await lookUp(session, [...groupIds, ...extra]);
      for (const id of [...groupIds, ...extra]) answers.set(id, answerOf(id));
      return groupIds.map(answerOf);
    }),
    // Waits for groups that are still being fetched one by one, so that they share the look-up.
    { maxBatchSize: GROUP_IDS_PER_CALL, batchScheduleFn: session.whenIdle },
  );
  const load = (groupId: string): Promise<TaskGroup | null> => {
    asked.add(groupId);
    return loader.load(groupId);
  };
  const ofGroup = (groupId: string): Eventually<TaskGroup | null> => {
    const answer = answers.get(groupId);
    if (answer === undefined) return load(groupId);
    return answer instanceof Error ? Promise.reject(answer) : answer;
  };
  return {
    answers,
    ofGroup,
    learn: (groupIds) => {
      const unknown = groupIds.filter((id) => !answers.has(id));
      return unknown.length === 0 ? undefined : Promise.allSettled(unknown.map(load));
    },
    idBehind: async (groupId) => existing(await ofGroup(groupId)).id,
    startBehind: async (groupId) => {
      const found = existing(await ofGroup(groupId));
      const { initialStateMachine } = readable(found);
      if (!isReadable(initialStateMachine)) throw initialStateMachine;
      return { taskGroupId: found.id, stateMachineId: initialStateMachine };
    },
    workflow: (groupId) =>
      mapEventually(ofGroup(groupId), (found) => toWorkflow(readable(existing(found)))),
    expect: (groupIds) => {
      for (const id of groupIds) expected.add(id);
    },
  };
}

function existing(found: TaskGroup | null): TaskGroup {
  if (found === null) throw new CotalkerError('NOT_FOUND', 'the group has no task group');
  return found;
}

function readable({ record }: TaskGroup): TaskGroupRecord {
  if (!isReadable(record)) throw record;
  return record;
}

/**
 * The answer for each group, matched by id. Where a record hides its id or its group, the groups that it
 * may have named fail; they are not taken for groups without one.
 */
async function lookUp(
  session: Session,
  groupIds: readonly string[],
): Promise<(groupId: string) => TaskGroup | null | CotalkerError> {
  const { byGroup, isUnsure } = indexOnce(await listTaskGroupsOf(session, groupIds));
  return (groupId) => byGroup.get(groupId) ?? (isUnsure ? malformed() : null);
}

const malformed = (): CotalkerError => invalidResponse('a task group is malformed');

interface Index {
  /** The one that speaks for a group, or why that could not be read. */
  readonly byGroup: ReadonlyMap<string | null | undefined, TaskGroup | CotalkerError>;
  /** Whether one hides which group it is of. */
  readonly isUnsure: boolean;
}

/** What lists have come to: one that is recalled (`cotalker/recall.ts`) is not gone through a second time. */
const indexOf = createMemo<readonly Item<TaskGroupRecord>[], Index>();

const indexOnce = (items: readonly Item<TaskGroupRecord>[]): Index =>
  indexOf(items, () => toIndex(items));

function toIndex(items: readonly Item<TaskGroupRecord>[]): Index {
  const byGroup = new Map<string | null | undefined, TaskGroup | CotalkerError>();
  const grouped = Map.groupBy(items, readGroupOf);
  for (const [group, some] of grouped) byGroup.set(group, speakerOf(some));
  return { byGroup, isUnsure: grouped.has(undefined) };
}

/** A task group belongs to one group; were there several to one, the oldest in use speaks for it. */
function speakerOf(items: readonly Item<TaskGroupRecord>[]): TaskGroup | CotalkerError {
  const known = items.filter((item): item is TaskGroup => item.id !== undefined);
  const readable = known.filter(({ record }) => isReadable(record));
  return readable.find(isInUse) ?? readable[0] ?? known[0] ?? malformed();
}

const isInUse = ({ record }: TaskGroup): boolean => isReadable(record) && record.isActive !== false;
