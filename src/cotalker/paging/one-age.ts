import type { Call } from '../call.ts';
import type { Session } from '../session.ts';

/**
 * Reads a list by page number such that all its pages are of one age. A page that the response cache has
 * kept, and the next one as it is now, would miss what moved from the one to the other: so where the first
 * page came from there, and turns out not to be all, it is read again.
 *
 * @param read Reads the list; may be called twice.
 */
export async function readAtOneAge<T>(
  session: Session,
  read: (get: Session['get']) => Promise<T>,
): Promise<T> {
  let first: Call | undefined;
  const get: Session['get'] = (call) => {
    if (first !== undefined && session.isCached(first)) throw new Outdated();
    first = call;
    return session.get(call);
  };
  try {
    return await read(get);
  } catch (error) {
    if (!(error instanceof Outdated)) throw error;
    return read((call) => session.get({ ...call, fresh: true }));
  }
}

class Outdated extends Error {}
