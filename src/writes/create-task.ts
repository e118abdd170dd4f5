import { postTask } from '../cotalker/endpoints/one-task.ts';
import { badUserInput } from '../errors.ts';
import type { CreateTaskInput } from '../generated/resolvers.ts';
import { readId, readMoment } from '../loaders/arguments.ts';
import { type TaskModel, toTask } from '../mapping/task.ts';
import type { Desk } from './desk.ts';
import { type Hindrance, hindranceIn, taskGroupBehind } from './hindrance.ts';
import { taskAsCreated } from './read-back.ts';

export interface CreateTaskResult {
  readonly clientMutationId: string | null;
  readonly task: TaskModel | null;
  readonly errors: readonly Hindrance[];
}

/**
 * Creates a task: `POST /v1/tasks/{taskGroupId}/task/create`, once.
 *
 * @throws GraphQLError `BAD_USER_INPUT` before any call for ids that are none, and for a blank name.
 * @throws CotalkerError `OUTCOME_UNKNOWN`, or any other code where it is not created.
 */
export async function createTask(
  desk: Desk,
  { clientMutationId = null, name, info, ...input }: CreateTaskInput,
): Promise<CreateTaskResult> {
  const groupId = readId(input.groupId, 'groupId');
  if (name.trim() === '') throw badUserInput('"name" must not be blank.');
  const fields = {
    name,
    info: info ?? undefined,
    assignee: input.assigneeId == null ? undefined : readId(input.assigneeId, 'assigneeId'),
    startDate: readMoment(input.startDate),
    endDate: readMoment(input.endDate),
  };
  const taskGroupId = await taskGroupBehind(desk, groupId);
  if (typeof taskGroupId !== 'string')
    return { clientMutationId, task: null, errors: [taskGroupId] };
  try {
    const answer = await postTask(desk.session, taskGroupId, fields);
    const created = await taskAsCreated(desk.session, taskGroupId, answer, fields);
    return { clientMutationId, task: toTask(created, taskGroupId), errors: [] };
  } catch (error) {
    const hindrance = hindranceIn(error, 'task group', desk.session.admin);
    return { clientMutationId, task: null, errors: [hindrance] };
  }
}
