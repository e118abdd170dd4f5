import { getTask } from '../cotalker/endpoints/one-task.ts';
import { listTaskGroups, rememberedTaskGroups } from '../cotalker/endpoints/task-groups.ts';
import { CotalkerError, failsAllCalls, isReadable } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import { badUserInput } from '../errors.ts';
import { type TaskModel, toTask } from '../mapping/task.ts';
import { readId } from './arguments.ts';
import { malformed } from './task-group-index.ts';
import type { TaskGroupLoader } from './task-group.ts';

/** How many task groups are asked for a task whose group nobody names: a company has 50 calls in 5 seconds. */
const MOST_TASK_GROUPS = 20;
/** How many of them at the same time: the first answer may be the one. */
const AT_ONCE = 5;

/**
 * A task by its id, or null where the caller cannot see it. One call if the group is given and known, see
 * `TaskGroupLoader.ofGroup`. Else one for the caller's task groups, unless they are remembered, and one for each until it
 * is found.
 *
 * @throws GraphQLError `BAD_USER_INPUT` for what is no id, before any call. The same where the group has to be given:
 *   there are too many task groups, or they cannot be listed.
 */
export async function findTask(
  session: Session,
  taskGroups: TaskGroupLoader,
  id: string,
  groupId: string | null | undefined,
): Promise<TaskModel | null> {
  const taskId = readId(id);
  if (groupId == null) return search(session, taskId);
  const taskGroup = await taskGroups.ofGroup(readId(groupId, 'groupId'));
  return taskGroup && taskIn(session, taskGroup.id, taskId);
}

async function taskIn(
  session: Session,
  taskGroupId: string,
  taskId: string,
): Promise<TaskModel | null> {
  const record = await getTask(session, { taskGroupId, taskId });
  if (record === null) return null;
  // A server that looks at the task's id alone tells of which task group it is.
  const own = isReadable(record.taskGroup) ? record.taskGroup : null;
  return toTask(record, own ?? taskGroupId);
}

/** Absent is what no task group has, of all that Cotalker lists now: those that are remembered may be too few. */
async function search(session: Session, taskId: string): Promise<TaskModel | null> {
  const remembered = await rememberedTaskGroups(session);
  const known = remembered?.items.flatMap(({ id }) => id ?? []) ?? [];
  const found = known.length <= MOST_TASK_GROUPS ? await askEach(session, known, taskId) : null;
  if (found !== null) return found;
  const items = (await listOrRefuse(session)).items ?? [];
  const ids = items.flatMap(({ id }) => id ?? []);
  if (ids.length > MOST_TASK_GROUPS)
    throw refusal(`there are more than ${MOST_TASK_GROUPS} task groups to look into`);
  const rest = ids.filter((id) => !known.includes(id));
  const later = await askEach(session, rest, taskId);
  if (later === null && ids.length < items.length) throw malformed();
  return later;
}

async function listOrRefuse(session: Session) {
  try {
    return await listTaskGroups(session);
  } catch (error) {
    if (!(error instanceof CotalkerError) || error.code !== 'FORBIDDEN') throw error;
    throw refusal('the token may not list task groups');
  }
}

const refusal = (why: string) =>
  badUserInput(`Pass "groupId", the group that the task is of: ${why}.`);

/**
 * @throws CotalkerError why a task group could not be asked, where no other has the task.
 */
async function askEach(
  session: Session,
  taskGroupIds: readonly string[],
  taskId: string,
): Promise<TaskModel | null> {
  let failure: CotalkerError | undefined;
  const ask = async (taskGroupId: string): Promise<TaskModel | null> => {
    try {
      return await taskIn(session, taskGroupId, taskId);
    } catch (error) {
      if (!(error instanceof CotalkerError) || failsAllCalls(error)) throw error;
      failure ??= error;
      return null;
    }
  };
  for (let start = 0; start < taskGroupIds.length; start += AT_ONCE) {
    const some = await Promise.all(taskGroupIds.slice(start, start + AT_ONCE).map(ask));
    const found = some.find((task) => task !== null);
    if (found !== undefined) return found;
  }
  if (failure !== undefined) throw failure;
  return null;
}
