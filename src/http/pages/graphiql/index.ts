import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import Negotiator from 'negotiator';
import type { Reply } from '../../answer/send.ts';
import { isHeld } from '../plain.ts';
import { type GraphiQLFiles, loadGraphiQLFiles, type StaticFile } from './files.ts';

/**
 * GraphiQL, for requests that ask for a page. Nothing of a request gets into the files.
 *
 * @param token The token to prefill, the sandbox's; undefined: none.
 */
export function openGraphiQL({ token }: { readonly token: string | undefined }) {
  let files: Promise<GraphiQLFiles> | undefined;
  const load = (): Promise<GraphiQLFiles> => (files ??= loadGraphiQLFiles(token));

  return async ({ url = '', headers }: IncomingMessage): Promise<Reply | undefined> => {
    const { pathname, search } = new URL(url, 'http://localhost');
    const way = WAYS.get(pathname);
    if (way !== undefined && prefersHtml(headers.accept))
      return { status: 302, headers: { location: way + search } };
    const isPage = pathname === PAGE_PATH && prefersHtml(headers.accept);
    if (!isPage && !pathname.startsWith(ASSETS_PATH)) return undefined;
    const { page, assets } = await load();
    const file = isPage ? page : assets.get(pathname.slice(ASSETS_PATH.length));
    return file && replyOf(file, headers);
  };
}

const HTML = 'text/html';
const PAGE_OR_JSON = ['application/json', 'application/graphql-response+json', HTML];
const PAGE_PATH = '/graphql';
/** Where people look for the page, and the way from there, which a prefix of a proxy does not matter to. */
const WAYS = new Map([
  ['/', 'graphql'],
  ['/graphiql', 'graphql'],
  ['/graphiql/', '../graphql'],
  ['/graphql/', '../graphql'],
]);
const ASSETS_PATH = '/graphiql/';

/**
 * What the page may do: run this server's scripts and connect to this server. Inline styles must be allowed,
 * because Monaco, the editor, sets them while it draws. Its fonts and cursors are `data:` URLs.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

async function replyOf(file: StaticFile, asked: IncomingHttpHeaders): Promise<Reply> {
  const headers = {
    'cache-control': 'no-cache',
    etag: file.etag,
    vary: 'Accept, Accept-Encoding',
    'content-security-policy': POLICY,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
  if (isHeld(asked['if-none-match'], file.etag)) return { status: 304, headers };

  const codings = new Negotiator({
    headers: { 'accept-encoding': asked['accept-encoding'] ?? '' },
  });
  const isGzip = codings.encoding(['gzip', 'identity']) === 'gzip';
  const bytes = isGzip ? file.gzipped : await promisify(gunzip)(file.gzipped);
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': file.contentType,
      ...(isGzip && { 'content-encoding': 'gzip' }),
    },
    body: bytes,
  };
}

/** Whether HTML is liked better than JSON: as by browsers, and not by GraphQL clients. */
const prefersHtml = (accept: string | undefined): boolean =>
  new Negotiator({ headers: { accept } }).mediaType(PAGE_OR_JSON) === HTML;
