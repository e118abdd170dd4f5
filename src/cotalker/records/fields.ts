import { CotalkerError, invalidResponse, isReadable } from '../errors.ts';

/*
 * The building blocks of the records: how a value is read, in whatever kind it comes (sheet, sections 1 and 3). What
 * can be read in one way only is read so: "5" as a number, an object that holds an id as that id. Missing, null and,
 * where it can be no value, a text of nothing but spaces are null. All else is UNREADABLE: nothing is guessed, and no
 * value is refused. A caller meets that error who asks for the field; the rest of the record is served.
 *
 * They are plain functions and literals. A schema that was compiled to a check allocated 3.6 kB for a group beside the
 * record itself, which was most of the garbage of a list.
 */

/** What a field holds: its value, null where it is missing, or that it could not be read. */
export type Field<T> = T | null | CotalkerError;

/** Stands in the place of a value of a wrong kind. One for all: it tells nothing of the value. */
export const UNREADABLE = invalidResponse('a field is of a wrong kind');

/** A field's value, or what is to be taken where it is missing or could not be read. */
export const readableOr = <T, O>(field: Field<T>, otherwise: O): T | O =>
  field === null || field instanceof CotalkerError ? otherwise : field;

/** The first of several names of one field that has a value; else why one could not be read; else null. */
export function firstOf<T>(...fields: readonly Field<T>[]): Field<T> {
  let unreadable: Field<T> = null;
  for (const field of fields) {
    if (field === null) continue;
    if (isReadable(field)) return field;
    unreadable ??= field;
  }
  return unreadable;
}

const isBlank = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() === '';

/** What no other reading takes: null where it means that there is nothing, else unreadable. */
export const readNothing = (value: unknown): null | CotalkerError =>
  value == null || isBlank(value) ? null : UNREADABLE;

/** A text that JSON can carry anywhere: half a surrogate pair becomes U+FFFD. */
const wellFormed = (value: string): string => (value.isWellFormed() ? value : value.toWellFormed());

/** A text; a number is one as well. `""` stays: it is a text. */
export function readText(value: unknown): Field<string> {
  if (typeof value === 'string') return wellFormed(value);
  return typeof value === 'number' ? String(value) : readNothing(value);
}

/** Where a link or a picture lies: a text that is not blank. */
export const readUrl = (value: unknown): Field<string> =>
  typeof value === 'string' && !isBlank(value) ? wellFormed(value) : readNothing(value);

const NUMERAL = /^\s*[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?\s*$/i;

export function readNumber(value: unknown): Field<number> {
  const number = typeof value === 'string' && NUMERAL.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : readNothing(value);
}

export function readInteger(value: unknown): Field<number> {
  const number = readNumber(value);
  return typeof number !== 'number' || (number | 0) === number ? number : UNREADABLE;
}

const FLAGS = new Map<unknown, boolean>([
  ['true', true],
  ['false', false],
  [1, true],
  [0, false],
]);

export const readFlag = (value: unknown): Field<boolean> =>
  typeof value === 'boolean' ? value : (FLAGS.get(value) ?? readNothing(value));

/** A Mongo ObjectId as Cotalker writes it: 24 characters of `[0-9a-f]` (sheet, section 1). */
const OBJECT_ID = /^[0-9a-f]{24}$/;

/**
 * Whether a string may stand in a path or a query as an id. Ids are checked, never escaped:
 * `encodeURIComponent('..')` is still `..` and would climb out of the path.
 */
export const isObjectId = (id: string): boolean => OBJECT_ID.test(id);

/** An id, in whatever case; some answers hold the record itself in its place. */
export function readId(value: unknown): Field<string> {
  if (typeof value === 'string') {
    if (isObjectId(value)) return value;
    const spelled = value.toLowerCase();
    return isObjectId(spelled) ? spelled : readNothing(value);
  }
  if (typeof value !== 'object' || value === null || !('_id' in value)) return readNothing(value);
  return typeof value._id === 'string' ? (readId(value._id) ?? UNREADABLE) : UNREADABLE;
}

export type Raw = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list, each item read on its own; missing reads as empty. */
export const readList = <T>(value: unknown, readItem: (item: unknown) => T): T[] | CotalkerError =>
  Array.isArray(value) ? value.map((item) => readItem(item)) : (readNothing(value) ?? []);

export const readObject = <T>(value: unknown, read: (raw: Raw) => T): Field<T> =>
  isObject(value) ? read(value) : readNothing(value);

export const readImage = (value: unknown) =>
  readObject(value, (raw) => ({
    small: readUrl(raw['small']),
    square: readUrl(raw['square']),
    original: readUrl(raw['original']),
  }));
export type ImageRecord = ReturnType<typeof readImage>;

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
