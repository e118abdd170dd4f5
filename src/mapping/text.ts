import type { Field } from '../cotalker/records/values.ts';

/** The first value that has any text. If none has: the error of a value that could not be read, else null. */
export function firstText(...values: readonly Field<string>[]): Field<string> {
  let unreadable: Field<string> = null;
  for (const value of values) {
    if (typeof value !== 'string') unreadable ??= value;
    else if (value.trim() !== '') return value;
  }
  return unreadable;
}
