import type { IncomingMessage } from 'node:http';
import { Roster } from '../roster.ts';

/**
 * A body may come in chunks of one byte, and each chunk takes CPU time. Above this number of bytes, a body with
 * more framing than content counts as too large.
 */
const MAX_FRAMING_BYTES = 64 * 1024;
const FIRST_BYTES = 4096;
export const MAX_BODY_BYTES = 1_000_000;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Whether a body comes whose end is known. Node itself refuses a request whose body is in any other coding than chunks. */
export const hasReadableBody = (request: IncomingMessage): boolean =>
  hasBody(request) &&
  /(^|,)[ \t]*chunked$/i.test(request.headers['transfer-encoding'] ?? 'chunked');

/** Whether its head says that its body is too large. */
export const isTooLargeByHead = ({ headers }: IncomingMessage): boolean =>
  Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES;

/**
 * How long a body may go on after its answer, in milliseconds. Long enough for a caller to see the answer while it still
 * sends: a reset could destroy the answer.
 */
export const LINGER_MS = 750;

/** To be called when a request is answered: a body that still comes is dropped, and ends its connection within a second. */
export function endWithBody(request: IncomingMessage): void {
  const end = (): void => {
    if (!request.complete) request.socket.destroySoon();
  };
  // What has come while this process did not run, as on a busy machine, is read before.
  if (!request.complete) setTimeout(() => setImmediate(end), LINGER_MS).unref();
}

/** Bodies that are arriving. They do not count as requests in memory, and have their own bounds. */
export interface Receiving {
  /**
   * Reads a body whose head does not say that it is too large.
   *
   * @param goAhead Asks for the body.
   * @param cut Ends the request, to make room for others.
   * @param give Called with the body when it is complete; undefined: there is none.
   */
  receive(
    request: IncomingMessage,
    goAhead: () => void,
    cut: () => void,
    give: (body: Buffer | 'too large' | undefined) => void,
  ): void;
}

interface Arriving {
  /** Counts it no more: it has arrived, was cut, or its caller has left. */
  readonly forget: () => void;
  readonly cut: () => void;
}

interface ReceivingLimits {
  readonly maxBodies: number;
  readonly maxBytes: number;
}

export function createReceiving({ maxBodies, maxBytes }: ReceivingLimits): Receiving {
  /** Oldest first. */
  const bodies = new Roster<Arriving>();
  let bytes = 0;

  const isFull = (): boolean => bodies.size > maxBodies || bytes > maxBytes;
  const makeRoom = (): void => {
    // To go over the roster copies it.
    if (!isFull()) return;
    for (const { forget, cut } of bodies) {
      if (!isFull()) return;
      forget();
      cut();
    }
  };
  return {
    receive: (request, goAhead, cut, give) => {
      goAhead();
      if (!hasBody(request)) {
        give(undefined);
        return;
      }
      let own = 0;
      let isArriving = true;
      const forget = (): void => {
        if (!isArriving) return;
        isArriving = false;
        leave();
        bytes -= own;
      };
      const leave = bodies.add({ forget, cut });
      request.once('close', forget);
      makeRoom();
      const onGrowth = (by: number): void => {
        if (!isArriving) return;
        own += by;
        bytes += by;
        makeRoom();
      };
      collectBody(request, onGrowth, (body) => {
        forget();
        give(body);
      });
    },
  };
}

/**
 * Reads a body into one buffer that grows with it: a stored chunk of one byte would take hundreds of bytes. A
 * body that is too large is dropped. For a body that never ends, `give` is not called: its caller has left, or the
 * listener has cut it off.
 *
 * @param onGrowth Called with the bytes of memory that it takes in addition.
 */
function collectBody(
  request: IncomingMessage,
  onGrowth: (bytes: number) => void,
  give: (body: Buffer | 'too large') => void,
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
    if (size > MAX_BODY_BYTES || (isChunked && framing > MAX_FRAMING_BYTES)) stop();
  };
  const end = (): void => give(buffer.subarray(0, size));
  const stop = (): void => {
    request.off('data', collect).off('end', end).resume();
    give('too large');
  };
  request
    .on('data', collect)
    .on('end', end)
    .on('error', () => undefined);
}
