import type { Collection, Item } from '../records/envelope.ts';
import { CotalkerError } from '../errors.ts';
import type { Session } from '../session.ts';
import type { BatchName } from '../traits/index.ts';

export interface IdList<R> {
  readonly name: BatchName;
  /**
   * A page of the list.
   *
   * @param ids The ids that records are to have: an array repeats the key, a text has commas; undefined: any.
   */
  readonly fetchPage: (
    ids: readonly string[] | string | undefined,
    page?: { readonly page?: number; readonly limit: number },
  ) => Promise<Collection<R>>;
  /** One record by its path, where there is such an endpoint; null: 404. */
  readonly fetchOne?: (id: string) => Promise<R | null>;
}

export interface Seeking<R> {
  readonly session: Pick<Session, 'traits'>;
  readonly list: IdList<R>;
  readonly search: IdSearch<R>;
}

/** What one answer to some ids has come to. */
interface Taken {
  /** How many of them it brought. */
  readonly brought: number;
  /** Whether it held no record that was not asked for. */
  readonly isExact: boolean;
  /** Why an item could not be read that hides which record it is. */
  readonly nameless: CotalkerError | undefined;
}

type IdSearch<R> = ReturnType<typeof createIdSearch<R>>;

/** What is known of the ids that are sought. */
export function createIdSearch<R>(ids: readonly string[]) {
  const found = new Map<string, Item<R>['record']>();
  const settled = new Set<string>();
  let unnamed: CotalkerError | undefined;
  const missing = (): readonly string[] => ids.filter((id) => !found.has(id) && !settled.has(id));

  return {
    /** Those that are neither found nor settled. */
    missing,
    has: (id: string): boolean => found.has(id),
    take: (asked: readonly string[], items: readonly Item<R>[]): Taken => {
      const sought = new Set(asked);
      const brought = new Set<string>();
      let isExact = true;
      let nameless: CotalkerError | undefined;
      for (const { id, record } of items) {
        if (id === undefined) nameless = record instanceof CotalkerError ? record : undefined;
        else if (!sought.has(id)) isExact = false;
        else {
          found.set(id, record);
          brought.add(id);
        }
      }
      unnamed ??= nameless;
      return { brought: brought.size, isExact, nameless };
    },
    /** Cotalker does not know the id. */
    settle: (id: string) => void settled.add(id),
    /** The id alone cannot be had. Rethrows what is no failure of Cotalker's. */
    fail: (id: string, error: unknown): void => {
      if (!(error instanceof CotalkerError)) throw error;
      found.set(id, error);
    },
    /** What was found. Where an item hid its id, it may be any of those missing: they fail, they are not absent. */
    conclude: (): ReadonlyMap<string, Item<R>['record']> => {
      if (unnamed !== undefined) for (const id of missing()) found.set(id, unnamed);
      return found;
    },
  };
}

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
