import type { Item } from '../cotalker/records/envelope.ts';
import { CotalkerError, invalidResponse, isReadable } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import {
  listTaskGroups,
  listTaskGroupsOf,
  readGroupOf,
  type TaskGroupRecord,
} from '../cotalker/endpoints/task-groups.ts';
import { createMemo } from '../cotalker/sharing/derived.ts';

/** One whose id could be read, whatever else could not. */
export type TaskGroup = Item<TaskGroupRecord> & { readonly id: string };

/** The task group that speaks for a group; null: it has none. Or why that cannot be known. */
type Answer = TaskGroup | null | CotalkerError;

/**
 * Looks up the task groups of groups.
 *
 * @param wanted At least one group.
 * @param likely Others that may be wanted next; they count in the choice of a way.
 * @returns Answers by the group's id: of all that are wanted, and of others that came along.
 * @throws CotalkerError where nothing can be known.
 */
export type TaskGroupLookUp = (
  wanted: readonly string[],
  likely: readonly string[],
) => Promise<ReadonlyMap<string, Answer>>;

/**
 * Finds the way that takes the fewest calls, and is right however a server reads several `groupIds`
 * (sheet, section 1):
 *
 * - One group, once: `GET /v2/task-groups?groupIds=…` with its id alone, one call.
 * - Else all task groups that the caller may see, `GET /v2/task-groups`: one call as a rule, which answers
 *   for all groups of the request.
 * - Where that takes more calls than there are groups, or is barred: one call for each group alone.
 *
 * A server that takes no notice of `groupIds` has but the whole list.
 */
export function createTaskGroupLookUp(session: Session): TaskGroupLookUp {
  const { traits } = session;
  let whole: Index | undefined;
  /** How many calls the whole list takes, as far as this request knows; infinite where it is barred. */
  let wholeCalls = 0;
  let isFirst = true;

  /** Undefined where one call for each group is the better way, or the only one. */
  const readWhole = async (maxCalls: number): Promise<Index | undefined> => {
    if (whole !== undefined || wholeCalls > maxCalls) return whole;
    try {
      const { items, calls } = await listTaskGroups(session, maxCalls);
      wholeCalls = calls;
      whole = items && indexOnce(items);
    } catch (error) {
      stepAside(error);
      const { status = 500 } = error as CotalkerError;
      // Not permitted, say: this request does not try that again.
      if (status < 500) wholeCalls = Infinity;
    }
    return whole;
  };
  const readAll = async (): Promise<Index> =>
    indexOnce((await listTaskGroups(session)).items ?? []);

  /** The answer of one group's own list; undefined where that holds those of others. */
  const askFor = async (groupId: string): Promise<Answer | undefined> => {
    const { items } = await listTaskGroupsOf(session, [groupId]);
    const groups = new Set(items.map((item) => readGroupOf(item) ?? undefined));
    // One that names no group may be of this one: nothing else was asked for.
    if (groups.isSubsetOf(new Set([groupId, undefined])))
      return indexOnce(items).byGroup.get(groupId) ?? (groups.size > 0 ? malformed() : null);
    traits.noteGroupIdsIgnored();
    return undefined;
  };
  const askForEach = async (groupIds: readonly string[]): Promise<ReadonlyMap<string, Answer>> => {
    const [first = '', ...others] = groupIds;
    const answers = new Map<string, Answer>();
    const ask = async (groupId: string, onError: (error: unknown) => CotalkerError) => {
      const answer = await askFor(groupId).catch(onError);
      if (answer !== undefined) answers.set(groupId, answer);
    };
    // Alone, since it tells whether the others can be asked for so.
    await ask(first, unlessCommon);
    if (!traits.ignoresGroupIds()) await Promise.all(others.map((id) => ask(id, asAnswer)));
    if (!traits.ignoresGroupIds()) return answers;
    whole = await readAll();
    return answersOf(whole, groupIds);
  };

  return async (wanted, likely) => {
    const all = [...wanted, ...likely];
    const isOne = isFirst && all.length === 1;
    isFirst = false;
    if (traits.ignoresGroupIds()) whole ??= await readAll();
    // The second look-up of a request is hardly the last one.
    else if (!isOne) await readWhole(Math.max(2, all.length));
    return whole === undefined ? askForEach(wanted) : answersOf(whole, all);
  };
}

/** Rethrows, but where the whole list alone cannot be had: not permitted, refused, or too large to answer. */
function stepAside(error: unknown): void {
  if (!(error instanceof CotalkerError)) throw error;
  const { code, status } = error;
  const isBarred = code === 'FORBIDDEN' || code === 'UPSTREAM_INVALID_RESPONSE' || status === 500;
  if (!isBarred) throw error;
}

function asAnswer(error: unknown): CotalkerError {
  if (error instanceof CotalkerError) return error;
  throw error;
}

/** One group's failure, where it may be its own; rethrows what would fail the others as well. */
function unlessCommon(error: unknown): CotalkerError {
  const failure = asAnswer(error);
  if (failure.code === 'UPSTREAM_INVALID_RESPONSE') return failure;
  throw failure;
}

interface Index {
  /** The one that speaks for a group, or why that could not be read. */
  readonly byGroup: ReadonlyMap<string | null | undefined, TaskGroup | CotalkerError>;
  /** Whether one hides which group it is of. */
  readonly isUnsure: boolean;
}

/**
 * Where a record hides its id or its group, the groups that it may have named fail; they are not taken for
 * groups without one.
 */
const answerOf = ({ byGroup, isUnsure }: Index, groupId: string): Answer =>
  byGroup.get(groupId) ?? (isUnsure ? malformed() : null);

const answersOf = (index: Index, groupIds: readonly string[]): Map<string, Answer> =>
  new Map(groupIds.map((id) => [id, answerOf(index, id)]));

const malformed = (): CotalkerError => invalidResponse('a task group is malformed');

/** What lists have come to: one that is recalled (`cotalker/sharing/same-bytes.ts`) is not gone through a second time. */
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
