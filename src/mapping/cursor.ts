import { hash } from 'node:crypto';
import * as z from 'zod';
import { isObjectId } from '../cotalker/records/fields.ts';
import { MAX_POSITION_IDS, type Position } from '../cotalker/records/moment.ts';

/*
 * Cursors are opaque to clients, versioned, and bound to the list and filter they came from. So another list
 * refuses them, and does not silently skip half of its items. A cursor starts with a checksum of all this, so a
 * damaged cursor is refused too. The checksum needs no secret: a forged cursor reads nothing that the caller's own
 * token does not open.
 */
const VERSION = 1;
const SEAL_LENGTH = 12;

const moment = z.iso.datetime({ precision: 3 }).nullable();
const id = z.string().refine(isObjectId);
/** Ids at two thirds of their length: twelve bytes each. */
const packedIds = z
  .base64url()
  .transform((packed): string[] => hexOf(packed).match(/.{1,24}/g) ?? [])
  .pipe(z.array(id).max(MAX_POSITION_IDS));
const hexOf = (packed: string): string => Buffer.from(packed, 'base64url').toString('hex');
const keysetCursor = z.strictObject({
  at: moment,
  upTo: id.optional(),
  ids: packedIds,
  n: z.int().min(1),
});

/**
 * @param filter All arguments that decide what is on the list, and in what order.
 */
export const listName = (kind: string, filter: Readonly<Record<string, unknown>>): string =>
  sealed([kind, Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1))]);

export const encodeKeysetCursor = (list: string, position: Position): string =>
  encode(list, {
    at: position.modifiedAt,
    upTo: position.upTo,
    ids: Buffer.from(position.ids.join(''), 'hex').toString('base64url'),
    n: position.count,
  });

/** The position that a cursor names; undefined if it is broken or belongs to another list. */
export function decodeKeysetCursor(list: string, cursor: string): Position | undefined {
  const { data } = keysetCursor.safeParse(decode(list, cursor));
  return data && { modifiedAt: data.at, upTo: data.upTo, ids: data.ids, count: data.n };
}

const offsetCursor = z.strictObject({
  offset: z.int().min(1),
  /** Only in cursors of the first version, which stored facts about the server's pages here. */
  pages: z.unknown().optional(),
});

/** The cursor of a position in a list that is read by page number: after `offset` items. */
export const encodeOffsetCursor = (list: string, offset: number): string =>
  encode(list, { offset });

/** The number of items before the position of a cursor; undefined if it is broken or belongs to another list. */
export const decodeOffsetCursor = (list: string, cursor: string): number | undefined =>
  offsetCursor.safeParse(decode(list, cursor)).data?.offset;

const sealOf = (list: string, content: string): string => sealed([VERSION, list, content]);

const sealed = (value: readonly unknown[]): string =>
  hash('sha256', JSON.stringify(value), 'base64url').slice(0, SEAL_LENGTH);

function encode(list: string, value: object): string {
  const content = Buffer.from(JSON.stringify(value)).toString('base64url');
  return sealOf(list, content) + content;
}

function decode(list: string, cursor: string): unknown {
  const content = cursor.slice(SEAL_LENGTH);
  if (cursor !== sealOf(list, content) + content) return undefined;
  try {
    return JSON.parse(Buffer.from(content, 'base64url').toString());
  } catch {
    return undefined;
  }
}
