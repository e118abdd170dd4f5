import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** Which pages may read answers (Fetch standard, "CORS protocol"). */
export interface Cors {
  /** What every answer to a request with these headers says about it. */
  headersFor(headers: IncomingHttpHeaders): Readonly<Record<string, string>>;
  /** Answers the question that a browser asks ahead of a request; false: it was none, or not from a page listed. */
  answerPreflight(request: IncomingMessage, response: ServerResponse): boolean;
}

/** All that the gateway reads of a request, see `context.ts`. */
const REQUEST_HEADERS =
  'accept, admin, authorization, cache-control, content-type, traceparent, x-explain, x-request-id';
/** What a page may read besides the headers that are always open to it. */
const RESPONSE_HEADERS = 'retry-after, www-authenticate, x-request-id';
/** The longest that Chromium keeps the answer to a preflight, in seconds. */
const MAX_AGE = '7200';

/**
 * Lets the pages of exactly these origins read answers, and tells all others nothing. Never with
 * credentials: who asks is told by the token alone, which no browser sends by itself.
 *
 * Not Yoga's: that gives the one origin listed to whoever asks, and `null` where several are listed,
 * which is the origin of every sandboxed frame.
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
