import { graphql } from '../gql/index.ts';
import type { BoardMachineFragment, CardFragment, StateType } from '../gql/graphql.ts';

export const BOARD_MACHINE = graphql(`
  fragment BoardMachine on StateMachine {
    id
    states {
      id
      name
      type
      isActive
    }
  }
`);

export interface Column {
  /** The state's id; empty for the tasks whose state no machine has. */
  readonly id: string;
  readonly name: string;
  readonly type: StateType | null;
  readonly isActive: boolean;
  /** The id of its state machine; empty where it has none. */
  readonly machine: string;
  readonly tasks: readonly CardFragment[];
}

/** A column for each state of all machines; an inactive one only while a task is in it. Each task shows once. */
export function columnsOf(
  machines: readonly BoardMachineFragment[],
  tasks: readonly CardFragment[],
): readonly Column[] {
  const states = machines.flatMap(
    ({ id: machine, states: all }) => all?.map((state) => ({ ...state, machine })) ?? [],
  );
  const known = new Set(states.map(({ id }) => id));
  const byState = Map.groupBy(tasks, ({ state }) => (state && known.has(state.id) ? state.id : ''));
  return [...states, { id: '', name: 'Other', type: null, isActive: false, machine: '' }]
    .map(({ name, ...state }) => ({
      ...state,
      name: name ?? 'Unnamed',
      tasks: byState.get(state.id) ?? [],
    }))
    .filter(({ isActive, tasks: inside }) => isActive || inside.length > 0);
}

/** The columns that a task of this one may be moved to: which of them by hand, Cotalker says. */
export const targetsOf = (from: Column, columns: readonly Column[]): readonly Column[] =>
  columns.filter(
    ({ id, machine, isActive }) => isActive && machine === from.machine && id !== from.id,
  );
