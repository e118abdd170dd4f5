import * as z from 'zod';
import type { CotalkerError } from '../errors.ts';
import { readMoment } from './moment.ts';
import {
  readFlag,
  readId,
  readInteger,
  readNothing,
  readNumber,
  readText,
  readUrl,
} from './values.ts';

/*
 * The building blocks of the records. Any field but the id may be missing, null or of a wrong kind, and unknown
 * fields appear (sheet, section 3): so none of these ever refuses a value. What cannot be read is an error in its
 * place, which a caller meets who asks for that field; the rest of the record is served.
 */

/** Whatever there is, or is not. */
const anything = z.unknown().optional();

/** The one field that a record cannot do without, in Cotalker's spelling; it may come as other ids do. */
export const objectId = anything.transform(readId).pipe(z.string());

export const text = anything.transform(readText);
export const url = anything.transform(readUrl);
export const number = anything.transform(readNumber);
/** A whole number that GraphQL's `Int` can carry. */
export const integer = anything.transform(readInteger);
export const flag = anything.transform(readFlag);
/** A moment as ISO 8601 in UTC with milliseconds, which sorts as text. */
export const dateTime = anything.transform(readMoment);
/** An id that points to another record; some answers hold the record itself in its place. */
export const reference = anything.transform(readId);

/** A list, each item read on its own; missing reads as empty. */
export const list = <T extends z.ZodType>(item: T) =>
  z.union([
    z.array(item),
    anything.transform((value): z.output<T>[] | CotalkerError => readNothing(value) ?? []),
  ]);

const noObject = anything.transform(readNothing);

/** An object of such fields. */
export const object = <S extends z.ZodRawShape>(shape: S) => z.union([z.object(shape), noObject]);

/** A picture in three sizes, each a URL. */
export const image = object({ small: url, square: url, original: url });
export type ImageRecord = z.infer<typeof image>;

/**
 * A record of such fields. zod compiles its check into a function when the module loads. That takes 0.5 µs for a
 * group instead of 1.4 µs, and creates no objects for each field, unlike the general parser.
 *
 * @throws ZodCompileUnsupportedError for what cannot be made one: no record is to be slow unnoticed.
 */
export const recordOf = <S extends z.ZodRawShape>(shape: S) =>
  z.compile(z.object(shape), { strict: true });
