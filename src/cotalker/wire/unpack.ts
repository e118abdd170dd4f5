import {
  brotliDecompress,
  type CompressCallback,
  inflate,
  inflateRaw,
  unzip,
  type ZlibOptions,
} from 'node:zlib';
import { type CotalkerError, invalidResponse } from '../errors.ts';

/** What {@link readBody} takes apart; to be sent as `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

type Decoder = (body: Uint8Array, options: ZlibOptions, told: CompressCallback) => void;

/** Deflate is wrapped in zlib's format (RFC 9110, section 8.4.1.2), which some servers leave away. */
const inflateEither: Decoder = (body, options, told) =>
  isWrapped(body) ? inflate(body, options, told) : inflateRaw(body, options, told);

/** Whether it begins as zlib's format does (RFC 1950, section 2.2): method 8, and a checksum of two bytes. */
const isWrapped = ([method = 0, flags = 0]: Uint8Array): boolean =>
  (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;

const DECODERS = new Map<string, Decoder>([
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['deflate', inflateEither],
  ['br', brotliDecompress],
]);

/**
 * Unpacks a body, and has its text read. What is in memory of it at any time is bounded by `maxBytes`: a compressed
 * bomb is cut off while it unpacks. One coding at the most is taken apart: a header may name thousands.
 *
 * @param maxBytes The most that is taken, in bytes after decompression.
 * @param read What to make of the text; what it throws, the promise rejects with.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` for a body that is too large, cut off, corrupt, or
 *   compressed in a way that was not asked for.
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

/** What has to be taken apart: `identity` and an empty name are nothing. */
const codingsOf = (encoding = ''): string[] =>
  encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');

const decoder = new TextDecoder();
const toText = (body: Uint8Array): string => decoder.decode(body);
