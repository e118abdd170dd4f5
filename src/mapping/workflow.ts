import type { TaskGroupRecord } from '../cotalker/task-groups.ts';
import type { FlowType, TaskView, Workflow } from '../generated/resolvers.ts';
import { toEnum } from './upstream-enum.ts';

export type WorkflowModel = Omit<Workflow, 'flowType' | 'defaultView'> & {
  readonly flowTypeName: string | null;
  readonly defaultViewName: string | null;
};

export const toWorkflow = (record: TaskGroupRecord): WorkflowModel => ({
  __typename: 'Workflow',
  id: record._id,
  code: record.collectionName,
  hideClosedAfterDays: record.hideClosedAfterDays,
  isActive: record.isActive ?? true,
  flowTypeName: record.flowType,
  defaultViewName: record.defaultView,
});

/** `flowType` of a task group; see `toEnum` for values that the schema does not know. */
export const toFlowType = (name: string | null): FlowType | null =>
  toEnum({ 'state-machine': 'STATE_MACHINE', free: 'FREE' }, name);

/** `defaultView` of a task group; see `toEnum` for values that the schema does not know. */
export const toTaskView = (name: string | null): TaskView | null =>
  toEnum(
    { list: 'LIST', kanban: 'KANBAN', calendar: 'CALENDAR', gantt: 'GANTT', grid: 'GRID' },
    name,
  );
