import type { CotalkerError } from '../cotalker/errors.ts';

/**
 * A type of the schema as it is mapped: in the place of a nullable field's value may stand why that could not be
 * read. Executors take an error there as thrown: the field is null, with an error at its path.
 */
export type Fallible<T> = {
  readonly [K in keyof T]: null extends T[K] ? T[K] | CotalkerError : T[K];
};
