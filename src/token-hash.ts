import { hash, randomBytes } from 'node:crypto';

/** A random key: only this process, while it runs, can compute the hash of a token. */
const KEY = randomBytes(32).toString('hex');

/** Identifies a token without keeping it: all data about a caller is stored under this hash. */
export const hashToken = (text: string): string => hash('sha256', `${KEY} ${text}`, 'base64');

/** The token of a request. */
export interface Bearer {
  /** As Cotalker's documentation writes it, so that one token is one caller however its header is written. */
  readonly authorization: string;
  /** Of `authorization`, as of {@link hashToken}. */
  readonly hash: string;
}

/** RFC 6750, section 2.1, a little wider: any token without spaces or control characters; the scheme in any case. */
const BEARER = /^Bearer +([\x21-\x7e]+)$/i;

/** @param header `Authorization`, as it came. @returns undefined where it has no Bearer token. */
export function bearerOf(header: string | undefined): Bearer | undefined {
  const [, token] = BEARER.exec(header ?? '') ?? [];
  if (token === undefined) return undefined;
  const authorization = `Bearer ${token}`;
  return { authorization, hash: hashToken(authorization) };
}
