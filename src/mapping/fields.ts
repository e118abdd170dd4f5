import { type CotalkerError, invalidResponse, isReadable } from '../cotalker/errors.ts';
import { type Field, type ImageRecord, readableOr } from '../cotalker/records/fields.ts';
import type { Image } from '../generated/resolvers.ts';

/**
 * A type of the schema after mapping. A nullable field may hold an error in place of its value, which says why it
 * cannot be read. An executor treats this error as thrown: the field is null, with an error at its path.
 */
export type Fallible<T> = {
  readonly [K in keyof T]: null extends T[K] ? T[K] | CotalkerError : T[K];
};

/** The id of another record, null where there is none, or why it could not be read. */
export type Reference = Field<string>;
/** Ids of other records, in their order; an id that could not be read is an error in its place. */
export type References = readonly (string | CotalkerError)[] | CotalkerError;

/** The items of a list that are not missing. */
export const toReferences = (ids: readonly Reference[] | CotalkerError): References =>
  ids instanceof Error ? ids : ids.filter((id) => id !== null);

/** The first value that has any text. If none has: the error of a value that could not be read, else null. */
export function firstText(...values: readonly Field<string>[]): Field<string> {
  let unreadable: Field<string> = null;
  for (const value of values) {
    if (typeof value !== 'string') unreadable ??= value;
    else if (value.trim() !== '') return value;
  }
  return unreadable;
}

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

export type ImageModel = Fallible<Image>;

/** A picture; null if it has no size at all. */
export function toImage(image: ImageRecord): Field<ImageModel> {
  if (image === null || !isReadable(image)) return image;
  const { small, square, original } = image;
  return (small ?? square ?? original) === null
    ? null
    : { __typename: 'Image', small, square, original };
}

/** Names sort in the same order on every machine: by the root collation, whatever the process's locale is. */
const names = new Intl.Collator('und');

interface Weighed {
  readonly _id: Field<string>;
  readonly weight: Field<number>;
}

/**
 * Sorts by weight, smaller first, items without a weight last. Equal weights sort by name, then by id if there is
 * one, so the order is always the same.
 */
export const byWeight =
  <T extends Weighed>(nameOf: (item: T) => string) =>
  (a: T, b: T): number =>
    compareWeights(a.weight, b.weight) ||
    names.compare(nameOf(a), nameOf(b)) ||
    compareIds(readableOr(a._id, ''), readableOr(b._id, ''));

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareWeights(a: Field<number>, b: Field<number>): number {
  if (a === b) return 0;
  if (typeof a !== 'number') return typeof b === 'number' ? 1 : 0;
  return typeof b === 'number' ? a - b : -1;
}
