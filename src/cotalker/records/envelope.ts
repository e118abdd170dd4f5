import type * as z from 'zod';
import { type CotalkerError, invalidResponse } from '../errors.ts';
import { createMemo } from '../sharing/derived.ts';

/** One item of a collection: the record, or why this one could not be read. */
export interface Item<R> {
  /** The id, where at least that could be read. */
  readonly id: string | undefined;
  /** An error only where there is no usable id: a field of a wrong kind is an error in its own place. */
  readonly record: R | CotalkerError;
  /** The item as it came; only for items that could not be read. */
  readonly raw?: unknown;
}

export interface Collection<R> {
  readonly items: readonly Item<R>[];
  /**
   * What the answer's count says (`count=true`); undefined where it has none. It may be of the whole list, of
   * more than that, or of this page: `index.ts` knows which.
   */
  readonly total: number | undefined;
}

/** What every record schema yields at least. */
interface Identified {
  readonly _id: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What bodies were read to; a body that is recalled (`same-bytes.ts`) is not checked a second time. */
const readingsOf = createMemo<object, Map<z.ZodType, unknown>>();

function onceForEach<T>(body: unknown, schema: z.ZodType, read: () => T): T {
  if (typeof body !== 'object' || body === null) return read();
  const known = readingsOf(body, () => new Map());
  if (!known.has(schema)) known.set(schema, read());
  return known.get(schema) as T;
}

/**
 * Reads `{"data": {"<key>": [...], "count": n}}`, the v2 envelope, or what is in it alone, as a documented sample
 * of properties is. `keys` are the names that the
 * collection goes by, in the order of preference. A broken envelope throws
 * `UPSTREAM_INVALID_RESPONSE`; a broken item stands in the list as that error.
 */
export function readCollection<R extends Identified>(
  body: unknown,
  keys: readonly string[],
  schema: z.ZodType<R>,
): Collection<R> {
  return onceForEach(body, schema, () => readData(body, keys, schema));
}

function readData<R extends Identified>(
  body: unknown,
  keys: readonly string[],
  schema: z.ZodType<R>,
): Collection<R> {
  const isBare = isObject(body) && keys.some((key) => Array.isArray(body[key]));
  const data = isBare || !isObject(body) ? body : body['data'];
  if (!isObject(data)) throw invalidResponse('the answer has no data');
  const key = keys.find((key) => Array.isArray(data[key]));
  if (key === undefined) throw invalidResponse('the answer has no collection');
  return { items: readItems(data[key] as unknown[], schema), total: readTotal(data) };
}

/** Reads a v1 answer: a bare array. */
export function readArray<R extends Identified>(body: unknown, schema: z.ZodType<R>): Item<R>[] {
  if (!Array.isArray(body)) throw invalidResponse('the answer is not an array');
  return onceForEach(body, schema, () => readItems(body, schema));
}

/** Reads `{"data": {...}}` with the one record that was asked for, and no other. */
export function readEntity<R extends Identified>(
  body: unknown,
  id: string,
  schema: z.ZodType<R>,
): R {
  const result = schema.safeParse(isObject(body) ? body['data'] : undefined);
  if (!result.success) throw invalidResponse('the record has no id');
  if (result.data._id !== id) throw invalidResponse('the record is not the one asked for');
  return result.data;
}

function readItems<R extends Identified>(values: unknown[], schema: z.ZodType<R>): Item<R>[] {
  return values.map((raw) => {
    const result = schema.safeParse(raw);
    return result.success
      ? { id: result.data._id, record: result.data }
      : { id: undefined, record: invalidResponse('the record has no id'), raw };
  });
}

/**
 * The reference calls it `counter`, the SDK reads `count` (sheet, section 1). What it counts is another
 * question: see `index.ts`.
 */
const readTotal = (data: Record<string, unknown>): number | undefined =>
  readCount(data['count']) ?? readCount(data['counter']);

/** A count as a number, or as a text of digits; undefined for anything else. */
function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(count) && (count as number) >= 0 ? (count as number) : undefined;
}
