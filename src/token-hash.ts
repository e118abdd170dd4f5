import { hash, randomBytes } from 'node:crypto';

/** A random key: only this process, while it runs, can compute the hash of a token. */
const KEY = randomBytes(32).toString('hex');

/** Identifies a token without keeping it: all data about a caller is stored under this hash. */
export const hashToken = (text: string): string => hash('sha256', `${KEY} ${text}`, 'base64');
