import DataLoader from 'dataloader';
import type { CotalkerError } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import { remembered } from './batch.ts';

export interface ByIdLoader<M> {
  /** The record of an id, or null where Cotalker does not know it (any more). */
  byId(id: string | null): Promise<M | null>;
  /** The records of ids, in their order; each may be null, or why it could not be read. */
  byIds(ids: readonly string[]): Promise<(M | null | Error)[]>;
}

/**
 * Loads records that are pointed to from all over a query and lead no further, in as few calls as
 * there can be: it waits until no other call of the request is in flight or about to be made, when all
 * ids that the query can bring up are known. That costs no time in the end: the query's last answer may
 * bring ids, too, so the calls made here come after it in any case.
 *
 * @param list Fetches at most `maxIds` records, by id; ids that it leaves out are unknown to Cotalker.
 */
export function createByIdLoader<R extends object, M>(
  session: Session,
  maxIds: number,
  list: (
    session: Session,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, R | CotalkerError>>,
  toModel: (record: R) => M,
): ByIdLoader<M> {
  const loader = new DataLoader<string, M | null>(
    remembered<string, M | null>(async (ids) => {
      const found = await list(session, ids);
      return ids.map((id) => {
        const record = found.get(id) ?? null;
        return record === null || record instanceof Error ? record : toModel(record);
      });
    }),
    {
      maxBatchSize: maxIds,
      batchScheduleFn: (dispatch) => session.whenIdle(dispatch, 'last'),
    },
  );
  return {
    byId: async (id) => (id === null ? null : loader.load(id)),
    byIds: (ids) => loader.loadMany(ids),
  };
}
