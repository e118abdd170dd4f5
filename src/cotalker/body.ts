import { promisify } from 'node:util';
import { brotliDecompress, unzip, type ZlibOptions } from 'node:zlib';
import { invalidResponse } from './errors.ts';

/** What {@link readBody} takes apart; to be sent as `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

type Decoder = (body: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

const inflate: Decoder = promisify(unzip);
const DECODERS = new Map<string, Decoder>([
  ['gzip', inflate],
  ['x-gzip', inflate],
  ['deflate', inflate],
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
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity') return toText(body);
  const decode = DECODERS.get(name);
  if (decode === undefined) {
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

const decoder = new TextDecoder();
const toText = (body: Uint8Array): string => decoder.decode(body);
