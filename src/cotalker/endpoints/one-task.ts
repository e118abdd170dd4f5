import { absentAsNull, CotalkerError, invalidResponse } from '../errors.ts';
import { readBareOrNamed } from '../records/envelope.ts';
import { type TaskRecord, taskRecord } from '../records/task.ts';
import type { Session } from '../session.ts';

/** Where one task is. */
export interface TaskPlace {
  readonly taskGroupId: string;
  readonly taskId: string;
}

const callFor = ({ taskGroupId, taskId }: TaskPlace) =>
  ({ template: '/v1/tasks/{id}/task/{taskId}', id: taskGroupId, taskId }) as const;

/**
 * `GET /v1/tasks/{taskGroupId}/task/{taskId}`: one task as it is now, or null where there is none. It comes bare or as
 * `{task}` (sheet, section 6).
 */
export const getTask = (
  session: Session,
  place: TaskPlace,
  again = false,
): Promise<TaskRecord | null> =>
  absentAsNull(async () => {
    const body = await session.get({ ...callFor(place), again });
    const task = readBareOrNamed(body, 'task', taskRecord);
    if (task?._id !== place.taskId) throw invalidResponse('the task is not the one asked for');
    return task;
  });

/** `PATCH /v1/tasks/{taskGroupId}/task/{taskId}`: the task as it is then; null where the answer does not tell. */
export async function patchTask(
  session: Session,
  place: TaskPlace,
  change: { readonly smState: string },
): Promise<TaskRecord | null> {
  const body = await session.write({
    ...callFor(place),
    write: { method: 'PATCH', body: change },
  });
  const task = readBareOrNamed(body, 'task', taskRecord);
  return task?._id === place.taskId ? task : null;
}

/** What a new task is given, in the upstream's words. Beside `name` they are those of the record (inferred). */
export interface NewTask {
  readonly name: string;
  readonly info?: string | undefined;
  readonly assignee?: string | undefined;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
}

/**
 * `POST /v1/tasks/{taskGroupId}/task/create`: the task as it has been created.
 *
 * @throws CotalkerError `OUTCOME_UNKNOWN` too where the answer does not tell which task it is.
 */
export async function postTask(
  session: Session,
  taskGroupId: string,
  task: NewTask,
): Promise<TaskRecord> {
  const body = await session.write({
    ...{ template: '/v1/tasks/{id}/task/create', id: taskGroupId },
    write: { method: 'POST', body: { ...task } },
  });
  const created = readBareOrNamed(body, 'task', taskRecord);
  if (created === undefined) throw new CotalkerError('OUTCOME_UNKNOWN', 'the answer has no task');
  return created;
}
