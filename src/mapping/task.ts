import type { TaskRecord } from '../cotalker/tasks.ts';
import type { Task } from '../generated/resolvers.ts';
import { firstText } from './text.ts';

type TaskEdges =
  'state' | 'stateMachine' | 'assignee' | 'createdBy' | 'editors' | 'followers' | 'channel';

export type TaskModel = Omit<Task, TaskEdges> & {
  /** The task group it was listed in, whose states and state machines it refers to. */
  readonly taskGroupId: string;
  readonly stateId: string | null;
  readonly stateMachineId: string | null;
  readonly assigneeId: string | null;
  readonly createdById: string | null;
  readonly editorIds: readonly string[];
  readonly followerIds: readonly string[];
  readonly channelId: string | null;
};

export const toTask = (record: TaskRecord, taskGroupId: string): TaskModel => ({
  __typename: 'Task',
  id: record._id,
  serial: record.serial,
  name: firstText(record.name) ?? record._id,
  info: record.info,
  parentId: record.parent,
  startDate: record.startDate,
  endDate: record.endDate,
  closedAt: record.closedAt,
  stateChangedAt: record.modifiedStateAt,
  createdAt: record.createdAt,
  modifiedAt: record.modifiedAt,
  estimatedDays: record.estimatedTime,
  isActive: record.isActive ?? true,
  taskGroupId,
  stateId: record.smState,
  stateMachineId: record.smStateMachine,
  assigneeId: record.assignee,
  createdById: record.createdBy,
  editorIds: record.editors.filter((id) => id !== null),
  followerIds: record.followers.filter((id) => id !== null),
  channelId: record.channel,
});
