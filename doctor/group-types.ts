import { Unmet } from './check.ts';
import type { GroupsByType } from './survey.ts';

/**
 * The type of each group, by id, as the server's own filter tells.
 *
 * @throws Unmet where it does not tell groups apart.
 */
export function typesTold(lists: GroupsByType): ReadonlyMap<string, keyof GroupsByType> {
  const types = new Map<string, keyof GroupsByType>();
  for (const type of ['STANDARD', 'TASK', 'LINK'] as const) {
    for (const { id } of lists[type].items) {
      if (id === undefined) continue;
      if (types.has(id)) throw new Unmet('groupType puts a group under two types.');
      types.set(id, type);
    }
  }
  return types;
}
