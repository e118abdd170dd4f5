import { listTaskGroups, rememberedTaskGroups } from '../cotalker/endpoints/task-groups.ts';
import { CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { TaskGroupRecord } from '../cotalker/records/task-group.ts';
import type { Session } from '../cotalker/session.ts';
import { toWorkflow, type WorkflowModel } from '../mapping/workflow.ts';
import { once } from './once-per-key.ts';
import { type Answer, answerOf, type Index, type TaskGroup, toIndex } from './task-group-index.ts';

/** A value, or a promise where it has to be fetched: a page has hundreds of groups, and promises cost more. */
export type Eventually<T> = T | Promise<T>;

/** What comes of a value, once it is there. */
export const mapEventually = <T, U>(value: Eventually<T>, map: (value: T) => U): Eventually<U> =>
  value instanceof Promise ? value.then(map) : map(value);

/** A group whose task group is looked for. */
export interface WantedGroup {
  readonly id: string;
  /** When it was created or changed last, as `Date.now()` counts; undefined where that is not known. */
  readonly changedAt?: number | undefined;
}

/** How far Cotalker's clock may be behind the gateway's. A group that changed so shortly before counts as younger. */
const CLOCKS_MS = 10_000;

/**
 * The task groups of groups. All come from one list of those that the caller may see: `GET /v2/task-groups`, as a rule
 * one call for the whole request, and none where the list is remembered. See docs/decisions/0016.
 *
 * What needs a task group that Cotalker does not show to the caller throws CotalkerError `NOT_FOUND`. A field that
 * cannot be read fails what needs it, and nothing else.
 */
export class TaskGroupLoader {
  /** The list as it is now, once it is read; one that is put there is not read. */
  index: Index | undefined;
  #remembered: { readonly index: Index; readonly askedAt: number } | undefined;
  readonly #recall: () => Promise<void>;
  readonly #read: () => Promise<void>;

  constructor(session: Session) {
    this.#recall = once(async () => {
      const known = await rememberedTaskGroups(session);
      this.#remembered = known && { index: toIndex(known.items), askedAt: known.askedAt };
    });
    // Within a request, what has failed has failed.
    this.#read = once(async () => {
      this.index = toIndex(await listTaskGroups(session));
    });
  }

  /**
   * The task group that names a group, or null where none does; no promise where it is known already.
   *
   * @param changedAt As of a `WantedGroup`.
   * @throws CotalkerError where one that could not be read may name it.
   */
  ofGroup(id: string, changedAt?: number): Eventually<TaskGroup | null> {
    const answer = this.#answerTo({ id, changedAt });
    if (answer instanceof Error) return Promise.reject(answer);
    return answer === undefined
      ? this.#load([{ id, changedAt }]).then(() => this.ofGroup(id, changedAt))
      : answer;
  }

  /** Makes `ofGroup` know of several groups, as far as that does not fail; undefined where it does already. */
  learn(groups: readonly WantedGroup[]): Promise<void> | undefined {
    return this.#knows(groups) ? undefined : this.#load(groups).catch(() => undefined);
  }

  /** The id of the task group of a group that is known to have one. */
  async idBehind(groupId: string): Promise<string> {
    return existing(await this.ofGroup(groupId)).id;
  }

  /** Where the tasks of such a group begin. @throws CotalkerError where that field could not be read. */
  async startBehind(
    groupId: string,
  ): Promise<{ taskGroupId: string; stateMachineId: string | null }> {
    const found = existing(await this.ofGroup(groupId));
    const { initialStateMachine } = readable(found);
    if (!isReadable(initialStateMachine)) throw initialStateMachine;
    return { taskGroupId: found.id, stateMachineId: initialStateMachine };
  }

  /** The settings of such a group; no promise where they are known. */
  workflow(groupId: string): Eventually<WorkflowModel> {
    return mapEventually(this.ofGroup(groupId), (found) => toWorkflow(readable(existing(found))));
  }

  #knows(groups: readonly WantedGroup[]): boolean {
    return groups.every((group) => this.#answerTo(group) !== undefined);
  }

  async #load(groups: readonly WantedGroup[]): Promise<void> {
    await this.#recall();
    if (!this.#knows(groups)) await this.#read();
  }

  /** Undefined where it is not known, or no longer for sure. */
  #answerTo({ id, changedAt }: WantedGroup): Answer | undefined {
    if (this.index !== undefined) return answerOf(this.index, id);
    if (this.#remembered === undefined) return undefined;
    const { index, askedAt } = this.#remembered;
    const answer = answerOf(index, id);
    if (answer instanceof CotalkerError) return undefined;
    // Of a group that does not tell when it changed, nobody knows by this that it has none.
    if (changedAt === undefined) return answer ?? undefined;
    // One that was created or changed since may have become a task group, or none.
    return changedAt < askedAt - CLOCKS_MS ? answer : undefined;
  }
}

function existing(found: TaskGroup | null): TaskGroup {
  if (found === null) throw new CotalkerError('NOT_FOUND', 'the group has no task group');
  return found;
}

function readable({ record }: TaskGroup): TaskGroupRecord {
  if (!isReadable(record)) throw record;
  return record;
}
