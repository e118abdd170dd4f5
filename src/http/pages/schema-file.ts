import type { Pages } from '../answer/send.ts';
import { entityTagOf, isHeld } from './entity-tag.ts';

/**
 * `/schema.graphql`: the schema as a file, with its descriptions, for code generators and people.
 *
 * Its type is `text/plain`, which browsers show. No media type is registered for the schema language, and
 * `application/graphql` was used for queries.
 *
 * @param text the schema in the schema definition language.
 */
export function schemaFile(text: string): Pages {
  const etag = entityTagOf(text);
  const headers = { etag, 'cache-control': 'no-cache' };
  const typed = { ...headers, 'content-type': 'text/plain; charset=utf-8' };
  return {
    '/schema.graphql': ({ 'if-none-match': held }) =>
      isHeld(held, etag) ? { status: 304, headers } : { status: 200, headers: typed, body: text },
  };
}
