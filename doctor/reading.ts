import {
  type Collection,
  type Item,
  readArray,
  readCollection,
} from '../src/cotalker/records/envelope.ts';
import { type Identified, isObject, type RecordReader } from '../src/cotalker/records/fields.ts';
import { CotalkerError, isReadable } from '../src/cotalker/errors.ts';
import type { CountMeaning } from '../src/cotalker/traits/index.ts';
import { CallFailed, type Reply } from './reply.ts';

/** A list as one call gave it. */
export interface Listing<R> {
  readonly items: readonly Item<R>[];
  /** Those of the items that could be read. */
  readonly records: readonly R[];
  readonly total: number | undefined;
  /** Whether it is the whole list, for certain: a count that may be the page's own tells nothing. */
  readonly isWhole: boolean;
  /** The name under which the total came. */
  readonly totalName: 'count' | 'counter' | undefined;
  /** The items as they came, whatever is wrong with them. */
  readonly raw: readonly unknown[];
  /** The name under which the items came: `data.taskgroups`. */
  readonly place: string;
  /** The fields that could not be read, such as `link.url`. */
  readonly unreadable: readonly string[];
  /** How many of the records have no such field. */
  readonly whole: number;
}

/** The ids of all items, unreadable ones too; undefined for those that hide theirs. */
export const idsOf = <R>({ items }: Listing<R>): ReadonlySet<string | undefined> =>
  new Set(items.map(({ id }) => id));

/**
 * Reads a v2 collection, as the gateway does.
 *
 * @param meaning What counts of this list are known to mean.
 * @throws CallFailed where there is none to read.
 */
export function readListing<R extends Identified>(
  reply: Reply,
  keys: readonly string[],
  reader: RecordReader<R>,
  meaning: CountMeaning = 'unknown',
): Listing<R> {
  const { items, total } = readReply(reply, (body): Collection<R> =>
    readCollection(body, keys, reader),
  );
  const isWhole = isAll(items.length, total, meaning);
  const own = { total, isWhole, totalName: totalNameOf(reply), ...rawOf(reply, keys) };
  return { ...toList(items), ...own };
}

/** Whether a count proves that so many items are all; one item alone is taken for a list of one. */
export const isAll = (items: number, total: number | undefined, meaning: CountMeaning): boolean =>
  total !== undefined &&
  items >= total &&
  (meaning === 'total' || meaning === 'wider' || (meaning === 'unknown' && items < 2));

function rawOf({ raw }: Reply, keys: readonly string[]): Pick<Listing<unknown>, 'raw' | 'place'> {
  const body = (raw ?? {}) as Readonly<Record<string, unknown>>;
  const { data } = body;
  const isWrapped = typeof data === 'object' && data !== null;
  const inside = (isWrapped ? data : body) as Readonly<Record<string, unknown>>;
  const key = keys.find((name) => Array.isArray(inside[name])) ?? '';
  return { raw: (inside[key] ?? []) as unknown[], place: isWrapped ? `data.${key}` : key };
}

/** Reads a v1 list, a bare array, which is always whole; otherwise as `readListing`. */
export function readBareListing<R extends Identified>(
  reply: Reply,
  reader: RecordReader<R>,
): Listing<R> {
  const items = readReply(reply, (body) => readArray(body, reader));
  const raw = (reply.raw ?? []) as unknown[];
  const own = { total: undefined, isWhole: true, totalName: undefined, raw, place: '' };
  return { ...toList(items), ...own };
}

/** @throws CallFailed where the call failed, or `read` throws a CotalkerError. */
export function readReply<T>({ template, result }: Reply, read: (body: unknown) => T): T {
  if ('failure' in result) throw new CallFailed(template, result.failure);
  try {
    return read(result.body);
  } catch (error) {
    throw error instanceof CotalkerError ? new CallFailed(template, error) : error;
  }
}

function toList<R extends Identified>(items: readonly Item<R>[]) {
  const records = items.map(({ record }) => record).filter(isReadable);
  const ofItems = items
    .filter(({ record }) => !isReadable(record))
    .map(({ raw }) => (isObject(raw) ? '_id' : 'the whole'));
  const fields = records.map((record) => unreadableFields(record));
  return {
    items,
    records,
    unreadable: [...new Set([...ofItems, ...fields.flat()])],
    whole: fields.filter(({ length }) => length === 0).length,
  };
}

/** The fields of a record that hold why they could not be read; it has none but those that are declared. */
function unreadableFields(value: unknown, path = ''): string[] {
  if (value instanceof CotalkerError) return [path];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => unreadableFields(one, path));
  return Object.entries(value).flatMap(([name, one]) =>
    unreadableFields(one, path === '' ? name : `${path}.${name}`),
  );
}

function totalNameOf({ result }: Reply): Listing<unknown>['totalName'] {
  if ('failure' in result) return undefined;
  const body = result.body as Readonly<Record<string, unknown>>;
  // Properties have no envelope in the published sample.
  const data = (body['data'] ?? body) as Readonly<Record<string, unknown>>;
  return (['count', 'counter'] as const).find((name) => Number.isSafeInteger(data[name]));
}

/**
 * The status of an answer, for checks that are about it.
 *
 * @throws CallFailed where there is none, or it tells of a trouble of Cotalker's own: that may pass, and says
 *   nothing of what was asked.
 */
export function statusOf({ template, result }: Reply): number {
  if (!('failure' in result)) return 200;
  const { status, isTransient } = result.failure;
  if (status === undefined || isTransient || status >= 500)
    throw new CallFailed(template, result.failure);
  return status;
}

/** Whether the server objects to what was asked, not to who asks. */
export const isRefused = ({ result }: Reply): boolean =>
  'failure' in result && [400, 413, 422].includes(result.failure.status ?? 0);

/** What became of a failed call, behind the name of its endpoint. */
export function describeFailure({ code, status, message }: CotalkerError): string {
  switch (code) {
    case 'FORBIDDEN':
      return 'answered 403: the token may not read it';
    case 'RATE_LIMITED':
      return 'answered 429: too many calls at the moment';
    case 'UPSTREAM_TIMEOUT':
      return 'did not answer in time';
    default:
      if (status !== undefined && status !== 200) return `answered ${status}`;
      return code === 'UPSTREAM_INVALID_RESPONSE'
        ? `was answered, but ${message}`
        : 'could not be reached';
  }
}
