import { graphql } from '../gql/index.ts';
import type { BoardMachineFragment, StateType } from '../gql/graphql.ts';

export const BOARD_MACHINE = graphql(`
  fragment BoardMachine on StateMachine {
    states {
      id
      name
      type
      isActive
    }
  }
`);

interface Placed {
  readonly state: { readonly id: string } | null;
}

export interface Column<Task> {
  /** The state's id; empty for the tasks whose state no machine has. */
  readonly id: string;
  readonly name: string;
  readonly type: StateType | null;
  readonly tasks: readonly Task[];
}

/** A column for each state of all machines; an inactive one only while a task is in it. Each task shows once. */
export function columnsOf<Task extends Placed>(
  machines: readonly BoardMachineFragment[],
  tasks: readonly Task[],
): readonly Column<Task>[] {
  const states = machines.flatMap((machine) => machine.states ?? []);
  const known = new Set(states.map(({ id }) => id));
  const byState = Map.groupBy(tasks, ({ state }) => (state && known.has(state.id) ? state.id : ''));
  return [...states, { id: '', name: 'Other', type: null, isActive: false }]
    .map(({ id, name, type, isActive }) => ({
      ...{ id, name: name ?? 'Unnamed', type, isActive },
      tasks: byState.get(id) ?? [],
    }))
    .filter(({ isActive, tasks: inside }) => isActive || inside.length > 0);
}
