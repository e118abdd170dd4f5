import type { PropertyRecord } from '../cotalker/properties.ts';
import type { StateMachineRecord, StateRecord } from '../cotalker/state-machines.ts';
import type {
  State,
  StateMachine,
  StateTransition,
  StateType,
  TransitionTrigger,
} from '../generated/resolvers.ts';
import { firstText } from './text.ts';
import { toEnum } from './upstream-enum.ts';

/** States are looked up in their task group, so every model here says in which that is. */
interface InTaskGroup {
  readonly taskGroupId: string;
}

export type StateMachineModel = Omit<StateMachine, 'initialState' | 'states'> &
  InTaskGroup & { readonly initialStateId: string | null };

/** What a state is called: its property's name and code. */
export interface StateName {
  readonly name: string | null;
  readonly code: string | null;
}

export type StateModel = Omit<State, 'name' | 'code' | 'type' | 'transitions'> & {
  readonly typeName: string | null;
  /** The state's property: its id, or its name where the upstream sent the property itself. */
  readonly property: string | StateName | null;
  readonly transitions: readonly StateTransitionModel[];
};

export type StateTransitionModel = Omit<StateTransition, 'to'> &
  InTaskGroup & { readonly toId: string | null };

export const toStateMachine = (
  record: StateMachineRecord,
  taskGroupId: string,
): StateMachineModel => ({
  __typename: 'StateMachine',
  id: record._id,
  name: firstText(record.name, record.code) ?? record._id,
  code: record.code,
  isActive: record.isActive ?? true,
  createdAt: record.createdAt,
  initialStateId: record.initialState,
  taskGroupId,
});

export const toState = (record: StateRecord, taskGroupId: string): StateModel => ({
  __typename: 'State',
  id: record._id,
  isActive: record.isActive ?? true,
  typeName: record.type,
  property:
    record.property === null || typeof record.property === 'string'
      ? record.property
      : toStateName(record.property),
  transitions: record.next.map(({ target, canChange, requiredSurvey }) => ({
    __typename: 'StateTransition',
    by: toTriggers(canChange),
    requiredSurveyId: requiredSurvey,
    toId: target,
    taskGroupId,
  })),
});

/** Both generations of a property: `name: {display, code}`, or `display` and `code`. */
export const toStateName = (record: PropertyRecord): StateName => ({
  name: firstText(
    record.name?.display ?? null,
    record.display,
    record.name?.code ?? null,
    record.code,
  ),
  code: firstText(record.name?.code ?? null, record.code),
});

/** `type` of a state; see `toEnum` for values that the schema does not know. */
export const toStateType = (name: string | null): StateType | null =>
  toEnum({ new: 'NEW', 'in-progress': 'IN_PROGRESS', closed: 'CLOSED' }, name);

const TRIGGERS: Readonly<Record<string, TransitionTrigger>> = {
  manual: 'MANUAL',
  survey: 'SURVEY',
  none: 'NONE',
};

/**
 * A transition's `canChange`. Values that the schema does not know are left out: to fail them would, up
 * the chain of what may not be null, take all states of the workflow along.
 */
export const toTriggers = (names: readonly string[]): TransitionTrigger[] =>
  names.flatMap((name) => TRIGGERS[name] ?? []);
