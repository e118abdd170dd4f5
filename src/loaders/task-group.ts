import { CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import type { TaskGroupRecord } from '../cotalker/records/task-group.ts';
import { toWorkflow, type WorkflowModel } from '../mapping/state-machine.ts';
import type { TaskGroup } from './task-group-index.ts';
import { createTaskGroupLookUp, type WantedGroup } from './task-group-look-up.ts';

/** A value, or a promise where it has to be fetched: a page has hundreds of groups, and promises cost more. */
export type Eventually<T> = T | Promise<T>;

export const mapEventually = <T, U>(value: Eventually<T>, map: (value: T) => U): Eventually<U> =>
  value instanceof Promise ? value.then(map) : map(value);

/** The task groups of groups, by the group's id; null: it has none. Or why that cannot be known. */
export type TaskGroupAnswers = Map<string, TaskGroup | null | Error>;

export type TaskGroupLoader = ReturnType<typeof createTaskGroupLoader>;

export function createTaskGroupLoader(session: Session) {
  const answers: TaskGroupAnswers = new Map();
  const lookUp = createTaskGroupLookUp(session);
  const asked = new Map<string, Promise<void>>();
  const expected = new Set<string>();
  let next: { readonly groups: WantedGroup[]; readonly done: Promise<void> } | undefined;

  const lookUpNext = async (): Promise<void> => {
    const wanted = next?.groups ?? [];
    next = undefined;
    const likely = [...expected].filter((id) => !asked.has(id) && !answers.has(id));
    try {
      const found = await lookUp(wanted, likely);
      for (const [id, answer] of found) answers.set(id, answer);
    } catch (error) {
      // Within a request, what has failed has failed.
      for (const { id } of wanted) answers.set(id, error as Error);
    }
  };
  /** Groups that are still being fetched one by one share the look-up. */
  const idle = (): Promise<void> => new Promise((resolve) => session.whenIdle(resolve));
  const load = (group: WantedGroup): Promise<void> => {
    const known = asked.get(group.id);
    if (known !== undefined) return known;
    next ??= { groups: [], done: idle().then(lookUpNext) };
    next.groups.push(group);
    asked.set(group.id, next.done);
    return next.done;
  };
  const answerOf = (groupId: string): TaskGroup | null => {
    const answer = answers.get(groupId);
    if (answer instanceof Error) throw answer;
    return answer ?? null;
  };
  /**
   * The task group that names a group, or null where none does; no promise where it is known already.
   * One call for all groups of the request as a rule, none where it is remembered; see `createTaskGroupLookUp`.
   *
   * @param changedAt As of a `WantedGroup`.
   * @throws CotalkerError where one that could not be read may name it.
   */
  const ofGroup = (groupId: string, changedAt?: string): Eventually<TaskGroup | null> => {
    const answer = answers.get(groupId);
    if (answer === undefined) return load({ id: groupId, changedAt }).then(() => answerOf(groupId));
    return answer instanceof Error ? Promise.reject(answer) : answer;
  };
  return {
    /** What it knows; what is put there is not looked up. */
    answers,
    ofGroup,
    /**
     * Looks up the task groups of several groups, of which `ofGroup` then knows, or why they cannot be had;
     * undefined where it does so already.
     */
    learn: (groups: readonly WantedGroup[]): Promise<unknown> | undefined => {
      const unknown = groups.filter(({ id }) => !answers.has(id));
      return unknown.length === 0 ? undefined : Promise.all(new Set(unknown.map(load)));
    },
    /*
     * Of a group that is known to have a task group. All throw CotalkerError `NOT_FOUND` where Cotalker does not show
     * that to the caller; a field that cannot be read fails what needs it, and nothing else.
     */
    idBehind: async (groupId: string): Promise<string> => existing(await ofGroup(groupId)).id,
    /** Where its tasks begin. */
    startBehind: async (groupId: string) => {
      const found = existing(await ofGroup(groupId));
      const { initialStateMachine } = readable(found);
      if (!isReadable(initialStateMachine)) throw initialStateMachine;
      return { taskGroupId: found.id, stateMachineId: initialStateMachine };
    },
    /** Its settings; no promise where they are known. */
    workflow: (groupId: string): Eventually<WorkflowModel> =>
      mapEventually(ofGroup(groupId), (found) => toWorkflow(readable(existing(found)))),
    /** Groups that are likely to be asked for next: the look-up is planned for them as well. */
    expect: (groupIds: readonly string[]): void => {
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
