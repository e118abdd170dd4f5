import { entityTagOf, isHeld } from './entity-tag.ts';
import { ONLY_READ, type Page } from './page.ts';

const PATH = '/schema.graphql';

/**
 * `GET /schema.graphql`: the schema as a file, with its descriptions, for code generators and people.
 *
 * Its type is `text/plain`, which browsers show. No media type is registered for the schema language, and
 * `application/graphql` was used for queries.
 *
 * @param text the schema in the schema definition language.
 */
export function schemaFile(text: string): Page {
  const etag = entityTagOf(text);
  const headers = { etag, 'cache-control': 'no-cache' };
  return ({ method, headers: asked }, path) => {
    if (path !== PATH) return undefined;
    if (method !== 'GET') return ONLY_READ;
    if (isHeld(asked['if-none-match'], etag)) return { status: 304, headers };
    const typed = { ...headers, 'content-type': 'text/plain; charset=utf-8' };
    return { status: 200, headers: typed, body: text };
  };
}
