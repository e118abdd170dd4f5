import {
  brotliDecompress,
  type CompressCallback,
  inflate,
  inflateRaw,
  unzip,
  type ZlibOptions,
} from 'node:zlib';
import { type CotalkerError, invalidResponse } from '../errors.ts';
import { isWithinBounds } from '../../json-bounds.ts';

/*
 * Bounds on what a body may unfold to. Ten megabytes of `{}` (ten kilobytes, compressed) would be three
 * million objects, each of them checked: a minute in which the gateway does nothing else, and gigabytes.
 * What Cotalker sends stays far below: a page of 1,000 channels with 200 users each has 250,000 values.
 *
 * A text of up to 1,000,000 characters cannot have more values: each takes two characters at least. It is parsed at
 * once. How long its list is, and how deep a broken item nests, is for `records/envelope.ts` to see.
 */
const BOUNDS = { values: 500_000, entries: 20_000, depth: 100 };
const MAX_UNSEEN = 2 * BOUNDS.values;

/** The message of the error for an answer that is not JSON. */
export const NOT_JSON = 'the answer is not JSON';

/**
 * Parses the JSON of an answer.
 *
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where it is not JSON, or has more than 500,000 values. A text
 *   of more than 1,000,000 characters may also have no more than 20,000 in one array or object, nor 100 levels.
 */
export function parseJson(text: string): unknown {
  if (text.length > MAX_UNSEEN && !isWithinBounds(text, BOUNDS))
    throw invalidResponse('the answer unfolds to too much', 200);
  try {
    return JSON.parse(text);
  } catch {
    // The syntax error quotes the body, so it is dropped.
    throw invalidResponse(NOT_JSON, 200);
  }
}

/** The codings that {@link readBody} decompresses, for `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

type Decoder = (body: Uint8Array, options: ZlibOptions, told: CompressCallback) => void;

/** Deflate is wrapped in zlib's format (RFC 9110, section 8.4.1.2), which some servers omit. */
const inflateEither: Decoder = (body, options, told) =>
  isWrapped(body) ? inflate(body, options, told) : inflateRaw(body, options, told);

/** Whether it begins with a zlib header (RFC 1950, section 2.2): method 8, and a checksum of two bytes. */
const isWrapped = ([method = 0, flags = 0]: Uint8Array): boolean =>
  (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;

const DECODERS = new Map<string, Decoder>([
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['deflate', inflateEither],
  ['br', brotliDecompress],
]);

/**
 * Decompresses a body and parses its text. `maxBytes` bounds its memory at any time: a decompression bomb is cut
 * off on the way. It undoes at most one coding, because a header may name thousands.
 *
 * @param maxBytes The largest body, in bytes after decompression.
 * @param read Parses the text; the promise rejects with what it throws.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` for a body that is too large, cut off, corrupt, or compressed
 *   with a coding that was not requested.
 */
export const readBody = <T>(
  body: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
  read: (text: string) => T,
): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const receive = (error: Error | null, unpacked: Uint8Array): void => {
    try {
      if (error !== null) throw failureOfUnpacking(error);
      resolve(read(toText(unpacked)));
    } catch (thrown) {
      reject(thrown);
    }
  };
  const [name, ...more] = codingsOf(encoding);
  const decode = DECODERS.get(name ?? '');
  if (name === undefined) receive(null, body);
  else if (decode === undefined || more.length > 0)
    reject(invalidResponse('the answer is compressed in a way not asked for', 200));
  else decode(body, { maxOutputLength: maxBytes }, receive);
  return promise;
};

const failureOfUnpacking = ({ code }: NodeJS.ErrnoException): CotalkerError =>
  code === 'ERR_BUFFER_TOO_LARGE'
    ? invalidResponse('the answer is too large', 200)
    : invalidResponse('the answer is cut off or corrupt');

/** The codings to undo: `identity` and an empty name need nothing. */
const codingsOf = (encoding = ''): string[] =>
  encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');

const decoder = new TextDecoder();
const toText = (body: Uint8Array): string => decoder.decode(body);
