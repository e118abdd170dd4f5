import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import { CotalkerError, invalidResponse } from './errors.ts';

/** What {@link readBody} takes apart; to be sent as `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/**
 * Reads a body to its end, as text. What is in memory of it at any time is bounded by `maxBytes`: a
 * compressed bomb is cut off while it unpacks.
 *
 * Not left to got: it takes apart any number of codings one in the other, and a header that names a few
 * hundred takes the process down (got 16.1.0: the error is thrown in a stream's callback).
 *
 * @param maxBytes The most that is taken, in bytes after decompression.
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` for a body that is too large, cut off, corrupt, or
 *   compressed in a way that was not asked for.
 */
export async function readBody(
  source: Readable,
  encoding: string | undefined,
  maxBytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const collect = async (decoded: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of decoded) {
      size += chunk.byteLength;
      if (size > maxBytes) throw invalidResponse('the answer is too large', 200);
      chunks.push(chunk);
    }
  };
  const decoder = decoderOf(encoding);
  try {
    await (decoder ? pipeline(source, decoder, collect) : pipeline(source, collect));
  } catch (error) {
    throw error instanceof CotalkerError
      ? error
      : invalidResponse('the answer is cut off or corrupt');
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function decoderOf(encoding = 'identity') {
  switch (encoding.trim().toLowerCase()) {
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return createUnzip();
    case 'br':
      return createBrotliDecompress();
    default:
      throw invalidResponse('the answer is compressed in a way not asked for', 200);
  }
}

/** The most that is read of a body nobody needs, in bytes and milliseconds. */
const DISCARD_BYTES = 64 * 1024;
const DISCARD_MS = 250;

/**
 * Reads a body that nobody needs to its end, so that its connection can serve again; a body that is
 * long or slow is cut off, and the connection with it. Fails never.
 */
export async function discardBody(source: Readable): Promise<void> {
  const patience = setTimeout(() => source.destroy(), DISCARD_MS).unref();
  let left = DISCARD_BYTES;
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      left -= chunk.byteLength;
      if (left < 0) break;
    }
  } catch {
    // Whatever went wrong, nothing of the body was wanted.
  } finally {
    clearTimeout(patience);
  }
}
