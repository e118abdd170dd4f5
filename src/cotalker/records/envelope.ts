import { type CotalkerError, invalidResponse, isReadable } from '../errors.ts';
import { readOnce } from '../sharing/derived.ts';
import { type Field, type Identified, isObject, readId, type RecordReader } from './fields.ts';

export interface Item<R> {
  /** The id, where at least that could be read. */
  readonly id: string | undefined;
  /** An error only where there is no usable id: a field of a wrong kind is an error in its own place. */
  readonly record: R | CotalkerError;
  readonly raw?: unknown;
}

export interface Collection<R> {
  readonly items: readonly Item<R>[];
  /**
   * What the answer's count says (`count=true`); undefined where it has none. It may be of the whole list, of
   * more than that, or of this page: `traits` knows which.
   */
  readonly total: number | undefined;
  /** The answer that it was read from. */
  readonly body?: unknown;
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
  reader: RecordReader<R>,
): Collection<R> {
  if (!isObject(body)) throw invalidResponse('the answer has no collection');
  return readOnce(body, reader, () => readData(body, keys, reader));
}

function readData<R extends Identified>(
  body: unknown,
  keys: readonly string[],
  reader: RecordReader<R>,
): Collection<R> {
  const found = collectionIn(body, keys);
  if (found === undefined) throw invalidResponse('the answer has no collection');
  return { items: readItems(found.values, reader), total: readTotal(found.data), body };
}

/** The items of a collection as they came, and what stands beside them; undefined where there is none. */
export function collectionIn(
  body: unknown,
  keys: readonly string[],
): { readonly values: readonly unknown[]; readonly data: Record<string, unknown> } | undefined {
  if (!isObject(body)) return undefined;
  for (const data of [body, body['data']]) {
    if (!isObject(data)) continue;
    const values = keys.map((key) => data[key]).find((value) => Array.isArray(value));
    if (Array.isArray(values)) return { values, data };
  }
  return undefined;
}

/** Reads a v1 answer: a bare array. */
export function readArray<R extends Identified>(body: unknown, reader: RecordReader<R>): Item<R>[] {
  if (!Array.isArray(body)) throw invalidResponse('the answer is not an array');
  return readOnce(body, reader, () => readItems(body, reader));
}

/**
 * Reads `{"data": {...}}` with the one record that was asked for, and no other.
 *
 * @param id Undefined where it was not asked for by its id.
 */
export function readEntity<R extends Identified>(
  body: unknown,
  id: string | undefined,
  reader: RecordReader<R>,
): R {
  const record = reader(entityIn(body));
  if (record === undefined) throw invalidResponse('the record has no id');
  if (id !== undefined && record._id !== id)
    throw invalidResponse('the record is not the one asked for');
  return record;
}

/**
 * The record of a v1 answer that holds one: bare, or under its name (sheet, section 6), or in an envelope as v2 has it;
 * undefined where it holds none.
 */
export function readBareOrNamed<R extends Identified>(
  body: unknown,
  name: string,
  reader: RecordReader<R>,
): R | undefined {
  const named = isObject(body) ? (body[name] ?? body['data']) : undefined;
  return reader(body) ?? reader(named);
}

/** What an answer with one record holds, as it came. */
export const entityIn = (body: unknown): unknown => (isObject(body) ? body['data'] : undefined);

/**
 * The id that a field of an item holds, null for none; undefined where that cannot be read. Even an item without an id
 * of its own may tell it.
 */
export function idIn<F extends string>(
  { record, raw }: Pick<Item<Readonly<Record<F, Field<string>>>>, 'record' | 'raw'>,
  field: F,
): string | null | undefined {
  const value = isReadable(record) ? record[field] : isObject(raw) ? readId(raw[field]) : undefined;
  return isReadable(value) ? value : undefined;
}

/** Pages have 1,000 items at the most; a list that has no pages may have more. */
const MAX_ITEMS = 20_000;
const MAX_LEVELS = 100;

function readItems<R extends Identified>(
  values: readonly unknown[],
  reader: RecordReader<R>,
): Item<R>[] {
  if (values.length > MAX_ITEMS) throw invalidResponse('the answer unfolds to too much', 200);
  return values.map((raw) => readItem(raw, reader));
}

/**
 * One item of a collection as it came; one without a usable id is an error.
 *
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where that nests too deep.
 */
export function readItem<R extends Identified>(raw: unknown, reader: RecordReader<R>): Item<R> {
  const record = reader(raw);
  if (record !== undefined) return { id: record._id, record, raw };
  // It is told apart by its JSON, which V8 does not write of thousands of levels.
  if (!isWithin(MAX_LEVELS, raw)) throw invalidResponse('the answer nests too deep', 200);
  return { id: undefined, record: invalidResponse('the record has no id'), raw };
}

const isWithin = (levels: number, value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((inner) => isWithin(levels - 1, inner)));

/**
 * The reference calls it `counter`, the SDK reads `count` (sheet, section 1). What it counts is another
 * question: see `traits`.
 */
const readTotal = (data: Record<string, unknown>): number | undefined =>
  readCount(data['count']) ?? readCount(data['counter']);

function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(count) && (count as number) >= 0 ? (count as number) : undefined;
}
