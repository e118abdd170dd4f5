import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isObjectId } from '../cotalker/object-id.ts';
import { MAX_POSITION_IDS, type Position } from '../cotalker/position.ts';

/*
 * Cursors: opaque to clients, versioned, and bound to the list and filter they came from, so that one
 * list's cursor is refused by another instead of silently skipping half of it.
 */
const VERSION = 1;

const moment = z.iso.datetime({ precision: 3 }).nullable();
const id = z.string().refine(isObjectId);
const keysetCursor = z.union([
  z.strictObject({
    v: z.literal(VERSION),
    list: z.string(),
    at: moment,
    ids: z.array(id).min(1).max(MAX_POSITION_IDS),
  }),
  z.strictObject({ v: z.literal(VERSION), list: z.string(), at: moment, upTo: id }),
]);

/**
 * The name of a list for its cursors.
 *
 * @param kind What is listed, such as `groups`.
 * @param filter All that decides what is on the list and in what order.
 */
export const listName = (kind: string, filter: Readonly<Record<string, unknown>>): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('base64url')
    .slice(0, 12);

export function encodeKeysetCursor(list: string, { modifiedAt, ids, upTo }: Position): string {
  return encode({ v: VERSION, list, at: modifiedAt, ids, upTo });
}

/** The position that a cursor names; undefined where it is broken or belongs to another list. */
export function decodeKeysetCursor(list: string, cursor: string): Position | undefined {
  const { data } = keysetCursor.safeParse(decode(cursor));
  if (data === undefined || data.list !== list) return undefined;
  return 'ids' in data
    ? { modifiedAt: data.at, ids: data.ids }
    : { modifiedAt: data.at, upTo: data.upTo };
}

const offsetCursor = z.strictObject({
  v: z.literal(VERSION),
  list: z.string(),
  /** How many items lie before the place. */
  offset: z.int().min(1),
});

export const encodeOffsetCursor = (list: string, offset: number): string =>
  encode({ v: VERSION, list, offset });

/** The offset that a cursor names; undefined where it is broken or belongs to another list. */
export function decodeOffsetCursor(list: string, cursor: string): number | undefined {
  const { data } = offsetCursor.safeParse(decode(cursor));
  return data?.list === list ? data.offset : undefined;
}

const MAX_LENGTH = 4096;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decode(cursor: string): unknown {
  if (cursor.length > MAX_LENGTH) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  // Node skips what is not base64; a cursor is either what we wrote, to the letter, or broken.
  if (bytes.toString('base64url') !== cursor) return undefined;
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
