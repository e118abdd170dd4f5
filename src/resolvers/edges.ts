import { type FieldInfo, selectsOnly, typeNameOf } from '../graphql/selection.ts';
import type { Reference, References } from '../mapping/references.ts';

/**
 * The resolvers that a type needs: one for each field that its model does not hold. A field of the schema that
 * neither the model nor a resolver has is a compile error.
 */
export type Edges<Resolvers, Model> = Required<Omit<Resolvers, keyof Model | '__isTypeOf'>>;

/**
 * What a field points to: null where it names nothing, an error where that could not be read.
 *
 * @param info Of a field that leads to a record: where no more than its `id` is selected, that is known already.
 */
export const follow = <T>(
  reference: Reference,
  load: (id: string) => T,
  info?: FieldInfo,
): T | null | Error => {
  if (typeof reference !== 'string') return reference;
  return info && selectsOnly(info, 'id') ? (idAlone(info, reference) as T) : load(reference);
};

/** What a field's list points to, in its order, each as `follow` has it; each may be null or an error in its place. */
export async function followAll<T>(
  references: References,
  loadAll: (ids: readonly string[]) => Promise<(T | null | Error)[]>,
  info?: FieldInfo,
): Promise<(T | null | Error)[]> {
  if (references instanceof Error) throw references;
  const ids = references.filter((id) => typeof id === 'string');
  const isKnown = info && selectsOnly(info, 'id');
  const all = isKnown ? ids.map((id) => idAlone(info, id) as T) : await loadAll(ids);
  const found = all.values();
  return references.map((id) => (id instanceof Error ? id : (found.next().value ?? null)));
}

/** A record as far as it is asked for: nobody looks at its other fields. */
const idAlone = (info: FieldInfo, id: string) => ({ __typename: typeNameOf(info), id });
