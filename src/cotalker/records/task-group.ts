import { recordOf, type RecordOf, readFlag, readId, readInteger, readText } from './fields.ts';
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
