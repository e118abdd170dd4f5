import { createHash } from 'node:crypto';

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
