import type { TaskGroupRecord } from '../cotalker/records/task-group.ts';
import { type Field, readableOr } from '../cotalker/records/fields.ts';
import type { FlowType, TaskView, Workflow } from '../generated/resolvers.ts';
import { type Fallible, toEnum } from './fields.ts';

export type WorkflowModel = Fallible<Omit<Workflow, 'flowType' | 'defaultView'>> & {
  readonly flowTypeName: Field<string>;
  readonly defaultViewName: Field<string>;
};

export const toWorkflow = (record: TaskGroupRecord): WorkflowModel => ({
  __typename: 'Workflow',
  id: record._id,
  code: record.collectionName,
  hideClosedAfterDays: record.hideClosedAfterDays,
  isActive: readableOr(record.isActive, true),
  flowTypeName: record.flowType,
  defaultViewName: record.defaultView,
});

/** `flowType` of a task group; see `toEnum` for values that the schema does not know. */
export const toFlowType = (name: Field<string>): FlowType | null =>
  toEnum({ 'state-machine': 'STATE_MACHINE', free: 'FREE' }, name);

/** `defaultView` of a task group; see `toEnum` for values that the schema does not know. */
export const toTaskView = (name: Field<string>): TaskView | null =>
  toEnum(
    { list: 'LIST', kanban: 'KANBAN', calendar: 'CALENDAR', gantt: 'GANTT', grid: 'GRID' },
    name,
  );
