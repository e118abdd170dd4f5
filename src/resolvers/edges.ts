import { type FieldInfo, selectsOnly, typeNameOf } from '../graphql/selection.ts';
import type { Reference, References } from '../mapping/fields.ts';
import { unsafeUrl } from '../errors.ts';
import { isSafeUrl } from '../mapping/safe-url.ts';

/**
 * The resolvers that a type needs: one for each field that its model does not hold. A field of the schema that
 * neither the model nor a resolver has is a compile error.
 */
export type Edges<Resolvers, Model> = Required<Omit<Resolvers, keyof Model | '__isTypeOf'>>;

/**
 * The record that a field refers to: null if it names none, an error if the reference cannot be read.
 *
 * @param info Given if the record has an id of its own: a query that selects only that takes no call.
 */
export const follow = <T>(
  reference: Reference,
  load: (id: string) => T,
  info?: FieldInfo,
): T | null | Error => {
  if (typeof reference !== 'string') return reference;
  return info && selectsOnly(info, 'id') ? (idAlone(info, reference) as T) : load(reference);
};

/** The records that a list of references names, in order, like `follow`; each may be null or an error in its place. */
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

/**
 * A link that is safe to send to a caller.
 *
 * @throws GraphQLError `UNSAFE_URL` if following it could run script.
 */
export function safe(target: Reference): Reference {
  if (typeof target !== 'string' || isSafeUrl(target)) return target;
  throw unsafeUrl();
}
