import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** Which pages may read answers (Fetch standard, "CORS protocol"). */
export interface Cors {
  /** The CORS headers of the answer to a request with these headers. */
  headersFor(headers: IncomingHttpHeaders): Readonly<Record<string, string>>;
  /** Answers a preflight; false: it is not one, or its page is not listed. */
  answerPreflight(request: IncomingMessage, response: ServerResponse): boolean;
}

/** The request headers that the gateway reads, see `context.ts`. */
const REQUEST_HEADERS =
  'accept, admin, authorization, cache-control, content-type, traceparent, x-explain, x-request-id';
/** The headers that a page may read besides those that it can always read. */
const RESPONSE_HEADERS = 'retry-after, www-authenticate, x-request-id';
/** The longest that Chromium keeps the answer to a preflight, in seconds. */
const MAX_AGE = '7200';

/**
 * Lets pages of exactly these origins read answers; all others learn nothing. Never with credentials: only the
 * token identifies the caller, and no browser sends it by itself.
 *
 * We do not use Yoga's CORS. With one listed origin, it sends that origin to every page. With several, it sends
 * `null`, which is the origin of every sandboxed frame.
 */
export function createCors(origins: readonly string[]): Cors {
  if (origins.length === 0) return { headersFor: () => ({}), answerPreflight: () => false };
  const listed = new Set(origins);
  const readerOf = ({ origin }: IncomingHttpHeaders): string | undefined =>
    origin !== undefined && listed.has(origin) ? origin : undefined;
  return {
    headersFor: (headers) => {
      const reader = readerOf(headers);
      return {
        vary: 'Origin',
        ...(reader !== undefined && {
          'access-control-allow-origin': reader,
          'access-control-expose-headers': RESPONSE_HEADERS,
        }),
      };
    },
    answerPreflight: ({ method, headers }, response) => {
      const isPreflight = method === 'OPTIONS' && 'access-control-request-method' in headers;
      if (!isPreflight || readerOf(headers) === undefined) return false;
      response.writeHead(204, {
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': REQUEST_HEADERS,
        'access-control-max-age': MAX_AGE,
      });
      response.end();
      return true;
    },
  };
}
