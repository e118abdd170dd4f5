import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import { badRequest, errorBody } from '../../errors.ts';
import { noteErrors } from '../../observe/request-summary.ts';
import type { SummarizedListener } from '../../observe/teller.ts';

/** Why a request is not handed on. */
interface Refusal {
  readonly status: 400 | 404 | 501;
  /** Undefined: the status says it all. */
  readonly message?: string;
}

/**
 * Refuses what the gateway and a proxy in front of it could read in two ways, ahead of Yoga. Yoga makes one URL of the
 * address and the `Host` as they are, so that a `Host` can stand in for a path, and where that is no URL it answers 500
 * with a stack trace (`@whatwg-node/server`, `buildFullUrl` and `handleErrorFromRequestHandler`).
 */
export const withKnownTarget =
  (handle: SummarizedListener): SummarizedListener =>
  (request, response, summary) => {
    const refusal = refusalOf(request);
    if (refusal === undefined) {
      handle(request, response, summary);
      return;
    }
    const { status, message } = refusal;
    if (message === undefined) {
      response.writeHead(status).end();
      return;
    }
    const error = badRequest(message, status);
    noteErrors(summary, [error]);
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      // Nothing more is read of what cannot be read.
      ...(status === 501 && { connection: 'close' }),
    });
    response.end(errorBody(error));
  };

function refusalOf({ url = '', headers, headersDistinct }: IncomingMessage): Refusal | undefined {
  const [host = '', ...more] = headersDistinct['host'] ?? [];
  if (more.length > 0 || !HOST.test(host) || !isAddress(host, url))
    return { status: 400, message: 'The address or the "Host" header is malformed.' };
  if (!PLAIN_PATH.test(url)) return { status: 404 };
  // Node takes the first, others the last: who is asked for must not depend on that.
  if ((headersDistinct['authorization']?.length ?? 0) > 1)
    return { status: 400, message: 'There is more than one "Authorization" header.' };
  if (!/^chunked$/i.test(headers['transfer-encoding'] ?? 'chunked'))
    return { status: 501, message: 'The only "Transfer-Encoding" that is known is "chunked".' };
  return undefined;
}

/** A name or an IP address, and a port perhaps (RFC 9112, 3.2); HTTP/1.0 may go without. */
const HOST = /^(?:[\w.~-]+|\[[\da-f:.]+\])?(?::\d{1,5})?$/i;

const isAddress = (host: string, url: string): boolean =>
  url.startsWith('/') && URL.canParse(`http://${host === '' ? 'localhost' : host}${url}`);

/**
 * A path that is the same to everybody, as each of the gateway's own is: a URL parser neither resolves (`..`, `\`) nor
 * decodes (`%2e`) anything in it. Else `/graphql/..\metrics` were one path to a proxy and another one here.
 */
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:[/?]|$))[\w.~-]+)*\/?(?:\?.*)?$/s;

const ENDPOINT = '/graphql';

/**
 * Serves GraphQL at one path. Yoga takes any address that ends in its path, a query string included, so
 * that a proxy which lets some paths through could be got around.
 */
export const useOneEndpoint = (): Plugin => ({
  onRequest({ url, endResponse, fetchAPI }) {
    if (url.pathname !== ENDPOINT) endResponse(new fetchAPI.Response(null, { status: 404 }));
  },
});
