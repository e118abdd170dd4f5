import type { Item } from '../records/envelope.ts';
import type { Session } from '../session.ts';

/** Which records, and how they are read. */
interface Kind<R> {
  readonly name: 'users' | 'properties';
  readonly read: (raw: unknown) => Item<R>;
}

/**
 * Records by their ids: those that are remembered, and the others as they are fetched. Only records are remembered,
 * never that there is none, so an id that is not remembered is always asked for.
 *
 * @returns As `fetchByIds`.
 */
export async function rememberedOr<R>(
  memory: Session['memory'],
  { name, read }: Kind<R>,
  ids: readonly string[],
  fetch: (missing: readonly string[]) => Promise<ReadonlyMap<string, Item<R>['record']>>,
): Promise<ReadonlyMap<string, Item<R>['record']>> {
  const raw = await memory.records(name, ids);
  const missing = ids.filter((id) => !raw.has(id));
  const fetched = missing.length > 0 ? await fetch(missing) : [];
  const known = [...raw].map(([id, value]) => [id, read(value).record] as const);
  return new Map([...known, ...fetched]);
}
