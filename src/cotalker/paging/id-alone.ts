import { CotalkerError } from '../errors.ts';
import type { Seeking } from './id-search.ts';

/** `ignored`: the server follows the id neither in the query nor in the path. */
export type Outcome = 'found' | 'settled' | 'ignored';

/**
 * Asks for one id: by `ids=A`, or by the record's path where the list takes no notice of that.
 *
 * @throws CotalkerError where the server fails, or refuses the caller.
 */
export async function askAlone<R>(seeking: Seeking<R>, id: string): Promise<Outcome> {
  const { session, list, search } = seeking;
  const isByPath = session.traits.batchOf(list.name).way === 'path';
  if (isByPath && (await askByPath(seeking, id))) return 'settled';
  const page = await unlessRefused(REFUSALS, () => list.fetchPage([id]));
  const { isExact, nameless } = search.take([id], page?.items ?? []);
  if (page === undefined || !isExact)
    return !isByPath && (await askByPath(seeking, id)) ? 'settled' : 'ignored';
  if (search.has(id)) return 'found';
  if (nameless === undefined) search.settle(id);
  else search.fail(id, nameless);
  return 'settled';
}

/** Whether the path has told what there is to know of an id. */
async function askByPath<R>(
  { session: { traits }, list, search }: Seeking<R>,
  id: string,
): Promise<boolean> {
  if (list.fetchOne === undefined) return false;
  let record;
  try {
    record = await list.fetchOne(id);
  } catch (error) {
    if (!(error instanceof CotalkerError)) throw error;
    if (error.code === 'FORBIDDEN') return false;
    if (error.code !== 'UPSTREAM_INVALID_RESPONSE') throw error;
    search.fail(id, error);
    return true;
  }
  const { way } = traits.batchOf(list.name);
  if (record !== null) {
    search.take([id], [{ id, record }]);
    // What takes several at once is not given up for one odd answer.
    if (way === undefined || way === 'single') traits.noteBatch(list.name, 'path', 1);
    return true;
  }
  // Where nothing has come by a path yet, there may be no such path.
  if (way !== 'path') return false;
  search.settle(id);
  return true;
}

/** Statuses that object to what was asked, not to who asks. */
export const REFUSALS: ReadonlySet<number | undefined> = new Set([400, 413, 414, 422]);
/** Those that may be an objection, or chance, where it is not known that what was asked is understood. */
export const DOUBTS: ReadonlySet<number | undefined> = new Set([404, 500]);

/** Undefined where the answer has one of the statuses. */
export async function unlessRefused<T>(
  statuses: ReadonlySet<number | undefined>,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CotalkerError && statuses.has(error.status)) return undefined;
    throw error;
  }
}
