import type { CotalkerError } from '../cotalker/errors.ts';

/**
 * A type of the schema after mapping. A nullable field may hold an error in place of its value, which says why it
 * cannot be read. An executor treats this error as thrown: the field is null, with an error at its path.
 */
export type Fallible<T> = {
  readonly [K in keyof T]: null extends T[K] ? T[K] | CotalkerError : T[K];
};
