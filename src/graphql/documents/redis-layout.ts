import { createHash } from 'node:crypto';

/*
 * Each document is a key of its own, so `GETRANGE` bounds each read, and no document is lost with another. It has
 * no time to live: with a policy such as `volatile-lru`, Redis removes cache entries, and documents stay.
 */
const PREFIX = 'cotalker-gateway:document:';

export const keyOf = (id: string): string => PREFIX + id;

/** The names of all keys with a document, as `SCAN` takes them. */
export const ALL_KEYS = `${PREFIX}*`;
export const idOf = (key: string): string => key.slice(PREFIX.length);

/** One more than the longest document in bytes: four bytes for each character of a query. */
export const MAX_DOCUMENT_BYTES = 200_000;

/**
 * Whether an id is the hash of this text: SHA-256, or SHA-1, which is codegen's default. Redis may hold only such
 * ids, so nobody who writes to Redis can make an id mean another document.
 */
export const isHashOf = (id: string, text: string): boolean =>
  isHash(id) &&
  createHash(id.length === 64 ? 'sha256' : 'sha1')
    .update(text)
    .digest('hex') === id;

export const isHash = (id: string): boolean => /^(?:[0-9a-f]{64}|[0-9a-f]{40})$/.test(id);
