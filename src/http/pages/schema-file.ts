import type { Plugin } from 'graphql-yoga';
import { entityTagOf, isHeld } from './entity-tag.ts';

const PATH = '/schema.graphql';

/**
 * `GET /schema.graphql`: the schema as a file, with its descriptions, for code generators and people.
 *
 * Its type is `text/plain`, which browsers show. No media type is registered for the schema language, and
 * `application/graphql` was used for queries.
 *
 * @param text the schema in the schema definition language.
 */
export function useSchemaFile(text: string): Plugin {
  const etag = entityTagOf(text);
  const headers = { etag, 'cache-control': 'no-cache' };
  return {
    onRequest({ request, url, endResponse, fetchAPI: { Response } }) {
      if (url.pathname !== PATH) return;
      const isHead = request.method === 'HEAD';
      if (request.method !== 'GET' && !isHead) {
        endResponse(new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } }));
        return;
      }
      if (isHeld(request.headers.get('if-none-match'), etag)) {
        endResponse(new Response(null, { status: 304, headers }));
        return;
      }
      const typed = { ...headers, 'content-type': 'text/plain; charset=utf-8' };
      endResponse(new Response(isHead ? null : text, { status: 200, headers: typed }));
    },
  };
}
