import type * as z from 'zod';
import {
  dateTime,
  flag,
  integer,
  list,
  number,
  objectId,
  recordOf,
  reference,
  text,
} from './fields.ts';

/** COTTask (sheet, section 3). */
export const taskRecord = recordOf({
  _id: objectId,
  serial: integer,
  name: text,
  info: text,
  taskGroup: reference,
  smStateMachine: reference,
  smState: reference,
  status: reference,
  assignee: reference,
  createdBy: reference,
  editors: list(reference),
  followers: list(reference),
  channel: reference,
  parent: reference,
  startDate: dateTime,
  endDate: dateTime,
  closedAt: dateTime,
  modifiedStateAt: dateTime,
  createdAt: dateTime,
  modifiedAt: dateTime,
  estimatedTime: number,
  isActive: flag,
});
export type TaskRecord = z.infer<typeof taskRecord>;
