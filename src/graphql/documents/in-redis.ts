import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { documentsUnavailable } from '../../errors.ts';
import type { Redis } from '../../redis/connection.ts';
import type { RedisError } from '../../redis/state.ts';
import { notFound } from './document-id.ts';

/*
 * Each document is a key of its own, so `GETRANGE` bounds each read, and no document is lost with another. It has
 * no time to live: with a policy such as `volatile-lru`, Redis removes cache entries, and documents stay.
 */
const PREFIX = 'cotalker-gateway:document:';

export const keyOf = (id: string): string => PREFIX + id;

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

const isHash = (id: string): boolean => /^(?:[0-9a-f]{64}|[0-9a-f]{40})$/.test(id);

const KEPT_CHARACTERS = 10_000_000;
/** How long to wait for a document, in milliseconds: without it the gateway can do nothing. */
const DOCUMENT_TIMEOUT_MS = 1000;

/**
 * Finds documents in Redis. Each is read once and cached, because the text of an id never changes. So known
 * documents work while Redis is down.
 *
 * @returns A function that gives the text for an id; a promise, if Redis must be asked. It fails with
 *   `PERSISTED_QUERY_NOT_FOUND` if there is no such document, and with `DOCUMENTS_UNAVAILABLE` if Redis does not answer.
 */
export function createSharedDocuments(redis: Redis): (id: string) => string | Promise<string> {
  const known = new LRUCache<string, string>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (text) => text.length + 100,
  });
  const loading = new Map<string, Promise<string>>();

  const read = async (id: string): Promise<string> => {
    try {
      const command = ['GETRANGE', keyOf(id), '0', String(MAX_DOCUMENT_BYTES)];
      const reply = (await redis.send(command, DOCUMENT_TIMEOUT_MS)) as Buffer;
      return reply.toString('utf8');
    } catch (error) {
      const { code } = error as RedisError;
      // The log already says that there is no connection.
      if (code !== 'DOWN') redis.report('documents', code);
      throw documentsUnavailable();
    }
  };
  const load = async (id: string): Promise<string> => {
    const text = await read(id);
    if (text === '') throw notFound();
    if (!isHashOf(id, text)) {
      redis.report('documents', 'CHANGED');
      throw notFound();
    }
    redis.report('documents', undefined);
    known.set(id, text);
    return text;
  };
  const loadOnce = (id: string): Promise<string> => {
    const begun = loading.get(id) ?? load(id).finally(() => loading.delete(id));
    loading.set(id, begun);
    return begun;
  };

  return (id) => {
    const text = known.get(id);
    if (text !== undefined) return text;
    if (!isHash(id)) throw notFound();
    return loadOnce(id);
  };
}
