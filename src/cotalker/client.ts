import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import got, { type Got, type Response } from 'got';
import { abortError } from './abort.ts';
import { CotalkerError, invalidResponse } from './errors.ts';
import { readRetryAfter } from './retry-after.ts';

export interface ClientOptions {
  /** Where Cotalker's API lives, such as `https://www.cotalker.com/api`, without a slash at the end. */
  readonly baseUrl: string;
  /** The largest answer taken, in bytes after decompression. */
  readonly maxResponseBytes?: number;
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
      return { status: 200, body: parse(response.body) };
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
    void request.on('downloadProgress', ({ transferred }) => {
      if (transferred > maxBytes) oversize.abort();
    });
    return await request;
  } catch {
    // The caught error is dropped, not passed on: see above.
    throw explainFailure(signal, oversize.signal);
  }
}

function explainFailure(signal: AbortSignal, oversize: AbortSignal): CotalkerError {
  if (oversize.aborted) return invalidResponse('the answer is too large');
  if (signal.aborted) return abortError(signal);
  return new CotalkerError('UPSTREAM_UNAVAILABLE', 'the connection failed');
}

/** The sheet's failures, section 1. Bodies are not documented and not read. */
function failureOf({ statusCode: status, headers }: Response<string>): CotalkerError {
  switch (status) {
    case 401:
      return new CotalkerError('UNAUTHENTICATED', 'the token was not accepted', { status });
    case 403:
      return new CotalkerError('FORBIDDEN', 'the token may not do this', { status });
    case 404:
      return new CotalkerError('NOT_FOUND', 'there is no such record', { status });
    case 429: {
      const retryAfter = readRetryAfter(headers['retry-after']);
      return new CotalkerError('RATE_LIMITED', 'too many calls', { status, retryAfter });
    }
    default:
      if (status >= 500) return new CotalkerError('UPSTREAM_UNAVAILABLE', 'it failed', { status });
      // A 2xx without a body, a redirect, or a 400 for parameters that the sheet says exist.
      return invalidResponse('a status that the sheet does not know', status);
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
