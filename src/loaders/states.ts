import { listStates } from '../cotalker/endpoints/state-machines.ts';
import { CotalkerError } from '../cotalker/errors.ts';
import { idIn, type Item } from '../cotalker/records/envelope.ts';
import type { StateMachineRecord, StateRecord } from '../cotalker/records/state-machine.ts';
import type { Session } from '../cotalker/session.ts';
import { type StateModel, toState } from '../mapping/state-machine.ts';
import { oncePerKey } from './once-per-key.ts';

/** One record, and what has become of it. */
interface Entry<R, M> {
  readonly item: Item<R>;
  readonly model: M | CotalkerError;
}

/** What the call for a task group has told. */
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

interface StateLists {
  /** All that the call for a task group tells: its own states, and perhaps those of the whole company. */
  of(taskGroupId: string): Promise<States>;
  /**
   * What the request's first call told, if that was for another task group, and of the whole company. What is
   * not found there is asked for by `of` before it is taken for absent.
   */
  ofCompany(taskGroupId: string): Promise<States | undefined>;
}

/**
 * `GET /v1/tasks/{taskGroupId}/sm/smstate/all`, once for each task group. Where it is known that a call tells of
 * its own task group alone, all are made side by side. Else the first that is asked for goes ahead, and the others
 * wait to see whether it tells of theirs as well.
 */
export function createStateLists(session: Session): StateLists {
  const { traits } = session;
  let first: { readonly of: string; readonly list: Promise<States | undefined> } | undefined;
  /** Task groups whose calls told of nothing but their own. */
  const separate = new Set<string>();

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
    ofCompany: async (taskGroupId) => {
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
