import type { IncomingMessage } from 'node:http';

/**
 * A body may come in chunks of one byte, and each chunk takes CPU time. Above this number of bytes, a body with
 * more framing than content counts as too large.
 */
const MAX_FRAMING_BYTES = 64 * 1024;
const FIRST_BYTES = 4096;

/**
 * Reads a body into one buffer that grows with it: a stored chunk of one byte would take hundreds of bytes. Of a
 * body that is too large, `give` gets the part that was read, which is more than `maxBytes`; the rest is dropped.
 * For a body that never ends, `give` is not called: its caller has left, or the listener has cut it off.
 *
 * @param onGrowth Called with the bytes of memory that it takes in addition.
 */
export function collectBody(
  request: IncomingMessage,
  maxBytes: number,
  onGrowth: (bytes: number) => void,
  give: (body: Buffer) => void,
): void {
  const { socket, headers } = request;
  const isChunked = headers['transfer-encoding'] !== undefined;
  const before = socket.bytesRead;
  let buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  onGrowth(FIRST_BYTES);
  let size = 0;
  const collect = (chunk: Buffer): void => {
    if (size + chunk.length > buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, size + chunk.length));
      buffer.copy(larger, 0, 0, size);
      onGrowth(larger.length - buffer.length);
      buffer = larger;
    }
    size += chunk.copy(buffer, size);
    const framing = socket.bytesRead - before - 2 * size;
    if (size > maxBytes) stop(buffer.subarray(0, size));
    else if (isChunked && framing > MAX_FRAMING_BYTES) stop(Buffer.alloc(maxBytes + 1));
  };
  const end = (): void => give(buffer.subarray(0, size));
  const stop = (tooLarge: Buffer): void => {
    request.off('data', collect).off('end', end).resume();
    give(tooLarge);
  };
  request
    .on('data', collect)
    .on('end', end)
    .on('error', () => undefined);
}
