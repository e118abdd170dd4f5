import { invalidResponse } from '../cotalker/errors.ts';
import type { Field } from '../cotalker/records/values.ts';

/**
 * A value of an upstream enumeration as the schema's. A missing value is null. For a value that the schema does not
 * know, only this field fails, with `UPSTREAM_INVALID_RESPONSE`.
 *
 * @param names The upstream's spelling of each value.
 */
export function toEnum<E extends string>(
  names: Readonly<Record<string, E>>,
  value: Field<string>,
): E | null {
  if (value instanceof Error) throw value;
  if (value === null || value === '') return null;
  if (Object.hasOwn(names, value)) return names[value] as E;
  throw invalidResponse('an unknown value');
}
