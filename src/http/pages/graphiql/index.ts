import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Plugin } from 'graphql-yoga';
import Negotiator from 'negotiator';
import { isHeld } from '../entity-tag.ts';
import { type GraphiQLFiles, loadGraphiQLFiles, type StaticFile } from './files.ts';

/**
 * GraphiQL at the endpoint's own address, for requests that ask for a page. Every other request passes. Nothing of
 * a request gets into the files: they are the same for everybody.
 *
 * @param token the token to prefill, the sandbox's; undefined: none.
 */
export function useGraphiQL({ token }: { readonly token: string | undefined }): Plugin {
  let files: Promise<GraphiQLFiles> | undefined;
  const load = (): Promise<GraphiQLFiles> => (files ??= loadGraphiQLFiles(token));

  return {
    async onRequest({ request, url, endResponse, fetchAPI }) {
      if (request.method !== 'GET') return;
      const way = WAYS.get(url.pathname);
      if (way !== undefined && prefersHtml(request.headers.get('accept'))) {
        const headers = { location: way + url.search };
        endResponse(new fetchAPI.Response(null, { status: 302, headers }));
        return;
      }
      const file = await fileAt(url.pathname, request.headers.get('accept'), load);
      if (file === undefined) return;
      const { status, headers, body } = await answer(file, request);
      endResponse(new fetchAPI.Response(body, { status, headers }));
    },
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

async function fileAt(
  pathname: string,
  accept: string | null,
  load: () => Promise<GraphiQLFiles>,
): Promise<StaticFile | undefined> {
  if (pathname === PAGE_PATH) return prefersHtml(accept) ? (await load()).page : undefined;
  if (!pathname.startsWith(ASSETS_PATH)) return undefined;
  return (await load()).assets.get(pathname.slice(ASSETS_PATH.length));
}

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

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

async function answer(file: StaticFile, { headers: asked }: Request): Promise<Answer> {
  const headers = {
    'cache-control': 'no-cache',
    etag: file.etag,
    vary: 'Accept, Accept-Encoding',
    'content-security-policy': POLICY,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
  if (isHeld(asked.get('if-none-match'), file.etag)) return { status: 304, headers, body: null };

  const codings = new Negotiator({
    headers: { 'accept-encoding': asked.get('accept-encoding') ?? '' },
  });
  const isGzip = codings.encoding(['gzip', 'identity']) === 'gzip';
  const bytes = isGzip ? file.gzipped : await promisify(gunzip)(file.gzipped);
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': file.contentType,
      'content-length': String(bytes.byteLength),
      ...(isGzip && { 'content-encoding': 'gzip' }),
    },
    body: bytes,
  };
}

/** Whether HTML is liked better than JSON: as by browsers, and not by GraphQL clients. */
const prefersHtml = (accept: string | null): boolean =>
  new Negotiator({ headers: { accept: accept ?? undefined } }).mediaType(PAGE_OR_JSON) === HTML;
