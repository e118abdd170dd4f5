import type * as z from 'zod';
import type { Template } from '../cotalker/call.ts';
import { type Collection, type Item, readArray, readCollection } from '../cotalker/envelope.ts';
import { CotalkerError, invalidResponse, isReadable } from '../cotalker/errors.ts';
import type { Reply } from './ask.ts';
import { isWhole, unreadableFields, type Whole } from './whole.ts';

/** A call that failed, or whose answer the gateway cannot read. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly template: Template;
  readonly failure: CotalkerError;

  constructor(template: Template, failure: CotalkerError) {
    super(failure.message);
    this.template = template;
    this.failure = failure;
  }
}

/** A list as one call gave it. */
export interface Listing<R> {
  readonly items: readonly Item<R>[];
  /** Those of the items of which every field could be read. */
  readonly records: readonly R[];
  readonly total: number | undefined;
  /** Whether it is the whole list, for certain. */
  readonly isWhole: boolean;
  /** The name under which the total came. */
  readonly totalName: 'count' | 'counter' | undefined;
  /** The fields because of which items could not be read, such as `link.url`. */
  readonly unreadable: readonly string[];
}

type Identified = { readonly _id: string };

/** The ids of all items, unreadable ones too; undefined for those that hide theirs. */
export const idsOf = <R>({ items }: Listing<R>): ReadonlySet<string | undefined> =>
  new Set(items.map(({ id }) => id));

/**
 * Reads a v2 collection, as the gateway does.
 *
 * @throws CallFailed where there is none to read.
 */
export function readListing<R extends Identified>(
  reply: Reply,
  keys: readonly string[],
  schema: z.ZodType<R>,
): Listing<Whole<R>> {
  const { items, total } = readReply(reply, (body): Collection<R> =>
    readCollection(body, keys, schema),
  );
  const isWholeList = total !== undefined && items.length >= total;
  return { ...toList(items), total, isWhole: isWholeList, totalName: totalNameOf(reply) };
}

/** Reads a v1 list, a bare array, which is always whole; otherwise as `readListing`. */
export function readBareListing<R extends Identified>(
  reply: Reply,
  schema: z.ZodType<R>,
): Listing<Whole<R>> {
  const items = readReply(reply, (body) => readArray(body, schema));
  return { ...toList(items), total: undefined, isWhole: true, totalName: undefined };
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

function toList<R extends Identified>(listed: readonly Item<R>[]) {
  const items = listed.map(({ id, record }): Item<Whole<R>> => ({ id, record: wholeOr(record) }));
  const records = items.map(({ record }) => record).filter(isReadable);
  const unreadable = listed.flatMap(({ record }) =>
    isReadable(record) ? unreadableFields(record) : ['_id'],
  );
  return { items, records, unreadable: [...new Set(unreadable)] };
}

/** The gateway serves the rest of a record; of the service it tells that a field is not as documented. */
const wholeOr = <R>(record: R | CotalkerError): Whole<R> | CotalkerError =>
  isReadable(record) && isWhole(record) ? record : invalidResponse('a field could not be read');

function totalNameOf({ result }: Reply): Listing<unknown>['totalName'] {
  if ('failure' in result) return undefined;
  const { data } = result.body as { readonly data: Readonly<Record<string, unknown>> };
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
