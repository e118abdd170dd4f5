import { CotalkerError, invalidResponse, isReadable } from '../cotalker/errors.ts';
import { getTask, patchTask, type TaskPlace } from '../cotalker/endpoints/one-task.ts';
import type { TaskRecord } from '../cotalker/records/task.ts';
import type { MoveTaskInput } from '../generated/resolvers.ts';
import { readId } from '../loaders/arguments.ts';
import { type TaskModel, toTask } from '../mapping/task.ts';
import type { Desk } from './desk.ts';
import {
  gone,
  type Hindrance,
  hindranceIn,
  hindranceInRead,
  isRefusal,
  stateChanged,
  taskGroupBehind,
} from './hindrance.ts';
import { taskAsMoved } from './read-back.ts';
import { hindranceOfMove } from './transitions.ts';

export interface MoveTaskResult {
  readonly clientMutationId: string | null;
  readonly task: TaskModel | null;
  readonly errors: readonly Hindrance[];
}

interface Move {
  readonly desk: Desk;
  readonly groupId: string;
  readonly place: TaskPlace;
  readonly stateId: string;
  /** The state that the person saw the task in; undefined: any. */
  readonly fromStateId: string | undefined;
}

/**
 * Moves a task: `GET /v1/tasks/{taskGroupId}/task/{taskId}`, what `hindranceOfMove` reads, and then
 * `PATCH /v1/tasks/{taskGroupId}/task/{taskId}` once.
 *
 * @throws GraphQLError `BAD_USER_INPUT` before any call for ids that are none.
 * @throws CotalkerError `OUTCOME_UNKNOWN`, or any other code where it is not moved.
 */
export async function moveTask(desk: Desk, input: MoveTaskInput): Promise<MoveTaskResult> {
  const { clientMutationId = null, fromStateId } = input;
  const groupId = readId(input.groupId, 'groupId');
  const taskId = readId(input.taskId, 'taskId');
  const stateId = readId(input.stateId, 'stateId');
  const from = fromStateId == null ? undefined : readId(fromStateId, 'fromStateId');
  const taskGroupId = await taskGroupBehind(desk, groupId);
  if (typeof taskGroupId !== 'string')
    return { clientMutationId, task: null, errors: [taskGroupId] };
  try {
    const place = { taskGroupId, taskId };
    const { record, errors } = await attempt({ desk, groupId, place, stateId, fromStateId: from });
    return { clientMutationId, task: record && toTask(record, taskGroupId), errors };
  } catch (error) {
    const hindrance = hindranceInRead(error, 'task', desk.session.admin);
    return { clientMutationId, task: null, errors: [hindrance] };
  }
}

interface Outcome {
  readonly record: TaskRecord | null;
  readonly errors: readonly Hindrance[];
}
const done = (record: TaskRecord): Outcome => ({ record, errors: [] });
const hindered = (record: TaskRecord | null, by: Hindrance): Outcome => ({
  record: by.__typename === 'Gone' ? null : record,
  errors: [by],
});

async function attempt(move: Move): Promise<Outcome> {
  const { desk, place, stateId } = move;
  const before = await read(move);
  if (before === null) return hindered(null, gone('task'));
  if (before.smState === stateId) return done(before);
  const hindrance = await findHindrance(move, before);
  if (hindrance !== undefined) return hindered(before, hindrance);
  let answer: TaskRecord | null;
  try {
    answer = await patchTask(desk.session, place, { smState: stateId });
  } catch (error) {
    return whyNot(move, before, error);
  }
  const look = () => read(move);
  const now = await (answer?.smState === stateId
    ? taskAsMoved(answer, before, look)
    : look().catch(() => null));
  return afterAll(move, before, now);
}

/** @throws CotalkerError too where a state is to be compared that the task does not tell. */
async function findHindrance(
  { desk, groupId, place: { taskGroupId }, stateId, fromStateId }: Move,
  { smState }: TaskRecord,
  after?: 'refusal',
): Promise<Hindrance | undefined> {
  if (fromStateId !== undefined) {
    if (smState === null) throw invalidResponse('the task has no state');
    if (!isReadable(smState)) throw smState;
    if (smState !== fromStateId) return stateChanged();
  }
  const { flowTypeName } = await desk.loaders.taskGroups.workflow(groupId);
  if (flowTypeName === 'free') return undefined;
  return hindranceOfMove(desk, { taskGroupId, stateId: smState }, stateId, after);
}

/** The task as it is now; null where there is none, or where it is of another task group, which the server overlooks. */
async function read({ desk, place }: Move): Promise<TaskRecord | null> {
  const record = await getTask(desk.session, place, true);
  const { taskGroup = null } = record ?? {};
  const isElsewhere = typeof taskGroup === 'string' && taskGroup !== place.taskGroupId;
  return isElsewhere ? null : record;
}

/** Whether a task has been moved between two looks; a state that cannot be read tells nothing. */
const hasMoved = (before: TaskRecord, now: TaskRecord): boolean =>
  typeof before.smState === 'string' &&
  typeof now.smState === 'string' &&
  now.smState !== before.smState;

/** What a write that is accepted has come to. Only what is seen in its new state is done. */
function afterAll(move: Move, before: TaskRecord, now: TaskRecord | null): Outcome {
  if (now?.smState === move.stateId) return done(now);
  if (now !== null && hasMoved(before, now)) return hindered(now, stateChanged());
  throw new CotalkerError('OUTCOME_UNKNOWN', 'the task is not seen in its new state');
}

/** What a write has come to that has failed: what the task tells now, where it tells anything. */
async function whyNot(move: Move, before: TaskRecord, error: unknown): Promise<Outcome> {
  const isUnknown = error instanceof CotalkerError && error.code === 'OUTCOME_UNKNOWN';
  if (!isUnknown && !isRefusal(error))
    return hindered(before, hindranceIn(error, 'task', move.desk.session.admin));
  const now = await read(move).catch(() => undefined);
  if (now?.smState === move.stateId) return done(now);
  // It may yet be moved.
  if (isUnknown) throw error;
  if (now === null) return hindered(null, gone('task'));
  const why = (): Hindrance => hindranceIn(error, 'task', move.desk.session.admin);
  if (now === undefined) return hindered(null, why());
  if (hasMoved(before, now)) return hindered(now, stateChanged());
  // What Cotalker has said to the write counts, whatever becomes of a further look.
  const hindrance = await findHindrance(move, now, 'refusal').catch(() => undefined);
  return hindered(now, hindrance ?? why());
}
