import type { Item } from '../cotalker/records/envelope.ts';
import { CotalkerError } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import { listStates } from '../cotalker/endpoints/state-machines.ts';
import { type StateRecord, taskGroupOf } from '../cotalker/records/state-machine.ts';
import { oncePerKey } from './once-per-key.ts';

/** What came of one call. */
export interface StateList {
  /** The task group that the call was for. */
  readonly taskGroupId: string;
  readonly items: readonly Item<StateRecord>[];
}

export interface StateLists {
  /** All that the call for a task group tells: its own states, and perhaps those of the whole company. */
  of(taskGroupId: string): Promise<StateList>;
  /**
   * What the request's first call told, if that was for another task group, and of the whole company. What is
   * not found there is asked for by `of` before it is taken for absent.
   */
  ofCompany(taskGroupId: string): Promise<StateList | undefined>;
}

/**
 * `GET /v1/tasks/{taskGroupId}/sm/smstate/all`, once for each task group. Where it is known that a call tells of
 * its own task group alone, all are made side by side. Else the first that is asked for goes ahead, and the others
 * wait to see whether it tells of theirs as well.
 */
export function createStateLists(session: Session): StateLists {
  const { traits } = session;
  let first: { readonly of: string; readonly list: Promise<StateList | undefined> } | undefined;
  /** Task groups whose calls told of nothing but their own. */
  const separate = new Set<string>();

  const of = oncePerKey(async (taskGroupId) => {
    const items = await listStates(session, taskGroupId);
    const named = new Set(items.map(taskGroupOf));
    if (!named.isSubsetOf(new Set([taskGroupId, null]))) traits.noteStates('company');
    else if (named.has(taskGroupId)) {
      separate.add(taskGroupId);
      // A call that told of the whole company would have told of the other one's, too.
      if (separate.size > 1) traits.noteStates('taskGroup');
    }
    return { taskGroupId, items };
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
