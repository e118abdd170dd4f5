import { createMemo } from '../sharing/derived.ts';
import type { ListName } from '../traits/index.ts';

/** What a session is finding out, by list. */
const underWay = createMemo<object, Map<ListName, Promise<void>>>();

/**
 * Finds out about lists of one kind once a request, however many of them it reads at the same time. The others wait
 * for the first. They find out themselves only if the first did not learn it.
 *
 * @returns Whether it was needed here.
 */
export async function oneAtATime(
  session: object,
  name: ListName,
  isNeeded: () => boolean,
  findOut: () => Promise<void>,
): Promise<boolean> {
  const known = underWay(session, () => new Map());
  while (isNeeded()) {
    const other = known.get(name);
    if (other === undefined) {
      const own = findOut().finally(() => known.delete(name));
      known.set(name, own);
      await own;
      return true;
    }
    // Whoever finds out is told why it failed; here it is tried anew.
    await other.catch(() => undefined);
  }
  return false;
}
