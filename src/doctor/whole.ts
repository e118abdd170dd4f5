import type { CotalkerError } from '../cotalker/errors.ts';

/** A record of which every field could be read. */
export type Whole<T> = T extends CotalkerError
  ? never
  : T extends readonly (infer I)[]
    ? Whole<I>[]
    : T extends object
      ? { readonly [K in keyof T]: Whole<T[K]> }
      : T;

/** The fields of a record that could not be read, such as `link.url`. */
export function unreadableFields(value: unknown, path: readonly string[] = []): string[] {
  if (value instanceof Error) return [path.join('.') || 'the whole'];
  if (Array.isArray(value)) return value.flatMap((item) => unreadableFields(item, path));
  if (typeof value !== 'object' || value === null) return [];
  // The names in a path are those that the schema declares; what else the record holds is never in it.
  return Object.entries(value).flatMap(([name, field]) => unreadableFields(field, [...path, name]));
}

export const isWhole = <R>(record: R): record is R & Whole<R> =>
  unreadableFields(record).length === 0;
