import type { TaskRecord } from '../cotalker/records/task.ts';
import { readableOr } from '../cotalker/records/fields.ts';
import type { Task } from '../generated/resolvers.ts';
import {
  type Fallible,
  firstText,
  type Reference,
  type References,
  toReferences,
} from './fields.ts';

type TaskEdges =
  'state' | 'stateMachine' | 'assignee' | 'createdBy' | 'editors' | 'followers' | 'channel';

export type TaskModel = Fallible<Omit<Task, TaskEdges>> & {
  /** The task group it was listed in, whose states and state machines it refers to. */
  readonly taskGroupId: string;
  readonly stateId: Reference;
  /** The property of its state. */
  readonly statusId: Reference;
  readonly stateMachineId: Reference;
  readonly assigneeId: Reference;
  readonly createdById: Reference;
  readonly editorIds: References;
  readonly followerIds: References;
  readonly channelId: Reference;
};

export const toTask = (record: TaskRecord, taskGroupId: string): TaskModel => ({
  __typename: 'Task',
  id: record._id,
  serial: record.serial,
  name: readableOr(firstText(record.name), record._id),
  info: record.info,
  parentId: record.parent,
  startDate: record.startDate,
  endDate: record.endDate,
  closedAt: record.closedAt,
  stateChangedAt: record.modifiedStateAt,
  createdAt: record.createdAt,
  modifiedAt: record.modifiedAt,
  estimatedDays: record.estimatedTime,
  isActive: readableOr(record.isActive, true),
  taskGroupId,
  stateId: record.smState,
  statusId: record.status,
  stateMachineId: record.smStateMachine,
  assigneeId: record.assignee,
  createdById: record.createdBy,
  editorIds: toReferences(record.editors),
  followerIds: toReferences(record.followers),
  channelId: record.channel,
});
