import { type Field, firstOf } from '../cotalker/values.ts';

/** The first value that has any text in it; where none has, why one could not be read, else null. */
export const firstText = (...values: readonly Field<string>[]): Field<string> =>
  firstOf(...values.filter((value) => typeof value !== 'string' || value.trim() !== ''));
