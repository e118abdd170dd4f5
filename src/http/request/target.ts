import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import { badRequest, errorBody } from '../../errors.ts';
import { noteErrors } from '../../observe/request-summary.ts';
import type { SummarizedListener } from '../../observe/request-observer.ts';

/** Why a request is refused. */
interface Refusal {
  readonly status: 400 | 404 | 501;
  readonly message: string;
}

/**
 * Refuses requests that the gateway and a proxy in front of it could read in two ways, before Yoga sees them. Yoga
 * joins the `Host` and the address unchecked, so a `Host` could contain a path. If the result is not a URL, Yoga
 * answers 500 with a stack trace (`@whatwg-node/server`, `buildFullUrl` and `handleErrorFromRequestHandler`).
 */
export const withKnownTarget =
  (handle: SummarizedListener): SummarizedListener =>
  (request, response, summary) => {
    toPlainForm(request);
    const refusal = refusalOf(request);
    if (refusal === undefined) {
      handle(request, response, summary);
      return;
    }
    const { status, message } = refusal;
    const error = badRequest(message, status);
    noteErrors(summary, [error]);
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      // A request that cannot be read is not read further.
      ...(status === 501 && { connection: 'close' }),
    });
    response.end(errorBody(error));
  };

/**
 * Has a request as all that follows knows it. RFC 9112, section 3.2.2: a whole address as the target is served, and its
 * host stands above `Host`. RFC 9110, section 9.3.2: HEAD is GET, of which Node leaves out the body.
 */
function toPlainForm(request: IncomingMessage): void {
  if (request.method === 'HEAD') request.method = 'GET';
  const [, host, path = ''] = /^https?:\/\/([^/?#]+)(.*)$/is.exec(request.url ?? '') ?? [];
  if (host === undefined || (request.headersDistinct['host']?.length ?? 0) > 1) return;
  request.url = path.startsWith('/') ? path : `/${path}`;
  request.headers.host = host;
  request.headersDistinct['host'] = [host];
}

function refusalOf({ url = '', headers, headersDistinct }: IncomingMessage): Refusal | undefined {
  const [host = '', ...more] = headersDistinct['host'] ?? [];
  if (more.length > 0 || !HOST.test(host) || !isAddress(host, url))
    return { status: 400, message: 'The address or the "Host" header is malformed.' };
  if (!PLAIN_PATH.test(url)) return { status: 404, message: NOTHING_HERE };
  // Node takes the first, others take the last: the caller's identity must not depend on that.
  if ((headersDistinct['authorization']?.length ?? 0) > 1)
    return { status: 400, message: 'There is more than one "Authorization" header.' };
  if (!/^chunked$/i.test(headers['transfer-encoding'] ?? 'chunked'))
    return { status: 501, message: 'The only "Transfer-Encoding" that is known is "chunked".' };
  return undefined;
}

/** A name or an IP address, with or without a port (RFC 9112, 3.2). HTTP/1.0 may omit it. */
const HOST = /^(?:[\w.~-]+|\[[\da-f:.]+\])?(?::\d{1,5})?$/i;

const isAddress = (host: string, url: string): boolean =>
  url.startsWith('/') && URL.canParse(`http://${host === '' ? 'localhost' : host}${url}`);

/**
 * A path that every program reads in the same way: a URL parser resolves (`..`, `\`) and decodes (`%2e`) nothing in
 * it. Otherwise `/graphql/..\metrics` would be one path for a proxy and another one here.
 */
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:[/?]|$))[\w.~-]+)*\/?(?:\?.*)?$/s;

const ENDPOINT = /^\/graphql\/?$/;
const NOTHING_HERE = 'There is nothing here: GraphQL is at /graphql.';
const NOT_FOUND = errorBody(badRequest(NOTHING_HERE, 404));

/**
 * Serves GraphQL at exactly one path. Yoga accepts any address that ends in its path, even in a query string. So a
 * caller could get around a proxy that allows only some paths.
 */
export const useOneEndpoint = (): Plugin => ({
  onRequest({ url, endResponse, fetchAPI }) {
    if (ENDPOINT.test(url.pathname)) return;
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    endResponse(new fetchAPI.Response(NOT_FOUND, { status: 404, headers }));
  },
});
