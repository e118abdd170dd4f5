import { messagesOf, type NewMessage, TEXT } from '../cotalker/endpoints/messages.ts';
import { getTask, type NewTask } from '../cotalker/endpoints/one-task.ts';
import { CotalkerError, invalidResponse } from '../cotalker/errors.ts';
import { readBack } from '../cotalker/paging/history.ts';
import type { MessageRecord } from '../cotalker/records/message.ts';
import type { TaskRecord } from '../cotalker/records/task.ts';
import type { Session } from '../cotalker/session.ts';

/*
 * What a write has made, as Cotalker has it. Its answer tells that by rule. But any field but the id may be missing (sheet,
 * section 3), so one that tells hardly more is asked for again. Where that fails, what was written stands. Each field that
 * nobody has told fails alone: an error in the place of all would have people repeat the write.
 */

/** `GET /v1/tasks/{taskGroupId}/task/{taskId}`, where the answer tells the task's name or its state not. */
export async function taskAsCreated(
  session: Session,
  taskGroupId: string,
  created: TaskRecord,
  given: NewTask,
): Promise<TaskRecord> {
  if (created.name !== null && created.smState !== null) return created;
  return orUntold({ ...created, ...given }, async () => {
    const task = await getTask(session, { taskGroupId, taskId: created._id });
    if (task === null) throw new CotalkerError('NOT_FOUND', 'the new task is not there yet');
    return task;
  });
}

/** So many of the latest messages are looked through. */
const LOOKED_THROUGH = 20;

/** The latest messages of the channel, as `readBack` reads them, where the answer tells the message's text or its time not. */
export async function messageAsSent(
  session: Session,
  sent: MessageRecord,
  { channelId, senderId, text }: NewMessage,
): Promise<MessageRecord> {
  if (sent.content !== null && sent.createdAt !== null) return sent;
  const known = { channel: channelId, sentBy: senderId, content: text, contentType: TEXT };
  return orUntold({ ...sent, ...known, isActive: true, isHidden: false }, async () => {
    const list = messagesOf(session, channelId);
    const { items } = await readBack(list, undefined, LOOKED_THROUGH, new Date().toISOString());
    const found = items.find(({ id }) => id === sent._id);
    if (found === undefined)
      throw new CotalkerError('NOT_FOUND', 'the new message is not there yet');
    if (found.record instanceof CotalkerError) throw found.record;
    return found.record;
  });
}

/** What `read` finds; where it fails, what is known, with the failure in the place of what is not. */
async function orUntold<R extends object>(
  known: { readonly [K in keyof R]: unknown },
  read: () => Promise<R>,
): Promise<R> {
  try {
    return await read();
  } catch (error) {
    const failure = error instanceof CotalkerError ? error : invalidResponse('it cannot be read');
    const isTold = (value: unknown): boolean =>
      value != null && !(Array.isArray(value) && value.length === 0);
    const fields = Object.entries(known).map(([name, value]) => [
      name,
      isTold(value) ? value : failure,
    ]);
    return Object.fromEntries(fields) as R;
  }
}
