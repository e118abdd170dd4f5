import DataLoader from 'dataloader';
import type { CotalkerError } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';

export interface ByIdLoader<M> {
  /** The record of an id, or null if it is not (any more) in Cotalker. */
  byId(id: string): Promise<M | null>;
  /** The records of ids, in order; each may be null, or the error why it could not be read. */
  byIds(ids: readonly string[]): Promise<(M | null | Error)[]>;
}

/**
 * Loads records that many parts of a query refer to, and that refer to nothing else, in as few calls as possible.
 * It waits until no other call of the request is in flight or about to start. Then all ids that the query needs are
 * known. That costs no time in the end: the query's last answer may bring ids too, so these calls come after it in
 * any case.
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
    async (ids) => {
      const found = await list(session, ids);
      return ids.map((id) => {
        const record = found.get(id) ?? null;
        return record === null || record instanceof Error ? record : toModel(record);
      });
    },
    {
      maxBatchSize: maxIds,
      batchScheduleFn: (dispatch) => session.whenIdle(dispatch, 'last'),
    },
  );
  return {
    byId: (id) => loader.load(id),
    byIds: (ids) => loader.loadMany(ids),
  };
}
