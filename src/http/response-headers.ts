import { type IncomingHttpHeaders, type IncomingMessage, ServerResponse } from 'node:http';

interface Cors {
  headersFor(headers: IncomingHttpHeaders): Readonly<Record<string, string>>;
  /** Answers a preflight; false: it is not one, or its page is not listed. */
  answerPreflight(request: IncomingMessage, response: ServerResponse): boolean;
}

export interface CorsOptions {
  readonly corsOrigins: readonly string[];
  /** Whether pages that this machine serves may as well. Default: false. */
  readonly corsLoopback?: boolean;
  /** What these pages may send besides {@link READ_HEADERS}; undefined: what they ask for. */
  readonly corsHeaders?: readonly string[] | undefined;
  /** Told of each request of another page, by its origin. */
  readonly onRefusedOrigin?: (origin: string) => void;
}

/**
 * All that the gateway reads of a request, see `context.ts` and `request-summary.ts`. What else a page sends changes
 * nothing, and goes nowhere.
 */
const READ_HEADERS = [
  'accept, admin, authorization, cache-control, content-type, traceparent, x-explain, x-request-id',
  'apollographql-client-name, apollographql-client-version, graphql-client-name, graphql-client-version',
].join();
/** What a page may read besides the headers that are always open to it. */
const RESPONSE_HEADERS = 'retry-after, x-request-id';
/** The longest that Chromium keeps the answer to a preflight, in seconds. */
const MAX_AGE = '7200';
/** So many names are allowed at once; Sentry, Datadog and Apollo together send eight. */
const MAX_NAMES = 50;

/** What a browser may send. Only such origins are logged. */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[\w.:[\]-]{1,300}$/;
const LOOPBACK = /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/;

/**
 * Lets pages of exactly these origins read answers; all others learn nothing. Never with credentials: only the
 * token identifies the caller, and no browser sends it by itself.
 */
export function createCors({
  corsOrigins,
  corsLoopback = false,
  corsHeaders,
  onRefusedOrigin,
}: CorsOptions): Cors {
  const listed = new Set(corsOrigins);
  const known = corsHeaders && new Set([...namesIn(READ_HEADERS), ...corsHeaders]);
  const isReader = (origin: string): boolean =>
    listed.has(origin) || (corsLoopback && LOOPBACK.test(origin));
  const vary = listed.size > 0 || corsLoopback ? { vary: 'Origin' } : {};
  return {
    headersFor: (headers) => {
      const { origin } = headers;
      if (origin === undefined) return vary;
      if (!isReader(origin)) {
        if (ORIGIN.test(origin) && !isOwnPage(origin, headers)) onRefusedOrigin?.(origin);
        return vary;
      }
      return {
        ...vary,
        'access-control-allow-origin': origin,
        'access-control-expose-headers': RESPONSE_HEADERS,
      };
    },
    answerPreflight: ({ method, headers }, response) => {
      const { origin, 'access-control-request-headers': asked = '' } = headers;
      if (method !== 'OPTIONS' || !('access-control-request-method' in headers)) return false;
      if (origin === undefined || !isReader(origin)) return false;
      const names = namesIn(asked).filter((name) => known === undefined || known.has(name));
      response.writeHead(204, {
        'access-control-allow-methods': 'GET, POST',
        'access-control-max-age': MAX_AGE,
        ...(names.length > 0 && { 'access-control-allow-headers': names.join(', ') }),
      });
      response.end();
      return true;
    },
  };
}

/** The names of headers in a list, as RFC 9110, section 5.1, has them. */
const namesIn = (list: string): string[] =>
  list
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name))
    .slice(0, MAX_NAMES);

/** GraphiQL, whose requests have an `Origin` as well. Behind a proxy the `Host` may be another one than its own. */
const isOwnPage = (origin: string, { host, 'sec-fetch-site': site }: IncomingHttpHeaders) =>
  site === 'same-origin' || URL.parse(origin)?.host === host;

/**
 * Headers of every answer: browsers must not guess its type, cache it, frame it, or send its address to other
 * sites. An answer that needs others, such as GraphiQL's page, sets its own headers, which have precedence.
 */
export const BASE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * The response class of `node:http`. It sets the headers when it is created, so that answers of Node itself
 * (missing Host, unknown Expect) have them too.
 */
export const responseClass = (cors: Cors): typeof ServerResponse =>
  class<R extends IncomingMessage = IncomingMessage> extends ServerResponse<R> {
    constructor(...parameters: ConstructorParameters<typeof ServerResponse<R>>) {
      super(...parameters);
      const [{ headers }] = parameters;
      for (const [name, value] of Object.entries({
        ...BASE_HEADERS,
        ...cors.headersFor(headers),
      })) {
        this.setHeader(name, value);
      }
    }
  };
