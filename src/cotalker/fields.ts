import * as z from 'zod';
import { isObjectId } from './object-id.ts';

/*
 * The building blocks of the records. Any field but the id may be missing or null, and unknown fields
 * appear (sheet, section 3): so every one of these is `nullish`, and a missing value reads as null.
 */

export const objectId = z.string().refine(isObjectId, 'not an ObjectId');

const orNull = <T>(value: T | null | undefined): T | null => value ?? null;

export const text = z.string().nullish().transform(orNull);
export const number = z.number().nullish().transform(orNull);
/** A whole number that GraphQL's `Int` can carry. */
export const integer = z.int32().nullish().transform(orNull);
export const flag = z.boolean().nullish().transform(orNull);

/** A moment as ISO 8601, brought to the one spelling that sorts as text: UTC with milliseconds. */
export const dateTime = z.iso
  .datetime({ offset: true })
  .transform((value) => (value.length === 24 ? value : new Date(value).toISOString()))
  // An offset can lead out of the years of four digits, which alone sort as text.
  .refine((value) => value.length === 24)
  .nullish()
  .transform(orNull);

/** An id that points to another record; some answers hold the record itself in its place. */
export const reference = z
  .union([objectId, z.object({ _id: objectId }).transform(({ _id }) => _id)])
  .nullish()
  .transform(orNull);

/** A list; missing reads as empty. */
export const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);

/** A picture in three sizes, each a URL. */
export const image = z
  .object({ small: text, square: text, original: text })
  .nullish()
  .transform(orNull);
export type ImageRecord = NonNullable<z.infer<typeof image>>;

/**
 * A record of such fields, checked by a function that zod makes of it as the module loads: 0.5 µs for a group in
 * place of 1.4, and without the two objects for each field that the general parser leaves behind.
 *
 * @throws ZodCompileUnsupportedError for what cannot be made one: no record is to be slow unnoticed.
 */
export const recordOf = <S extends z.ZodRawShape>(shape: S) =>
  z.compile(z.object(shape), { strict: true });
