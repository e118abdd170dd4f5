import { CotalkerError } from '../cotalker/errors.ts';
import { getTask, patchTask, type TaskPlace } from '../cotalker/endpoints/one-task.ts';
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
    const outcome = await attempt({ desk, groupId, place, stateId, fromStateId: from });
    return { clientMutationId, ...outcome };
  } catch (error) {
    const hindrance = hindranceInRead(error, 'task', desk.session.admin);
    return { clientMutationId, task: null, errors: [hindrance] };
  }
}

type Outcome = Omit<MoveTaskResult, 'clientMutationId'>;
const done = (task: TaskModel): Outcome => ({ task, errors: [] });
const hindered = (task: TaskModel | null, by: Hindrance): Outcome => ({
  task: by.__typename === 'Gone' ? null : task,
  errors: [by],
});

async function attempt(move: Move): Promise<Outcome> {
  const { desk, place, stateId } = move;
  const task = await read(move);
  if (task === null) return hindered(null, gone('task'));
  if (task.stateId === stateId) return done(task);
  const hindrance = await findHindrance(move, task);
  if (hindrance !== undefined) return hindered(task, hindrance);
  try {
    const record = await patchTask(desk.session, place, { smState: stateId });
    if (record?.smState === stateId) return done(toTask(record, place.taskGroupId));
  } catch (error) {
    return whyNot(move, task, error);
  }
  return afterAll(move, task);
}

async function findHindrance(
  { desk, groupId, stateId, fromStateId }: Move,
  task: TaskModel,
  asking?: 'anew',
): Promise<Hindrance | undefined> {
  if (fromStateId !== undefined && task.stateId !== fromStateId) return stateChanged();
  const { flowTypeName } = await desk.loaders.taskGroups.workflow(groupId);
  return flowTypeName === 'free' ? undefined : hindranceOfMove(desk, task, stateId, asking);
}

/** The task as it is now; null where there is none, or where it is of another task group, which the server overlooks. */
async function read({ desk, place }: Move): Promise<TaskModel | null> {
  const record = await getTask(desk.session, place, true);
  if (record === null) return null;
  const { taskGroup } = record;
  const isElsewhere = typeof taskGroup === 'string' && taskGroup !== place.taskGroupId;
  return isElsewhere ? null : toTask(record, place.taskGroupId);
}

/**
 * What a write has come to that is accepted, with an answer that does not show the task where it is to be: what a look at
 * it tells. Only what is seen there is done.
 */
async function afterAll(move: Move, before: TaskModel): Promise<Outcome> {
  const now = await read(move).catch(() => undefined);
  if (now?.stateId === move.stateId) return done(now);
  if (typeof now?.stateId === 'string' && now.stateId !== before.stateId)
    return hindered(now, stateChanged());
  throw new CotalkerError('OUTCOME_UNKNOWN', 'the task is not seen in its new state');
}

/** What a write has come to that has failed: what the task tells now, where it tells anything. */
async function whyNot(move: Move, before: TaskModel, error: unknown): Promise<Outcome> {
  const isUnknown = error instanceof CotalkerError && error.code === 'OUTCOME_UNKNOWN';
  if (!isUnknown && !isRefusal(error))
    return hindered(before, hindranceIn(error, 'task', move.desk.session.admin));
  const now = await read(move).catch(() => undefined);
  if (now?.stateId === move.stateId) return done(now);
  // It may yet be moved.
  if (isUnknown) throw error;
  if (now === null) return hindered(null, gone('task'));
  const why = (): Hindrance => hindranceIn(error, 'task', move.desk.session.admin);
  if (now === undefined) return hindered(null, why());
  if (now.stateId !== before.stateId) return hindered(now, stateChanged());
  // What Cotalker has said to the write counts, whatever becomes of a further look.
  const hindrance = await findHindrance(move, now, 'anew').catch(() => undefined);
  return hindered(now, hindrance ?? why());
}
