import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { SummarizedListener } from '../telemetry/index.ts';

/**
 * Refuses a request whose address or `Host` is not what it should be, ahead of Yoga: Yoga makes one URL of
 * both as they are, so that a `Host` can stand in for a path, and where that is no URL it answers 500
 * with a stack trace (`@whatwg-node/server`, `buildFullUrl` and `handleErrorFromRequestHandler`).
 */
export const withKnownTarget =
  (handle: SummarizedListener): SummarizedListener =>
  (request, response, summary) => {
    if (isSound(request)) {
      handle(request, response, summary);
      return;
    }
    summary.codes = { BAD_REQUEST: 1 };
    const message = 'The address or the "Host" header is malformed.';
    response.writeHead(400, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] }));
  };

/** A name or an IP address, and a port perhaps (RFC 9112, 3.2); HTTP/1.0 may go without. */
const HOST = /^(?:[\w.~-]+|\[[\da-f:.]+\])?(?::\d{1,5})?$/i;

function isSound({ url = '', headersDistinct }: IncomingMessage): boolean {
  const [host = '', ...more] = headersDistinct['host'] ?? [];
  return (
    more.length === 0 &&
    HOST.test(host) &&
    url.startsWith('/') &&
    URL.canParse(`http://${host === '' ? 'localhost' : host}${url}`)
  );
}

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
