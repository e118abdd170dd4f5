import { listStates } from '../cotalker/endpoints/state-machines.ts';
import { CotalkerError, failsAllCalls } from '../cotalker/errors.ts';
import { idIn, type Item } from '../cotalker/records/envelope.ts';
import type { StateMachineRecord, StateRecord } from '../cotalker/records/state-machine.ts';
import type { Session } from '../cotalker/session.ts';
import { type StateModel, type StateName, toState, toStateName } from '../mapping/state-machine.ts';
import { oncePerKey } from './once-per-key.ts';
import { listProperties, PROPERTY_IDS_PER_CALL } from '../cotalker/endpoints/directory.ts';
import type { Reference } from '../mapping/fields.ts';
import { createByIdLoader } from './by-id.ts';

interface Entry<R, M> {
  readonly item: Item<R>;
  readonly model: M | CotalkerError;
}

export interface RecordsById<R, M> {
  readonly all: readonly Entry<R, M>[];
  /** Those that name no other task group than that of the call. */
  readonly own: readonly Entry<R, M>[];
  readonly byId: ReadonlyMap<string | undefined, Entry<R, M>>;
}

export type StateEntry = Entry<StateRecord, StateModel>;
type States = RecordsById<StateRecord, StateModel>;

export function toRecordsById<R extends StateRecord | StateMachineRecord, M>(
  items: readonly Item<R>[],
  taskGroupId: string,
  toModel: (record: R, taskGroupId: string) => M,
): RecordsById<R, M> {
  const whoseIs = (item: Item<R>): string => idIn(item, 'taskGroup') ?? taskGroupId;
  const all = items.map((item) => {
    const { record } = item;
    const model = record instanceof CotalkerError ? record : toModel(record, whoseIs(item));
    return { item, model };
  });
  const own = all.filter(({ item }) => whoseIs(item) === taskGroupId);
  return { all, own, byId: new Map(all.toReversed().map((entry) => [entry.item.id, entry])) };
}

/**
 * `GET /v1/tasks/{taskGroupId}/sm/smstate/all`, once for each task group. Where it is known that a call tells of
 * its own task group alone, all are made side by side. Else the first that is asked for goes ahead, and the others
 * wait to see whether it tells of theirs as well.
 */
export function createStateLists(session: Session) {
  const { traits } = session;
  let first: { readonly of: string; readonly list: Promise<States | undefined> } | undefined;
  /** Task groups whose calls told of nothing but their own. */
  const separate = new Set<string>();

  /** All that the call for a task group tells: its own states, and perhaps those of the whole company. */
  const of = oncePerKey(async (taskGroupId) => {
    const items = await listStates(session, taskGroupId);
    const named = new Set(items.map((item) => idIn(item, 'taskGroup') ?? null));
    if (!named.isSubsetOf(new Set([taskGroupId, null]))) traits.noteStates('company');
    else if (named.has(taskGroupId)) {
      separate.add(taskGroupId);
      // A call that told of the whole company would have told of the other one's, too.
      if (separate.size > 1) traits.noteStates('taskGroup');
    }
    return toRecordsById(items, taskGroupId, toState);
  });

  return {
    of,
    /**
     * What the request's first call told, if that was for another task group, and of the whole company. What is not
     * found there is asked for by `of` before it is taken for absent.
     */
    ofCompany: async (taskGroupId: string): Promise<States | undefined> => {
      if (traits.states() === 'taskGroup') return undefined;
      first ??= { of: taskGroupId, list: of(taskGroupId).catch(ifAny) };
      if (first.of === taskGroupId) return undefined;
      const list = await first.list;
      return traits.states() === 'company' ? list : undefined;
    },
  };
}

/** A call that failed fails its own task group; the others are asked for by theirs. */
function ifAny(error: unknown): undefined {
  if (!(error instanceof CotalkerError)) throw error;
}

export type StateNameLoader = ReturnType<typeof createStateNameLoader>;

export function createStateNameLoader(session: Session) {
  const properties = createByIdLoader(session, PROPERTY_IDS_PER_CALL, listProperties, toStateName);
  return {
    /**
     * The name of a state's property; null where Cotalker does not know the property. One call per 100
     * distinct ids in the whole query as a rule, `GET /v2/properties?ids=…`; none where the state brought its
     * property along.
     */
    of: async (property: StateModel['property']): Promise<StateName | null> => {
      if (property instanceof Error) throw property;
      return typeof property === 'string' ? properties.byId(property) : property;
    },
    /**
     * The name of a task's state by the task's `status`, which is the property of that state (sheet, section 6): calls
     * as of `of`. Or why it cannot be had, where its state would not tell either. Undefined where `status` tells no
     * name: it is missing, Cotalker does not know that property, or does not show it.
     */
    ofStatus: async (status: Reference): Promise<StateName | CotalkerError | undefined> => {
      if (typeof status !== 'string') return undefined;
      try {
        return (await properties.byId(status)) ?? undefined;
      } catch (error) {
        if (!(error instanceof CotalkerError)) throw error;
        return failsAllCalls(error) ? error : undefined;
      }
    },
  };
}
