import * as z from 'zod';
import type { EntryKey } from './seal.ts';

/** An answer of Cotalker's as it came, to be served again. */
export interface Entry {
  /** When the GET for it was sent, or sent again and answered 304, in milliseconds as `Date.now()` counts. */
  readonly askedAt: number;
  /** How long it may be served from then on without asking, in milliseconds. */
  readonly freshMs: number;
  /** Its `ETag`, by which Cotalker can say that it still holds. */
  readonly etag: string | undefined;
  /** Its `Content-Encoding`: the body is packed as it came. */
  readonly encoding: string | undefined;
  readonly body: Uint8Array;
}

/** How long an entry with an `ETag` is kept beyond its time, to be asked for by that, in milliseconds. */
const REVALIDATE_MS = 10 * 60_000;

/** How long it is of any use, in milliseconds. */
export const keepMs = ({ freshMs, etag }: Entry): number =>
  freshMs + (etag === undefined ? 0 : REVALIDATE_MS);

const header = z.strictObject({
  askedAt: z.number(),
  freshMs: z.number(),
  etag: z.string().optional(),
  encoding: z.string().optional(),
});

const LENGTH_BYTES = 4;

/** The length of the header, the header in JSON, the body. */
export function encodeEntry({ body, ...about }: Entry): Buffer {
  const head = Buffer.from(JSON.stringify(about));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, body]);
}

/** @returns undefined for what is none. */
export function decodeEntry(bytes: Buffer): Entry | undefined {
  if (bytes.length < LENGTH_BYTES) return undefined;
  const end = LENGTH_BYTES + bytes.readUInt32BE();
  if (end > bytes.length) return undefined;
  try {
    const { data } = header.safeParse(JSON.parse(bytes.toString('utf8', LENGTH_BYTES, end)));
    if (data === undefined) return undefined;
    const { etag, encoding, ...times } = data;
    return { ...times, etag, encoding, body: bytes.subarray(end) };
  } catch {
    return undefined;
  }
}

/** Where entries are kept. */
export interface Store {
  /**
   * @param patienceMs Milliseconds that it may take.
   * @returns undefined where there is none.
   * @throws Where that cannot be told, in time or at all, or what is there is not to be trusted.
   */
  get(key: EntryKey, patienceMs: number): Promise<Entry | undefined>;
  /** Keeps an entry as long as it is of use, where there is room for it. Never waited for, never fails. */
  set(key: EntryKey, entry: Entry): void;
}

/** The largest body that is kept, in bytes as it came, which is packed as a rule. */
export const MAX_BODY_BYTES = 1024 * 1024;
