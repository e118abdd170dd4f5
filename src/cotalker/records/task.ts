import { readProperty } from './property.ts';
import { SLOTS } from './state-machine.ts';
import {
  readImage,
  readList,
  recordOf,
  type RecordOf,
  readFlag,
  readId,
  readInteger,
  readNumber,
  readText,
} from './fields.ts';
import { readMoment } from './moment.ts';

/** COTTask (sheet, section 3). */
export const taskRecord = recordOf((raw, _id) => ({
  _id,
  serial: readInteger(raw['serial']),
  name: readText(raw['name']),
  info: readText(raw['info']),
  taskGroup: readId(raw['taskGroup']),
  smStateMachine: readId(raw['smStateMachine']),
  smState: readId(raw['smState']),
  status: readId(raw['status']),
  assignee: readId(raw['assignee']),
  createdBy: readId(raw['createdBy']),
  editors: readList(raw['editors'], readId),
  followers: readList(raw['followers'], readId),
  channel: readId(raw['channel']),
  parent: readId(raw['parent']),
  startDate: readMoment(raw['startDate']),
  endDate: readMoment(raw['endDate']),
  closedAt: readMoment(raw['closedAt']),
  modifiedStateAt: readMoment(raw['modifiedStateAt']),
  createdAt: readMoment(raw['createdAt']),
  modifiedAt: readMoment(raw['modifiedAt']),
  estimatedTime: readNumber(raw['estimatedTime']),
  isActive: readFlag(raw['isActive']),
  slots: SLOTS.map((slot) => readProperty(raw[slot])),
  image: readImage(raw['image']),
  weight: readNumber(raw['weight']),
}));
export type TaskRecord = RecordOf<typeof taskRecord>;
