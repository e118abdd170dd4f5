import type { Item } from '../cotalker/records/envelope.ts';
import { CotalkerError, invalidResponse } from '../cotalker/errors.ts';
import { createMemo } from '../cotalker/sharing/derived.ts';
import { freshly, type Session } from '../cotalker/session.ts';
import { listStateMachines } from '../cotalker/endpoints/state-machines.ts';
import {
  machineOfState,
  type StateMachineRecord,
  type StateRecord,
  taskGroupOf,
} from '../cotalker/records/state-machine.ts';
import type { Reference } from '../mapping/fields.ts';
import {
  type StateMachineModel,
  type StateModel,
  toNamedState,
  toState,
  toStateMachine,
} from '../mapping/state-machine.ts';
import { once, oncePerKey } from './once-per-key.ts';
import type { StateNameLoader } from './state-name.ts';
import { createStateLists, type StateList } from './states.ts';

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
  machine(taskGroupId: string, id: string | null): Found<StateMachineModel>;
  /** The states of one machine. */
  states(taskGroupId: string, stateMachineId: string): Listed<StateModel>;
  state(taskGroupId: string, id: string | null): Found<StateModel>;
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
    machine: async (taskGroupId, id) =>
      id === null ? null : unlessAbsent((reader) => reader.machine(taskGroupId, id)),
    states: (taskGroupId, machineId) =>
      unlessAbsent(
        (reader) => reader.states(taskGroupId, machineId),
        (found) => found.length === 0,
      ),
    state: async (taskGroupId, id) =>
      id === null ? null : unlessAbsent((reader) => reader.state(taskGroupId, id)),
    namedState: (taskGroupId, id, status) =>
      unlessAbsent((reader) => reader.namedState(taskGroupId, id, status)),
  };
}

function createReader(session: Session, names: StateNameLoader): StateMachineLoader {
  const machinesOf = oncePerKey(async (taskGroupId) =>
    toRecordsById(await listStateMachines(session, taskGroupId), taskGroupId, toStateMachine),
  );
  const lists = createStateLists(session);
  const entriesOf = createMemo<StateList, RecordsById<StateRecord, StateModel>>();
  const toStates = (list: StateList): RecordsById<StateRecord, StateModel> =>
    entriesOf(list, () => toRecordsById(list.items, list.taskGroupId, toState));
  const statesOf = async (taskGroupId: string) => toStates(await lists.of(taskGroupId));
  const companyOf = async (taskGroupId: string) => {
    const list = await lists.ofCompany(taskGroupId);
    return list && toStates(list);
  };

  const state = async (taskGroupId: string, id: string | null): Found<StateModel> => {
    if (id === null) return null;
    const known = (await companyOf(taskGroupId))?.byId.get(id);
    return known === undefined ? find(await statesOf(taskGroupId), id) : readable(known.model);
  };

  return {
    machines: async (taskGroupId) => (await machinesOf(taskGroupId)).own.map(({ model }) => model),
    machine: async (taskGroupId, id) =>
      id === null ? null : find(await machinesOf(taskGroupId), id),
    states: async (taskGroupId, stateMachineId) => {
      const known = await companyOf(taskGroupId);
      const isKnown = known !== undefined && isSure(known.all, stateMachineId);
      const { all, own } = isKnown ? known : await statesOf(taskGroupId);
      // One that hides its machine may be of any: it is an error in each, and a state where it is named.
      const isSuspect = (entry: StateAndModel) => hidesMachine(entry) && own.includes(entry);
      return all
        .filter((entry) => isOfMachine(entry, stateMachineId) || isSuspect(entry))
        .map((entry) => (hidesMachine(entry) ? machineless() : entry.model));
    },
    state,
    namedState: async (taskGroupId, id, status) => {
      const name = await names.ofStatus(status);
      return name === undefined ? state(taskGroupId, id) : toNamedState(id, name);
    },
  };
}

const machineless = (): CotalkerError => invalidResponse('a state hides its machine');

/** One record, and what has become of it. */
interface StateRecordAndModel<R, M> {
  readonly item: Item<R>;
  readonly model: M | CotalkerError;
}

/** What one call has told. */
interface RecordsById<R, M> {
  readonly all: readonly StateRecordAndModel<R, M>[];
  /** Those that name no other task group than that of the call. */
  readonly own: readonly StateRecordAndModel<R, M>[];
  readonly byId: ReadonlyMap<string | undefined, StateRecordAndModel<R, M>>;
}

function toRecordsById<R extends StateRecord | StateMachineRecord, M>(
  items: readonly Item<R>[],
  taskGroupId: string,
  toModel: (record: R, taskGroupId: string) => M,
): RecordsById<R, M> {
  const whoseIs = (item: Item<R>): string => taskGroupOf(item) ?? taskGroupId;
  const all = items.map((item) => {
    const { record } = item;
    const model = record instanceof CotalkerError ? record : toModel(record, whoseIs(item));
    return { item, model };
  });
  const own = all.filter(({ item }) => whoseIs(item) === taskGroupId);
  return { all, own, byId: new Map(all.toReversed().map((entry) => [entry.item.id, entry])) };
}

type StateAndModel = StateRecordAndModel<StateRecord, StateModel>;

const isOfMachine = ({ item }: StateAndModel, machineId: string): boolean =>
  machineOfState(item) === machineId;
const hidesMachine = ({ item }: StateAndModel): boolean => machineOfState(item) === undefined;

/** Whether the states of the whole company tell those of a machine. */
const isSure = (entries: readonly StateAndModel[], machineId: string): boolean =>
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
