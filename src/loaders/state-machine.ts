import type { Item } from '../cotalker/envelope.ts';
import { CotalkerError, invalidResponse } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import { listStateMachines, listStates, machineOfState } from '../cotalker/state-machines.ts';
import {
  type StateMachineModel,
  type StateModel,
  toState,
  toStateMachine,
} from '../mapping/state-machine.ts';
import { oncePerKey } from './once-per-key.ts';

/** A record of a task group; null for an id that the task group does not know. */
type Found<M> = Promise<M | null>;
/** Records in Cotalker's order; one that could not be read stands there as why. */
type Listed<M> = Promise<(M | CotalkerError)[]>;

/**
 * State machines and states have no batch endpoint: one call each for a task group,
 * `GET /v1/tasks/{taskGroupId}/sm/smstatemachine` and `…/sm/smstate/all`, made once a request.
 */
export interface StateMachineLoader {
  machines(taskGroupId: string): Listed<StateMachineModel>;
  machine(taskGroupId: string, id: string | null): Found<StateMachineModel>;
  /** The states of one machine. */
  states(taskGroupId: string, stateMachineId: string): Listed<StateModel>;
  state(taskGroupId: string, id: string | null): Found<StateModel>;
}

export function createStateMachineLoader(session: Session): StateMachineLoader {
  const machinesOf = oncePerKey(async (taskGroupId) =>
    (await listStateMachines(session, taskGroupId)).map((item) =>
      toEntry(item, (record) => toStateMachine(record, taskGroupId)),
    ),
  );
  const statesOf = oncePerKey(async (taskGroupId) =>
    (await listStates(session, taskGroupId)).map((item) => ({
      ...toEntry(item, (record) => toState(record, taskGroupId)),
      machineId: machineOfState(item),
    })),
  );
  return {
    machines: async (taskGroupId) => (await machinesOf(taskGroupId)).map(({ model }) => model),
    machine: async (taskGroupId, id) =>
      id === null ? null : find(await machinesOf(taskGroupId), id),
    states: async (taskGroupId, stateMachineId) =>
      (await statesOf(taskGroupId))
        // One that hides its machine may be of any: it is an error in each, and a state where it is named.
        .filter(({ machineId }) => machineId === undefined || machineId === stateMachineId)
        .map(({ machineId, model }) => (machineId === undefined ? machineless() : model)),
    state: async (taskGroupId, id) => (id === null ? null : find(await statesOf(taskGroupId), id)),
  };
}

const machineless = (): CotalkerError => invalidResponse('a state hides its machine');

interface Entry<M> {
  readonly id: string | undefined;
  readonly model: M | CotalkerError;
}

const toEntry = <R extends object, M>(
  { id, record }: Item<R>,
  toModel: (record: R) => M,
): Entry<M> => ({ id, model: record instanceof CotalkerError ? record : toModel(record) });

function find<M>(entries: readonly Entry<M>[], id: string): M | null {
  // One that hides its id may be the one asked for: then that fails, it is not absent.
  const of = (sought: string | undefined) => entries.find((entry) => entry.id === sought);
  const model = (of(id) ?? of(undefined))?.model ?? null;
  if (model instanceof CotalkerError) throw model;
  return model;
}
