import type { IncomingMessage } from 'node:http';

/**
 * A body may come in chunks of one byte, and each chunk takes CPU time. Above this number of bytes, a body with
 * more framing than content counts as too large.
 */
const MAX_FRAMING_BYTES = 64 * 1024;
const FIRST_BYTES = 4096;
export const MAX_BODY_BYTES = 1_000_000;

/** Bodies that are arriving. They do not count as requests in memory, and have their own bounds. */
export interface Receiving {
  /**
   * Resolves with the body when it is complete, or with the part that was read if it is too large. Undefined if
   * there is none, or if its declared length is too large: then nothing was read.
   *
   * @param goAhead Asks for the body. Not called if its declared length is too large.
   * @param cut Ends the request, to make room for others.
   */
  receive(
    request: IncomingMessage,
    goAhead: () => void,
    cut: () => void,
    give: (body: Buffer | undefined, isTooLarge: boolean) => void,
  ): void;
}

interface ReceivingLimits {
  readonly maxBodies: number;
  readonly maxBytes: number;
}

export function createReceiving({ maxBodies, maxBytes }: ReceivingLimits): Receiving {
  /** The bytes that have arrived of each body, oldest body first. */
  const bodies = new Map<IncomingMessage, { bytes: number; readonly cut: () => void }>();
  let bytes = 0;

  const forget = (request: IncomingMessage): void => {
    bytes -= bodies.get(request)?.bytes ?? 0;
    bodies.delete(request);
  };
  const makeRoom = (): void => {
    for (const [request, { cut }] of bodies) {
      if (bodies.size <= maxBodies && bytes <= maxBytes) return;
      forget(request);
      cut();
    }
  };
  return {
    receive: (request, goAhead, cut, give) => {
      const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
      const isTooLarge = Number(length ?? 0) > MAX_BODY_BYTES;
      if (!isTooLarge) goAhead();
      if (isTooLarge || (length === undefined && coding === undefined)) {
        give(undefined, isTooLarge);
        return;
      }
      bodies.set(request, { bytes: 0, cut });
      request.once('close', () => forget(request));
      makeRoom();
      const onGrowth = (by: number): void => {
        const body = bodies.get(request);
        if (body === undefined) return;
        body.bytes += by;
        bytes += by;
        makeRoom();
      };
      collectBody(request, MAX_BODY_BYTES, onGrowth, (body) => {
        forget(request);
        give(body, body.length > MAX_BODY_BYTES);
      });
    },
  };
}

/**
 * Reads a body into one buffer that grows with it: a stored chunk of one byte would take hundreds of bytes. Of a
 * body that is too large, `give` gets the part that was read, which is more than `maxBytes`; the rest is dropped.
 * For a body that never ends, `give` is not called: its caller has left, or the listener has cut it off.
 *
 * @param onGrowth Called with the bytes of memory that it takes in addition.
 */
function collectBody(
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
