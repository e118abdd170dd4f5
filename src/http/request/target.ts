import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { badRequest } from '../../errors.ts';

/**
 * Has a request as all that follows knows it. RFC 9112, section 3.2.2: a whole address as the target is served, and its
 * host stands above `Host`.
 *
 * @returns Why the head has it refused; undefined: it has not.
 */
export function readHead(request: IncomingMessage): GraphQLError | undefined {
  toPlainForm(request);
  return refusalOf(request);
}

function toPlainForm(request: IncomingMessage): void {
  const [, host, path = ''] = /^https?:\/\/([^/?#]+)(.*)$/is.exec(request.url ?? '') ?? [];
  if (host === undefined || (request.headersDistinct['host']?.length ?? 0) > 1) return;
  request.url = path.startsWith('/') ? path : `/${path}`;
  request.headers.host = host;
  request.headersDistinct['host'] = [host];
}

/** What the gateway and a proxy in front of it could read in two ways is refused. */
function refusalOf({
  url = '',
  headers,
  headersDistinct,
}: IncomingMessage): GraphQLError | undefined {
  const [host = '', ...more] = headersDistinct['host'] ?? [];
  if (more.length > 0 || !HOST.test(host) || !isAddress(host, url))
    return badRequest('The address or the "Host" header is malformed.');
  if (!PLAIN_PATH.test(url)) return nothingHere();
  // Node takes the first, others take the last: the caller's identity must not depend on that.
  if ((headersDistinct['authorization']?.length ?? 0) > 1)
    return badRequest('There is more than one "Authorization" header.');
  if (!/^chunked$/i.test(headers['transfer-encoding'] ?? 'chunked')) {
    // A request that cannot be read is not read further.
    const close = { connection: 'close' };
    return badRequest('The only "Transfer-Encoding" that is known is "chunked".', 501, close);
  }
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

export const pathOf = (url = ''): string => url.replace(/\?.*/s, '');

/** What tells how the gateway is, for probes. */
export const isProbe = (url: string | undefined): boolean => PROBES.has(pathOf(url));
const PROBES = new Set(['/health', '/ready']);

const ENDPOINT = '/graphql';

/** Whether GraphQL is at this address. It is at exactly one path, since a proxy may allow only some. */
export const isGraphQL = (url = ''): boolean =>
  url === ENDPOINT || /^\/graphql\/?$/.test(URL.parse(url, 'http://localhost')?.pathname ?? '');

export const nothingHere = (): GraphQLError =>
  badRequest('There is nothing here: GraphQL is at /graphql.', 404);
