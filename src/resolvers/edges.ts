import type { Reference, References } from '../mapping/references.ts';

/**
 * The resolvers that a type needs: one for each field that its model does not hold. A field of the schema that
 * neither the model nor a resolver has is a compile error.
 */
export type Edges<Resolvers, Model> = Required<Omit<Resolvers, keyof Model | '__isTypeOf'>>;

/** The record that a field refers to: null if it names none, an error if the reference cannot be read. */
export const follow = <T>(reference: Reference, load: (id: string) => T): T | null | Error =>
  typeof reference === 'string' ? load(reference) : reference;

/** The records that a list of references names, in order; each may be null or an error in its place. */
export async function followAll<T>(
  references: References,
  loadAll: (ids: readonly string[]) => Promise<(T | null | Error)[]>,
): Promise<(T | null | Error)[]> {
  if (references instanceof Error) throw references;
  const ids = references.filter((id) => typeof id === 'string');
  const found = (await loadAll(ids)).values();
  return references.map((id) => (id instanceof Error ? id : (found.next().value ?? null)));
}
