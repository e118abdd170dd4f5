import { absentAsNull, invalidResponse } from '../errors.ts';
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
export const getTask = (session: Session, place: TaskPlace): Promise<TaskRecord | null> =>
  absentAsNull(async () => {
    const task = readBareOrNamed(await session.get(callFor(place)), 'task', taskRecord);
    if (task?._id !== place.taskId) throw invalidResponse('the task is not the one asked for');
    return task;
  });
