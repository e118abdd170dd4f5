import { type Field, readableOr } from '../cotalker/records/fields.ts';
import { SLOTS } from '../cotalker/records/state-machine.ts';
import type { TaskRecord } from '../cotalker/records/task.ts';
import type { Task, TaskStatus } from '../generated/resolvers.ts';
import {
  type Fallible,
  firstText,
  type Reference,
  type References,
  toImage,
  toReferences,
} from './fields.ts';
import { type StateMachineModel, type StateModel, toProperty } from './state-machine.ts';

type PersonEdges = 'assignee' | 'createdBy' | 'editors' | 'followers';
type TaskEdges = PersonEdges | 'state' | 'stateMachine' | 'statuses' | 'channel' | 'image';

export type TaskModel = Fallible<Omit<Task, TaskEdges>> & {
  /** Where it was listed; its states and state machines are there. */
  readonly taskGroupId: string;
  readonly stateId: Reference;
  readonly statusId: Reference;
  readonly stateMachineId: Reference;
  readonly assigneeId: Reference;
  readonly createdById: Reference;
  readonly editorIds: References;
  readonly followerIds: References;
  readonly channelId: Reference;
  readonly image: ReturnType<typeof toImage>;
  readonly slots: TaskRecord['slots'];
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
  image: toImage(record.image),
  weight: record.weight,
  slots: record.slots,
});

export type TaskStatusModel = Omit<TaskStatus, 'name' | 'value' | 'code'> & {
  /** The name of the slot's type, as far as its state machine tells. */
  readonly typeName: Field<string>;
  readonly property: StateModel['property'];
};

/**
 * The slots that the task's state machine uses; if it does not tell, those that are not empty.
 *
 * @param machine Null if the task follows none, or none that is in Cotalker.
 * @throws CotalkerError if it cannot be read which these are.
 */
export function toTaskStatuses(
  { slots }: Pick<TaskModel, 'slots'>,
  machine: Pick<StateMachineModel, 'slots'> | null,
): TaskStatusModel[] {
  const told = machine?.slots ?? null;
  if (told instanceof Error) throw told;
  const isInUse = usedSlots(told);
  return slots.flatMap((held, index) => {
    const type = toProperty(told?.types[index] ?? null);
    const property = toProperty(held);
    if (!(isInUse?.(index) ?? property !== null)) return [];
    const typeName = typeof type === 'object' && type !== null && 'name' in type ? type.name : null;
    return [{ __typename: 'TaskStatus', slot: index + 1, typeName, property }];
  });
}

/** Whether a slot is in use: by its name on a list, or since it has a type. Undefined if that is not told. */
function usedSlots(
  told: Exclude<StateMachineModel['slots'], Error>,
): ((index: number) => boolean) | undefined {
  if (told === null) return undefined;
  const { isActive, types } = told;
  if (isActive instanceof Error) throw isActive;
  if (Array.isArray(isActive)) return (index) => isActive.includes(SLOTS[index] ?? '');
  return (index) => isActive !== false && types[index] !== null;
}
