import { createHash } from 'node:crypto';
import type { Pages, Reply } from '../answer/send.ts';

/** A strong entity tag (RFC 9110, 8.8.3) of a text: equal texts have equal tags. */
export const entityTagOf = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;

/**
 * Whether `If-None-Match` has the tag, so the caller already has the content. Weak tags match strong ones (RFC
 * 9110, 13.1.2): a proxy that compresses turns a strong tag into a weak one.
 */
export function isHeld(ifNoneMatch: string | undefined, tag: string): boolean {
  const held = ifNoneMatch?.split(',').map((entry) => opaque(entry.trim())) ?? [];
  return held.includes('*') || held.includes(opaque(tag));
}

const opaque = (tag: string): string => tag.replace(/^W\//, '');

export interface HealthFacts {
  readonly isReady: () => boolean;
  readonly isShedding: () => boolean;
}

/**
 * `/health`: the process is alive. `/ready`: it can serve, otherwise 503.
 *
 * An overloaded gateway stays ready, and only says so. If a load balancer took it out of service, the others would
 * get its share and become overloaded next.
 */
export const healthPages = ({ isReady, isShedding }: HealthFacts): Pages => ({
  '/health': () => reply(true),
  '/ready': () => reply(isReady(), isReady() && isShedding() && { shedding: true }),
});

const reply = (isWell: boolean, facts: object | false = {}): Reply => ({
  status: isWell ? 200 : 503,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ status: isWell ? 'ok' : 'unavailable', ...facts }),
});

/**
 * `/schema.graphql`, for code generators and people. Its type is `text/plain`, which browsers show: no media type is
 * registered for the schema language.
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
