import { CotalkerError } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import {
  listTaskGroups,
  listTaskGroupsOf,
  rememberedTaskGroups,
} from '../cotalker/endpoints/task-groups.ts';
import { idIn } from '../cotalker/records/envelope.ts';
import { once } from './once-per-key.ts';
import {
  type Answer,
  answerOf,
  answersOf,
  type Index,
  toIndex,
  malformed,
  type TaskGroup,
} from './task-group-index.ts';

export interface WantedGroup {
  readonly id: string;
  /** When it was created or changed last, as of a `Moment`; undefined where that is not known. */
  readonly changedAt?: string | undefined;
}

/**
 * Looks up the task groups of groups.
 *
 * @param wanted At least one group.
 * @param likely Others that may be wanted next; they count in the choice of a way.
 * @returns Answers by the group's id: of all that are wanted, and of others that came along.
 * @throws CotalkerError where nothing can be known.
 */
type TaskGroupLookUp = (
  wanted: readonly WantedGroup[],
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
 * A server that takes no notice of `groupIds` has but the whole list. What is remembered takes no call; see
 * `answerFrom`.
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
      whole = items && toIndex(items);
    } catch (error) {
      stepAside(error);
      const { status = 500 } = error as CotalkerError;
      // Not permitted, say: this request does not try that again.
      if (status < 500) wholeCalls = Infinity;
    }
    return whole;
  };
  const readAll = async (): Promise<Index> => toIndex((await listTaskGroups(session)).items ?? []);

  /** The answer of one group's own list; undefined where that holds those of others. */
  const askFor = async (groupId: string): Promise<Answer | undefined> => {
    const { items } = await listTaskGroupsOf(session, [groupId]);
    const groups = new Set(items.map((item) => idIn(item, 'group') ?? undefined));
    // One that names no group may be of this one: nothing else was asked for.
    if (groups.isSubsetOf(new Set([groupId, undefined])))
      return toIndex(items).byGroup.get(groupId) ?? (groups.size > 0 ? malformed() : null);
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

  const ask = async (wanted: readonly string[], likely: readonly string[]) => {
    const all = [...wanted, ...likely];
    const isOne = isFirst && all.length === 1;
    isFirst = false;
    if (traits.ignoresGroupIds()) whole ??= await readAll();
    // The second look-up of a request is hardly the last one.
    else if (!isOne) await readWhole(Math.max(2, all.length));
    return whole === undefined ? askForEach(wanted) : answersOf(whole, all);
  };

  const lookUpMemory = createMemoryLookUp(session);
  return async (wanted, likely) => {
    const remembered = whole === undefined ? await lookUpMemory(wanted) : NOTHING;
    const left = wanted.filter(({ id }) => !remembered.has(id)).map(({ id }) => id);
    if (left.length === 0) return remembered;
    return new Map([...remembered, ...(await ask(left, likely))]);
  };
}

const NOTHING: ReadonlyMap<string, Answer> = new Map();

/** Finds what is remembered of groups, in one list of all task groups or in one of a single group. */
function createMemoryLookUp(session: Session) {
  const remembered = async (groupId?: string): Promise<Remembered | undefined> => {
    const known = await rememberedTaskGroups(session, groupId);
    if (known === undefined) return undefined;
    const { items, askedAt } = known;
    return { index: toIndex(items), askedAt, until: new Date(askedAt - CLOCKS_MS).toISOString() };
  };
  const rememberedWhole = once(() => remembered());
  return async (wanted: readonly WantedGroup[]): Promise<ReadonlyMap<string, Answer>> => {
    const answers = new Map<string, Answer>();
    const all = await rememberedWhole();
    const [only] = wanted;
    const isOne = wanted.length === 1 && only !== undefined;
    const alone = isOne ? await remembered(only.id) : undefined;
    const isAloneYounger = alone !== undefined && alone.askedAt > (all?.askedAt ?? 0);
    const known = isAloneYounger ? alone : all;
    if (known === undefined) return answers;
    for (const group of wanted) {
      const answer = answerFrom(known, group);
      // It is never remembered of one group alone that it has none.
      if (answer !== undefined && !(isAloneYounger && answer === null))
        answers.set(group.id, answer);
    }
    return answers;
  };
}

interface Remembered {
  readonly index: Index;
  /** When Cotalker was asked for them, as `Date.now()` counts. */
  readonly askedAt: number;
  /** What changed before this moment is older than they are. */
  readonly until: string;
}

/** How far Cotalker's clock may be behind the gateway's. A group that changed so shortly before counts as younger. */
const CLOCKS_MS = 10_000;

/**
 * What is remembered of a group, where that holds: a group that was created or changed since, may have become a task
 * group or none. Of one that does not tell when it changed, nobody knows by this that it has none.
 */
function answerFrom(
  { index, until }: Remembered,
  { id, changedAt }: WantedGroup,
): TaskGroup | null | undefined {
  const answer = answerOf(index, id);
  if (answer instanceof CotalkerError) return undefined;
  if (changedAt === undefined) return answer ?? undefined;
  return changedAt < until ? answer : undefined;
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
