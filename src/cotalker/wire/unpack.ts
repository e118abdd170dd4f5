import { promisify } from 'node:util';
import { brotliDecompress, inflate, inflateRaw, unzip, type ZlibOptions } from 'node:zlib';
import { invalidResponse } from '../errors.ts';

/** What {@link readBody} takes apart; to be sent as `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

type Decoder = (body: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

const gunzip: Decoder = promisify(unzip);
const inflateWrapped: Decoder = promisify(inflate);
const inflateBare: Decoder = promisify(inflateRaw);

/** Deflate is wrapped in zlib's format (RFC 9110, section 8.4.1.2), which some servers leave away. */
const inflateEither: Decoder = (body, options) =>
  isWrapped(body) ? inflateWrapped(body, options) : inflateBare(body, options);

/** Whether it begins as zlib's format does (RFC 1950, section 2.2): method 8, and a checksum of two bytes. */
const isWrapped = ([method = 0, flags = 0]: Uint8Array): boolean =>
  (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;

const DECODERS = new Map<string, Decoder>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflateEither],
  ['br', promisify(brotliDecompress)],
]);

/**
 * Unpacks a body, as text. What is in memory of it at any time is bounded by `maxBytes`: a compressed
 * bomb is cut off while it unpacks. One coding at the most is taken apart: a header may name thousands.
 *
 * @param maxBytes The most that is taken, in bytes after decompression.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` for a body that is too large, cut off, corrupt, or
 *   compressed in a way that was not asked for.
 */
export async function readBody(
  body: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Promise<string> {
  const [name, ...more] = codingsOf(encoding);
  if (name === undefined) return toText(body);
  const decode = DECODERS.get(name);
  if (decode === undefined || more.length > 0) {
    throw invalidResponse('the answer is compressed in a way not asked for', 200);
  }
  try {
    return toText(await decode(body, { maxOutputLength: maxBytes }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ERR_BUFFER_TOO_LARGE'
      ? invalidResponse('the answer is too large', 200)
      : invalidResponse('the answer is cut off or corrupt');
  }
}

/** What has to be taken apart: `identity` and an empty name are nothing. */
const codingsOf = (encoding = ''): string[] =>
  encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');

const decoder = new TextDecoder();
const toText = (body: Uint8Array): string => decoder.decode(body);
