import type { Reference, References } from '../mapping/fields.ts';

/**
 * The resolvers that a type needs: one for each field that its model does not bring ready. A field of the schema
 * that is in neither is a compile error, in the mapping as long as the model promises it, here from then on.
 */
export type Edges<Resolvers, Model> = Required<Omit<Resolvers, keyof Model | '__isTypeOf'>>;

/** What a field points to: null where it names nothing, an error where that could not be read. */
export const follow = <T>(reference: Reference, load: (id: string) => T): T | null | Error =>
  typeof reference === 'string' ? load(reference) : reference;

/** What a field's list points to, in its order; each may be null or an error in its place. */
export async function followAll<T>(
  references: References,
  loadAll: (ids: readonly string[]) => Promise<(T | null | Error)[]>,
): Promise<(T | null | Error)[]> {
  if (references instanceof Error) throw references;
  const ids = references.filter((id) => typeof id === 'string');
  const found = (await loadAll(ids)).values();
  return references.map((id) => (id instanceof Error ? id : (found.next().value ?? null)));
}
