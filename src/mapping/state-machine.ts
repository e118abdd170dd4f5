import type { TaskGroupRecord } from '../cotalker/records/task-group.ts';
import { type Field, firstOf, readableOr } from '../cotalker/records/fields.ts';
import type {
  FlowType,
  State,
  StateMachine,
  StateTransition,
  StateType,
  TaskView,
  TransitionTrigger,
  Workflow,
} from '../generated/resolvers.ts';
import { type Fallible, firstText, type Reference, toEnum } from './fields.ts';
import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { PropertyRecord } from '../cotalker/records/property.ts';
import type { StateMachineRecord, StateRecord } from '../cotalker/records/state-machine.ts';

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

export const toFlowType = (name: Field<string>): FlowType | null =>
  toEnum({ 'state-machine': 'STATE_MACHINE', free: 'FREE' }, name);

export const toTaskView = (name: Field<string>): TaskView | null =>
  toEnum(
    { list: 'LIST', kanban: 'KANBAN', calendar: 'CALENDAR', gantt: 'GANTT', grid: 'GRID' },
    name,
  );

/** States are looked up in their task group, so every model here names its task group. */
interface InTaskGroup {
  readonly taskGroupId: string;
}

export type StateMachineModel = Fallible<Omit<StateMachine, 'initialState' | 'states'>> &
  InTaskGroup & {
    readonly initialStateId: Reference;
    readonly slots: StateMachineRecord['dynamicPropertyTypes'];
  };

export interface StateName {
  readonly name: Field<string>;
  readonly code: Field<string>;
  /** The code of the property's type. */
  readonly type: Field<string>;
}

export type StateModel = Omit<State, 'name' | 'code' | 'type' | 'transitions' | 'tasks'> &
  InTaskGroup & {
    readonly typeName: Field<string>;
    /** The state's property: its id, or its name where the upstream sent the property itself. */
    readonly property: Reference | StateName;
    readonly transitions: readonly StateTransitionModel[];
  };

export type StateTransitionModel = Fallible<Omit<StateTransition, 'to'>> &
  InTaskGroup & { readonly toId: Reference };

export const toStateMachine = (
  record: StateMachineRecord,
  taskGroupId: string,
): StateMachineModel => ({
  __typename: 'StateMachine',
  id: record._id,
  name: readableOr(firstText(record.name, record.code), record._id),
  code: record.code,
  isActive: readableOr(record.isActive, true),
  createdAt: record.createdAt,
  initialStateId: record.initialState,
  slots: record.dynamicPropertyTypes,
  taskGroupId,
});

export const toState = (record: StateRecord, taskGroupId: string): StateModel => ({
  __typename: 'State',
  id: record._id,
  isActive: readableOr(record.isActive, true),
  typeName: record.type,
  property: toProperty(record.property),
  transitions: toTransitions(record.next, taskGroupId),
  taskGroupId,
});

/** A state of which a query selects only its id, name and code. */
export const toNamedState = (id: string, property: StateName | CotalkerError): StateModel =>
  ({ __typename: 'State', id, property }) as StateModel;

/** A property that came with its name needs no look-up; one without a name does. */
export function toProperty(property: StateRecord['property']): StateModel['property'] {
  if (property === null || typeof property === 'string' || property instanceof Error)
    return property;
  const known = toStateName(property);
  return known.name === null && known.code === null ? property._id : known;
}

/**
 * The transitions out of a state. A transition that cannot be read has errors in its fields. It cannot be an error
 * itself: no item of the list may be null, so the error would make the whole state null.
 */
function toTransitions(next: StateRecord['next'], taskGroupId: string): StateTransitionModel[] {
  const unreadable = (why: CotalkerError): StateTransitionModel => ({
    __typename: 'StateTransition',
    by: [],
    requiredSurveyId: why,
    toId: why,
    taskGroupId,
  });
  if (next instanceof Error) return [unreadable(next)];
  return next
    .filter((transition) => transition !== null)
    .map((transition) => {
      if (transition instanceof Error) return unreadable(transition);
      const { target, canChange, requiredSurvey } = transition;
      return {
        __typename: 'StateTransition',
        by: toTriggers(canChange),
        requiredSurveyId: toSurveyId(requiredSurvey),
        toId: target,
        taskGroupId,
      };
    });
}

type TransitionRecord = Exclude<
  Exclude<StateRecord['next'], CotalkerError>[number],
  CotalkerError | null
>;

const toSurveyId = (survey: TransitionRecord['requiredSurvey']): Reference =>
  survey === null || typeof survey === 'string' || survey instanceof Error
    ? survey
    : firstOf(survey.surveyId, survey._id);

/** Both generations of a property: `name: {display, code}`, or `display` and `code`. */
export function toStateName({
  name,
  display,
  code,
  propertyType,
}: Omit<PropertyRecord, '_id'>): StateName {
  const own = name === null || !isReadable(name) ? { display: name, code: name } : name;
  return {
    name: firstText(own.display, display, own.code, code),
    code: firstText(own.code, code),
    type: propertyType,
  };
}

export const toStateType = (name: Field<string>): StateType | null =>
  toEnum({ new: 'NEW', 'in-progress': 'IN_PROGRESS', closed: 'CLOSED' }, name);

/** The upstream's names, the older ones too (sheet, section 3, "State"). */
const TRIGGERS = new Map<unknown, readonly TransitionTrigger[]>([
  ['manual', ['MANUAL']],
  ['task-ui', ['MANUAL']],
  ['survey', ['SURVEY']],
  ['none', ['NONE']],
  ['*', ['MANUAL', 'SURVEY', 'NONE']],
]);

/**
 * A transition's `canChange`, each trigger once. Values that the schema does not know are left out. As errors they
 * would make the parents null that may not hold null, up to all states of the workflow.
 */
export const toTriggers = (names: TransitionRecord['canChange']): TransitionTrigger[] =>
  names instanceof Error ? [] : [...new Set(names.flatMap((name) => TRIGGERS.get(name) ?? []))];
