import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import got, { type PlainResponse, type Request } from 'got';
import { abortError } from './abort.ts';
import { ACCEPTED_ENCODINGS, discardBody, readBody } from './body.ts';
import { invalidResponse } from './errors.ts';
import { failureOfConnection, failureOfStatus } from './failure.ts';
import { parseJson } from './json.ts';

export interface ClientOptions {
  /** Where Cotalker's API lives, such as `https://www.cotalker.com/api`, without a slash at the end. */
  readonly baseUrl: string;
  /** The largest answer taken, in bytes after decompression. */
  readonly maxResponseBytes?: number | undefined;
}

/** What came back from a call that went well. */
export interface Answer {
  readonly status: number;
  /** The parsed JSON body, not yet checked. */
  readonly body: unknown;
}

/** One exchange with Cotalker: GET `path` below the base URL. */
export type Exchange = (
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<Answer>;

const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;

/**
 * The one place that talks to Cotalker, and the one `got.extend`. All that the gateway assumes of the
 * exchange is stated here:
 *
 * - no redirect is followed, so the token goes to one origin only;
 * - no cache: got's takes no notice of the token;
 * - no timeout and no retry of got's own: those are per attempt, ours is one deadline per request,
 *   which `signal` carries; see `retry.ts`;
 * - no decompression of got's own, see `body.ts`;
 * - every failure leaves as a `CotalkerError`. A got error never does: it carries the request's
 *   options, and with them the token.
 */
export function createExchange({ baseUrl, maxResponseBytes = MAX_RESPONSE_BYTES }: ClientOptions): {
  exchange: Exchange;
  close: () => void;
} {
  const agents = {
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true }),
  };
  const client = got.extend({
    agent: agents,
    headers: {
      accept: 'application/json',
      'accept-encoding': ACCEPTED_ENCODINGS,
      'user-agent': 'cotalker-gateway',
    },
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    cache: false,
    decompress: false,
  });
  return {
    exchange: async (path, headers, signal) => {
      if (signal.aborted) throw abortError(signal);
      const request = client.stream(baseUrl + path, { headers, signal });
      // Who reads the stream sees its errors; one that comes while nobody reads must not be uncaught.
      request.on('error', () => undefined);
      const response = await begin(request, signal);
      if (response.statusCode !== 200) {
        await discardBody(request);
        throw failureOfStatus(response.statusCode, response.headers['retry-after']);
      }
      return {
        status: 200,
        body: parseJson(await read(request, response, signal, maxResponseBytes)),
      };
    },
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/**
 * An answer may come in chunks of a byte, each of which takes its time: what is more framing than
 * content, beyond this, would keep the process from all else.
 */
const MAX_FRAMING_BYTES = 256 * 1024;

/** Waits for the status and headers. */
function begin(request: Request, signal: AbortSignal): Promise<PlainResponse> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', (error) =>
      reject(signal.aborted ? abortError(signal) : failureOfConnection(error)),
    );
    request.once('upgrade', (_: unknown, socket: Duplex) => {
      // From here on the connection is not got's any more, and nobody else would close it.
      socket.destroy();
      request.destroy();
      reject(invalidResponse('the answer is in another protocol', 101));
    });
  });
}

/** An answer whose body may be on its way still; it has no socket any more where there is none. */
type Answering = Pick<PlainResponse, 'headers'> & { readonly socket: Socket | null };

async function read(
  request: Request,
  { headers, socket }: Answering,
  signal: AbortSignal,
  maxBytes: number,
): Promise<string> {
  const before = socket?.bytesRead ?? 0;
  request.on('downloadProgress', ({ transferred }) => {
    const received = (socket?.bytesRead ?? 0) - before;
    if (received > 2 * transferred + MAX_FRAMING_BYTES) request.destroy();
  });
  try {
    return await readBody(request, headers['content-encoding'], maxBytes);
  } catch (error) {
    request.destroy();
    throw signal.aborted ? abortError(signal) : error;
  }
}
