import * as http from 'node:http';
import * as https from 'node:https';
import { abortError } from './abort.ts';
import { invalidResponse } from './errors.ts';
import { failureOfConnection } from './failure.ts';

/** An answer as it came, its body still packed. */
export interface RawAnswer {
  readonly status: number;
  readonly encoding: string | undefined;
  readonly retryAfter: string | undefined;
  /** Empty where the status is not 200: such bodies are not documented, and nobody needs them. */
  readonly body: Buffer;
}

export interface Transport {
  /**
   * Sends one GET over a connection that is kept.
   *
   * @param path Below the base URL, with its query.
   * @param signal Closes the connection as it fires.
   * @throws CotalkerError Why no whole answer came: `UPSTREAM_TIMEOUT`, `UPSTREAM_UNAVAILABLE`,
   *   `UPSTREAM_INVALID_RESPONSE`.
   */
  get(path: string, headers: http.OutgoingHttpHeaders, signal: AbortSignal): Promise<RawAnswer>;
  close(): void;
}

/** The most that is read of a body nobody needs, in bytes and milliseconds. */
const DISCARD_BYTES = 64 * 1024;
const DISCARD_MS = 250;

/**
 * An answer may come in chunks of a byte, each of which takes its time: what is more framing than
 * content, beyond this, would keep the process from all else.
 */
const MAX_FRAMING_BYTES = 256 * 1024;

/**
 * What is left of an exchange where nothing but a GET is asked for: `node:http` without a stream of got's
 * around it takes a third of the CPU time (0.17 ms a call in place of 0.5, with a body of 100 kB).
 *
 * @param baseUrl Without a slash at the end.
 * @param maxBytes The most that is taken of a body, in bytes as they are on the wire.
 */
export function createTransport(baseUrl: string, maxBytes: number): Transport {
  const { protocol, hostname, port, pathname } = new URL(baseUrl);
  const isTls = protocol === 'https:';
  const agent = new (isTls ? https.Agent : http.Agent)({ keepAlive: true });
  const send = isTls ? https.request : http.request;
  const target = { agent, host: hostname.replace(/^\[|\]$/g, ''), port };
  const base = pathname.replace(/\/$/, '');
  return {
    get: (path, headers, signal) =>
      new Promise((resolve, reject) => {
        const request = send({ ...target, path: base + path, headers });

        const settle = (): void => signal.removeEventListener('abort', giveUp);
        const fail = (error: Error): void => {
          settle();
          request.destroy();
          reject(error);
        };
        const giveUp = (): void => fail(abortError(signal));
        signal.addEventListener('abort', giveUp, { once: true });

        let hasBegun = false;
        request
          .on('response', (response) => {
            hasBegun = true;
            const { statusCode: status = 0, headers: received } = response;
            const conclude = (body: Buffer): void => {
              settle();
              const encoding = received['content-encoding'];
              resolve({ status, encoding, retryAfter: received['retry-after'], body });
            };
            if (status === 200) readWhole(response, maxBytes, conclude, fail);
            else discard(response, () => conclude(NOTHING));
          })
          .on('upgrade', (_, socket) => {
            socket.destroy();
            fail(invalidResponse('the answer is in another protocol', 101));
          })
          .on('error', (error) => {
            // Once an answer has begun, the answer itself tells how it ends.
            if (!hasBegun) fail(failureOfConnection(error));
          })
          .end();
      }),
    close: () => agent.destroy(),
  };
}

const NOTHING = Buffer.alloc(0);

function readWhole(
  response: http.IncomingMessage,
  maxBytes: number,
  conclude: (body: Buffer) => void,
  fail: (error: Error) => void,
): void {
  const { socket } = response;
  const before = socket.bytesRead;
  const chunks: Buffer[] = [];
  let size = 0;
  response
    .on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > maxBytes) fail(invalidResponse('the answer is too large', 200));
      else if (socket.bytesRead - before > 2 * size + MAX_FRAMING_BYTES)
        fail(invalidResponse('the answer is cut into too small pieces', 200));
    })
    .on('end', () => conclude(Buffer.concat(chunks, size)))
    .on('error', () => fail(invalidResponse('the answer is cut off or corrupt')));
}

/**
 * Reads a body that nobody needs to its end, so that its connection can serve again; a body that is long
 * or slow is cut off, and the connection with it.
 */
function discard(response: http.IncomingMessage, conclude: () => void): void {
  let left = DISCARD_BYTES;
  const cut = (): void => void response.destroy();
  const patience = setTimeout(cut, DISCARD_MS).unref();
  response
    .on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) cut();
    })
    .on('error', () => undefined)
    .on('close', () => {
      clearTimeout(patience);
      conclude();
    });
}
