import { CotalkerError } from '../cotalker/errors.ts';
import { getTask, patchTask, type TaskPlace } from '../cotalker/endpoints/one-task.ts';
import type { MoveTaskInput } from '../generated/resolvers.ts';
import { readId } from '../loaders/arguments.ts';
import { type TaskModel, toTask } from '../mapping/task.ts';
import type { Desk } from './desk.ts';
import { gone, type Hindrance, hindranceIn, isRefusal, stateChanged } from './hindrance.ts';
import { hindranceOfMove } from './transitions.ts';

export interface MoveTaskResult {
  readonly clientMutationId: string | null;
  /** An error: it is done, but the task cannot be read. */
  readonly task: TaskModel | CotalkerError | null;
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
  try {
    const taskGroupId = await desk.loaders.taskGroups.idBehind(groupId);
    const place = { taskGroupId, taskId };
    const outcome = await attempt({ desk, groupId, place, stateId, fromStateId: from });
    return { clientMutationId, ...outcome };
  } catch (error) {
    const hindrance = hindranceIn(error, 'task', desk.session.admin);
    return { clientMutationId, task: null, errors: [hindrance] };
  }
}

type Outcome = Omit<MoveTaskResult, 'clientMutationId'>;
const done = (task: Outcome['task']): Outcome => ({ task, errors: [] });
const hindered = (task: TaskModel | null, by: Hindrance): Outcome => ({ task, errors: [by] });

async function attempt(move: Move): Promise<Outcome> {
  const task = await read(move);
  if (task === null) return hindered(null, gone('task'));
  if (task.stateId === move.stateId) return done(task);
  const hindrance = await findHindrance(move, task);
  if (hindrance !== undefined) return hindered(task, hindrance);
  try {
    return done(await send(move));
  } catch (error) {
    return whyNot(move, task, error);
  }
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

/** The task as it is now; null where there is none. */
async function read({ desk, place }: Move): Promise<TaskModel | null> {
  const record = await getTask(desk.session, place, true);
  return record && toTask(record, place.taskGroupId);
}

/** Sends the write. From here on it is done; a task that cannot be read is its error. */
async function send(move: Move): Promise<Outcome['task']> {
  const { desk, place, stateId } = move;
  const record = await patchTask(desk.session, place, { smState: stateId });
  if (record?.smState === stateId) return toTask(record, place.taskGroupId);
  try {
    return await read(move);
  } catch (error) {
    if (error instanceof CotalkerError) return error;
    throw error;
  }
}

/** What a write has come to that has failed: what the task tells now, where it tells anything. */
async function whyNot(move: Move, before: TaskModel, error: unknown): Promise<Outcome> {
  const isUnknown = error instanceof CotalkerError && error.code === 'OUTCOME_UNKNOWN';
  if (!isUnknown && !isRefusal(error))
    return hindered(before, hindranceIn(error, 'task', move.desk.session.admin));
  const now = await read(move).catch(() => undefined);
  if (now?.stateId === move.stateId) return done(now);
  // It may yet be moved.
  if (isUnknown || now === undefined) throw error;
  if (now === null) return hindered(null, gone('task'));
  if (now.stateId !== before.stateId) return hindered(now, stateChanged());
  const hindrance = await findHindrance(move, now, 'anew');
  return hindered(now, hindrance ?? hindranceIn(error, 'task', move.desk.session.admin));
}
