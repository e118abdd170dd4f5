import { type Item, readArray } from '../records/envelope.ts';
import {
  type StateMachineRecord,
  stateMachineRecord,
  type StateRecord,
  stateRecord,
} from '../records/state-machine.ts';
import type { Session } from '../session.ts';

/**
 * `GET /v1/tasks/{taskGroupId}/sm/smstatemachine`: all state machines of a task group, and perhaps those of
 * others.
 */
export async function listStateMachines(
  session: Session,
  taskGroupId: string,
): Promise<Item<StateMachineRecord>[]> {
  const call = { template: '/v1/tasks/{id}/sm/smstatemachine', id: taskGroupId } as const;
  return readArray(await session.get(call), stateMachineRecord);
}

/**
 * `GET /v1/tasks/{taskGroupId}/sm/smstate/all`: all states of a task group's machines, or of the whole company
 * (sheet, section 3): see `Traits.states`.
 */
export async function listStates(
  session: Session,
  taskGroupId: string,
): Promise<Item<StateRecord>[]> {
  const call = { template: '/v1/tasks/{id}/sm/smstate/all', id: taskGroupId } as const;
  return readArray(await session.get(call), stateRecord);
}
