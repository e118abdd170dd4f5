import type * as z from 'zod';
import { isReadable } from '../errors.ts';
import type { Item } from './envelope.ts';
import { dateTime, flag, integer, objectId, recordOf, reference, text } from './fields.ts';

/** COTTaskGroup (sheet, section 3): the workflow behind a group, and the sign that it is a task group. */
export const taskGroupRecord = recordOf({
  _id: objectId,
  group: reference,
  isActive: flag,
  createdAt: dateTime,
  collectionName: text,
  flowType: text,
  defaultView: text,
  initialStateMachine: reference,
  hideClosedAfterDays: integer,
});
export type TaskGroupRecord = z.infer<typeof taskGroupRecord>;

const groupOnly = recordOf({ group: reference });

/** The group that an item names, null for none; undefined where that cannot be read. */
export function readGroupOf({ record, raw }: Item<TaskGroupRecord>): string | null | undefined {
  const group = isReadable(record) ? record.group : groupOnly.safeParse(raw).data?.group;
  return isReadable(group) ? group : undefined;
}
