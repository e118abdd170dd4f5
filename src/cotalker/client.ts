import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import got, { type Got, type Response } from 'got';
import { CotalkerError, invalidResponse } from './errors.ts';
import { readRetryAfter } from './retry-after.ts';

export interface ClientOptions {
  /** Where Cotalker's API lives, such as `https://www.cotalker.com/api`, without a slash at the end. */
  readonly baseUrl: string;
  /** The largest answer taken, in bytes after decompression. */
  readonly maxResponseBytes?: number;
}

/** One exchange with Cotalker: GET `path` below the base URL; resolves to the parsed JSON body. */
export type Exchange = (
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<unknown>;

const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;

/**
 * The one place that talks to Cotalker, and the one `got.extend`. All that the gateway assumes of the
 * exchange is stated here:
 *
 * - no redirect is followed, so the token goes to one origin only;
 * - no cache: got's takes no notice of the token;
 * - no timeout and no retry of got's own: those are per attempt, ours is one deadline per request,
 *   which `signal` carries;
 * - every failure leaves as a {@link CotalkerError}. A got error never does: it carries the request's
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
    headers: { accept: 'application/json', 'user-agent': 'cotalker-gateway' },
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    cache: false,
    decompress: true,
    responseType: 'text',
  });
  return {
    exchange: async (path, headers, signal) => {
      const response = await fetchText(client, baseUrl + path, headers, signal, maxResponseBytes);
      if (response.statusCode !== 200) throw failureOf(response);
      return parse(response.body);
    },
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

async function fetchText(
  client: Got,
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  maxBytes: number,
): Promise<Response<string>> {
  if (signal.aborted) throw abortError(signal);
  const oversize = new AbortController();
  try {
    const request = client(url, { headers, signal: AbortSignal.any([signal, oversize.signal]) });
    // Counts bytes after decompression, so a compressed bomb is cut off while it unpacks.
    request.on('downloadProgress', ({ transferred }) => {
      if (transferred > maxBytes) oversize.abort();
    });
    return (await request) as Response<string>;
  } catch {
    // The caught error is dropped, not passed on: see above.
    if (oversize.signal.aborted) throw invalidResponse('the answer is too large');
    if (signal.aborted) throw abortError(signal);
    throw new CotalkerError('UPSTREAM_UNAVAILABLE', 'the connection failed');
  }
}

/** Why a call was given up: the request's deadline passed, or nobody waits for it any more. */
export function abortError(signal: AbortSignal): CotalkerError {
  const { reason } = signal;
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? new CotalkerError('UPSTREAM_TIMEOUT', 'the deadline passed')
    : new CotalkerError('UPSTREAM_UNAVAILABLE', 'the caller went away');
}

/** The sheet's failures, section 1. Bodies are not documented and not read. */
function failureOf({ statusCode, headers }: Response<string>): CotalkerError {
  switch (true) {
    case statusCode === 401:
      return new CotalkerError('UNAUTHENTICATED', 'the token was not accepted');
    case statusCode === 403:
      return new CotalkerError('FORBIDDEN', 'the token may not do this');
    case statusCode === 404:
      return new CotalkerError('NOT_FOUND', 'there is no such record');
    case statusCode === 429:
      return new CotalkerError(
        'RATE_LIMITED',
        'too many calls',
        readRetryAfter(headers['retry-after']),
      );
    case statusCode >= 500:
      return new CotalkerError('UPSTREAM_UNAVAILABLE', `status ${statusCode}`);
    default:
      // 2xx without a body, redirects, and a 400 for parameters that the sheet says exist.
      return invalidResponse(`status ${statusCode}`);
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The syntax error quotes the body, so it is dropped.
    throw invalidResponse('the answer is not JSON');
  }
}
