import type { CotalkerError } from '../errors.ts';
import { type Field, readId, readNothing, readUrl } from './values.ts';

/*
 * The building blocks of the records. Any field but the id may be missing, null or of a wrong kind, and unknown
 * fields appear (sheet, section 3): so no reading ever refuses a value. What cannot be read is an error in its
 * place, which a caller meets who asks for that field; the rest of the record is served.
 *
 * They are plain functions and literals. A schema that was compiled to a check allocated 3.6 kB for a group beside the
 * record itself, which was most of the garbage of a list.
 */

/** An object of JSON, whatever it holds. */
export type Raw = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list, each item read on its own; missing reads as empty. */
export const readList = <T>(value: unknown, readItem: (item: unknown) => T): T[] | CotalkerError =>
  Array.isArray(value) ? value.map((item) => readItem(item)) : (readNothing(value) ?? []);

/** An object of such fields. */
export const readObject = <T>(value: unknown, read: (raw: Raw) => T): Field<T> =>
  isObject(value) ? read(value) : readNothing(value);

/** A picture in three sizes, each a URL. */
export const readImage = (value: unknown) =>
  readObject(value, (raw) => ({
    small: readUrl(raw['small']),
    square: readUrl(raw['square']),
    original: readUrl(raw['original']),
  }));
export type ImageRecord = ReturnType<typeof readImage>;

/** What every record has. */
export interface Identified {
  readonly _id: string;
}

/** Reads a record from JSON; undefined where it has no usable id. */
export type RecordReader<R extends Identified> = (value: unknown) => R | undefined;

export type RecordOf<Reader extends (value: unknown) => Identified | undefined> = NonNullable<
  ReturnType<Reader>
>;

/**
 * The reader of a record. The id is the one field that a record cannot do without, in Cotalker's spelling; it may come
 * as other ids do.
 */
export const recordOf =
  <R extends Identified>(read: (raw: Raw, _id: string) => R): RecordReader<R> =>
  (value) => {
    if (!isObject(value)) return undefined;
    const _id = readId(value['_id']);
    return typeof _id === 'string' ? read(value, _id) : undefined;
  };
