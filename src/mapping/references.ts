import type { CotalkerError } from '../cotalker/errors.ts';
import type { Field } from '../cotalker/records/values.ts';

/** The id of another record, null where there is none, or why it could not be read. */
export type Reference = Field<string>;
/** Ids of other records, in their order; an id that could not be read is an error in its place. */
export type References = readonly (string | CotalkerError)[] | CotalkerError;

/** The items of a list that are not missing. */
export const toReferences = (ids: readonly Reference[] | CotalkerError): References =>
  ids instanceof Error ? ids : ids.filter((id) => id !== null);
