import { CotalkerError, invalidResponse, isReadable } from '../cotalker/errors.ts';
import { freshly, type Session } from '../cotalker/session.ts';
import { listStateMachines } from '../cotalker/endpoints/state-machines.ts';
import { idIn } from '../cotalker/records/envelope.ts';
import type { Reference } from '../mapping/fields.ts';
import {
  type StateMachineModel,
  type StateModel,
  toNamedState,
  toStateMachine,
} from '../mapping/state-machine.ts';
import { once, oncePerKey } from './once-per-key.ts';
import {
  createStateLists,
  type RecordsById,
  type StateEntry,
  type StateNameLoader,
  toRecordsById,
} from './states.ts';

/** A record of a task group; null for an id that the task group does not know. */
type Found<M> = Promise<M | null>;
/** Records in Cotalker's order; one that could not be read stands there as why. */
type Listed<M> = Promise<(M | CotalkerError)[]>;

/**
 * State machines and states have no batch endpoint: one call each for a task group,
 * `GET /v1/tasks/{taskGroupId}/sm/smstatemachine` and `…/sm/smstate/all`, made once a request. Where the latter
 * lists the states of the whole company, one call serves all task groups.
 */
export interface StateMachineLoader {
  machines(taskGroupId: string): Listed<StateMachineModel>;
  machine(taskGroupId: string, id: string): Found<StateMachineModel>;
  states(taskGroupId: string, stateMachineId: string): Listed<StateModel>;
  state(taskGroupId: string, id: string): Found<StateModel>;
  /**
   * A task's state with no more than its id, name and code. Its task's `status` tells these, see `StateNameLoader`;
   * only where that does not is the state looked up as by `state`.
   */
  namedState(taskGroupId: string, id: string, status: Reference): Found<StateModel>;
}

export function createStateMachineLoader(
  session: Session,
  names: StateNameLoader,
): StateMachineLoader {
  const known = createReader(session, names);
  const fresh = once(() => createReader(freshly(session), names));
  /** If something is missing from what is remembered, Cotalker is asked. */
  const unlessAbsent = async <T>(
    read: (reader: StateMachineLoader) => Promise<T>,
    isAbsent: (found: T) => boolean = (found) => found === null,
  ): Promise<T> => {
    const found = await read(known);
    return isAbsent(found) && session.memory.hasServed() ? read(fresh()) : found;
  };
  return {
    machines: known.machines,
    machine: (...args) => unlessAbsent((reader) => reader.machine(...args)),
    states: (...args) =>
      unlessAbsent(
        (reader) => reader.states(...args),
        (found) => found.length === 0,
      ),
    state: (...args) => unlessAbsent((reader) => reader.state(...args)),
    namedState: (...args) => unlessAbsent((reader) => reader.namedState(...args)),
  };
}

function createReader(session: Session, names: StateNameLoader): StateMachineLoader {
  const machinesOf = oncePerKey(async (taskGroupId) =>
    toRecordsById(await listStateMachines(session, taskGroupId), taskGroupId, toStateMachine),
  );
  const lists = createStateLists(session);
  const state = async (taskGroupId: string, id: string): Found<StateModel> => {
    const known = (await lists.ofCompany(taskGroupId))?.byId.get(id);
    const found =
      known === undefined ? find(await lists.of(taskGroupId), id) : readable(known.model);
    return found && inTaskGroup(found, taskGroupId);
  };
  return {
    machines: async (taskGroupId) => (await machinesOf(taskGroupId)).own.map(({ model }) => model),
    machine: async (taskGroupId, id) => find(await machinesOf(taskGroupId), id),
    states: async (taskGroupId, stateMachineId) => {
      const known = await lists.ofCompany(taskGroupId);
      const isKnown = known !== undefined && isSure(known.all, stateMachineId);
      const { all, own } = isKnown ? known : await lists.of(taskGroupId);
      // One that hides its machine may be of any: it is an error in each, and a state where it is named.
      const isSuspect = (entry: StateEntry) => hidesMachine(entry) && own.includes(entry);
      return all
        .filter((entry) => isOfMachine(entry, stateMachineId) || isSuspect(entry))
        .map((entry) => {
          if (hidesMachine(entry)) return invalidResponse('a state hides its machine');
          return isReadable(entry.model) ? inTaskGroup(entry.model, taskGroupId) : entry.model;
        });
    },
    state,
    namedState: async (taskGroupId, id, status) => {
      const name = await names.ofStatus(status);
      return name === undefined ? state(taskGroupId, id) : toNamedState(id, name);
    },
  };
}

/** Where a state does not name its task group, it is of that which it was looked up in. */
const inTaskGroup = (model: StateModel, taskGroupId: string): StateModel =>
  model.taskGroupId === taskGroupId ? model : { ...model, taskGroupId };

const isOfMachine = ({ item }: StateEntry, machineId: string): boolean =>
  idIn(item, 'stateMachine') === machineId;
const hidesMachine = ({ item }: StateEntry): boolean => idIn(item, 'stateMachine') === undefined;

/** Whether the states of the whole company tell those of a machine. */
const isSure = (entries: readonly StateEntry[], machineId: string): boolean =>
  entries.some((entry) => isOfMachine(entry, machineId)) && !entries.some(hidesMachine);

function find<R, M>({ byId, own }: RecordsById<R, M>, id: string): M | null {
  // One that hides its id may be the one asked for: then that fails, it is not absent.
  const entry = byId.get(id) ?? own.find(({ item }) => item.id === undefined);
  return entry === undefined ? null : readable(entry.model);
}

function readable<M>(model: M | CotalkerError): M {
  if (model instanceof CotalkerError) throw model;
  return model;
}
