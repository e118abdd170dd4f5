import { isReadable } from '../errors.ts';
import type { Item } from './envelope.ts';
import {
  isObject,
  recordOf,
  type RecordOf,
  readFlag,
  readId,
  readInteger,
  readText,
} from './fields.ts';
import { readMoment } from './moment.ts';

/** COTTaskGroup (sheet, section 3): the workflow behind a group, and the sign that it is a task group. */
export const taskGroupRecord = recordOf((raw, _id) => ({
  _id,
  group: readId(raw['group']),
  isActive: readFlag(raw['isActive']),
  createdAt: readMoment(raw['createdAt']),
  collectionName: readText(raw['collectionName']),
  flowType: readText(raw['flowType']),
  defaultView: readText(raw['defaultView']),
  initialStateMachine: readId(raw['initialStateMachine']),
  hideClosedAfterDays: readInteger(raw['hideClosedAfterDays']),
}));
export type TaskGroupRecord = RecordOf<typeof taskGroupRecord>;

/** The group that an item names, null for none; undefined where that cannot be read. */
export function readGroupOf({ record, raw }: Item<TaskGroupRecord>): string | null | undefined {
  const group = isReadable(record)
    ? record.group
    : isObject(raw)
      ? readId(raw['group'])
      : undefined;
  return isReadable(group) ? group : undefined;
}
