import { createHash } from 'node:crypto';

/*
 * A document is a key of its own, so that what is read of it is bounded by `GETRANGE`, and none is lost with
 * another. It has no time to live: under a policy such as `volatile-lru` the cache makes place, and it stays.
 */
const PREFIX = 'cotalker-gateway:document:';

export const keyOf = (id: string): string => PREFIX + id;

/** The most that a document has, in bytes: four for each character that a query may have, and one more. */
export const MAX_DOCUMENT_BYTES = 200_000;

/**
 * Whether an id is the hash of this text: SHA-256, or SHA-1, which codegen takes where it is told nothing.
 * Only such ids can be in Redis: nobody who writes to it can have one mean another document.
 */
export const isHashOf = (id: string, text: string): boolean =>
  isHash(id) &&
  createHash(id.length === 64 ? 'sha256' : 'sha1')
    .update(text)
    .digest('hex') === id;

export const isHash = (id: string): boolean => /^(?:[0-9a-f]{64}|[0-9a-f]{40})$/.test(id);
