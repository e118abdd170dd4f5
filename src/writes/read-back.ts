import { messagesOf, type NewMessage, TEXT } from '../cotalker/endpoints/messages.ts';
import { getTask, type NewTask } from '../cotalker/endpoints/one-task.ts';
import { CotalkerError, invalidResponse, isReadable } from '../cotalker/errors.ts';
import type { MessageRecord } from '../cotalker/records/message.ts';
import type { TaskRecord } from '../cotalker/records/task.ts';
import type { Session } from '../cotalker/session.ts';

/*
 * What a write has made or changed, as Cotalker has it. Its answer tells that by rule. But any field but the id may be
 * missing (sheet, section 3), so what it leaves out is what was sent, or is asked for. Where that fails, each field that
 * nobody has told fails alone. The write is done, and an error in its place would have people repeat it.
 */

/** What each new task has: where the answer lacks some of it, it is no more than a receipt. */
const OF_EACH_TASK = [
  ...(['name', 'smState', 'smStateMachine', 'serial'] as const),
  ...(['createdBy', 'createdAt'] as const),
];

/**
 * `GET /v1/tasks/{taskGroupId}/task/{taskId}`, where the answer lacks what each task has, or what was sent. What is found
 * there counts, since Cotalker may have left out what was sent.
 */
export async function taskAsCreated(
  session: Session,
  taskGroupId: string,
  created: TaskRecord,
  given: NewTask,
): Promise<TaskRecord> {
  const sent = (Object.keys(given) as (keyof NewTask)[]).filter((name) => isTold(given[name]));
  if ([...OF_EACH_TASK, ...sent].every((name) => isTold(created[name]))) return created;
  return foundOr(
    () => getTask(session, { taskGroupId, taskId: created._id }),
    (failure) => failing(over(created, given), failure),
  );
}

/** For how long before now, or before the time that the answer tells, a new message is looked for: clocks differ. */
const LOOKED_BACK_MS = 3_600_000;

/**
 * The message as it was sent, with what the answer tells besides. Where that lacks its text or its time,
 * `GET /v1/messages/channel/{id}/modified/{iso}` of the last hour.
 */
export async function messageAsSent(
  session: Session,
  sent: MessageRecord,
  { channelId, senderId, text }: NewMessage,
): Promise<MessageRecord> {
  const given = { channel: channelId, sentBy: senderId, content: text, contentType: TEXT };
  const known = over(sent, { ...given, isActive: true, isHidden: false });
  if (isTold(sent.content) && isTold(sent.createdAt)) return known;
  const at = isReadable(sent.modifiedAt) ? sent.modifiedAt : null;
  const moment = new Date((at === null ? Date.now() : Date.parse(at)) - LOOKED_BACK_MS);
  return foundOr(
    async () => {
      const items = await messagesOf(session, channelId).since(moment.toISOString());
      const found = items.find(({ id }) => id === sent._id)?.record ?? null;
      if (found instanceof CotalkerError) throw found;
      return found && over(found, known);
    },
    (failure) => failing(known, failure),
  );
}

/** What a move changes of a task beside its state. */
const MOMENTS_OF_MOVE = ['modifiedStateAt', 'modifiedAt', 'closedAt'] as const;

/**
 * The task that an answer shows as moved: by one `look` where the answer lacks what was told before the move.
 *
 * @param before The task as it was.
 */
export async function taskAsMoved(
  moved: TaskRecord,
  before: TaskRecord,
  look: () => Promise<TaskRecord | null>,
): Promise<TaskRecord> {
  const names = Object.keys(before) as (keyof TaskRecord)[];
  if (names.every((name) => isTold(moved[name]) || !isTold(before[name]))) return moved;
  return foundOr(look, (failure) => {
    const untold = MOMENTS_OF_MOVE.filter((name) => !isTold(moved[name]));
    return {
      // The status is that of the state before.
      ...over(moved, { ...before, status: null }),
      ...Object.fromEntries(untold.map((name) => [name, failure])),
    };
  });
}

/** A list of nothing is none that is told: where it is missing, it reads as empty. */
const isTold = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isTold) : value != null;

/** A record, with what is known besides in the place of what it does not tell. */
function over<R extends object>(
  record: R,
  known: { readonly [K in keyof R]?: R[K] | undefined },
): R {
  const more = Object.entries(known).filter(
    ([name, value]) => isTold(value) && !isTold(record[name as keyof R]),
  );
  return { ...record, ...Object.fromEntries(more) };
}

/** What a look finds; where it fails, or finds nothing yet, what is known without it. */
async function foundOr<R>(
  look: () => Promise<R | null>,
  otherwise: (failure: CotalkerError) => R,
): Promise<R> {
  const found = await look().catch((error: unknown) =>
    error instanceof CotalkerError ? error : invalidResponse('it cannot be read'),
  );
  if (found instanceof CotalkerError) return otherwise(found);
  return found ?? otherwise(new CotalkerError('NOT_FOUND', 'it is not there yet'));
}

/** The record with a failure in the place of each field that nobody has told. */
function failing<R extends object>(record: R, failure: CotalkerError): R {
  const inPlaceOf = (value: unknown): unknown => {
    if (isTold(value)) return value;
    // Slots stay a list: each of them fails.
    return Array.isArray(value) && value.length > 0 ? value.map(() => failure) : failure;
  };
  const fields = Object.entries(record).map(([name, value]) => [name, inPlaceOf(value)]);
  return Object.fromEntries(fields) as R;
}
