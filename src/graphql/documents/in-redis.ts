import { LRUCache } from 'lru-cache';
import { documentsUnavailable } from '../../errors.ts';
import { NotLoaded } from './document-id.ts';
import type { Redis } from '../../redis/connection.ts';
import type { RedisError } from '../../redis/errors.ts';
import { isHash, isHashOf, keyOf, MAX_DOCUMENT_BYTES } from './redis-layout.ts';
import { notFound } from './refusals.ts';

/** The length of all documents together that are kept. */
const KEPT_CHARACTERS = 10_000_000;
/** How long a document is waited for, in milliseconds: without it there is nothing to do. */
const PATIENCE_MS = 1000;

/**
 * Finds documents that are in Redis. Each is asked for once, and kept: what an id means never changes. So
 * what is known is served while Redis is down.
 *
 * @returns A function that gives the text of an id.
 * @throws NotLoaded where it has to be asked for; that in turn fails with `PERSISTED_QUERY_NOT_FOUND` where
 *   there is none, and with `DOCUMENTS_UNAVAILABLE` where Redis does not say.
 */
export function createSharedDocuments(redis: Redis): (id: string) => string {
  const known = new LRUCache<string, string>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (text) => text.length + 100,
  });
  const loading = new Map<string, Promise<void>>();

  const read = async (id: string): Promise<string> => {
    try {
      const command = ['GETRANGE', keyOf(id), '0', String(MAX_DOCUMENT_BYTES)];
      const reply = (await redis.send(command, PATIENCE_MS)) as Buffer;
      return reply.toString('utf8');
    } catch (error) {
      const { code } = error as RedisError;
      // That there is no connection is told already.
      if (code !== 'DOWN') redis.tell('documents', code);
      throw documentsUnavailable();
    }
  };
  const load = async (id: string): Promise<void> => {
    const text = await read(id);
    if (text === '') throw notFound();
    if (!isHashOf(id, text)) {
      redis.tell('documents', 'CHANGED');
      throw notFound();
    }
    redis.tell('documents', undefined);
    known.set(id, text);
  };
  const loadOnce = (id: string): Promise<void> => {
    const begun = loading.get(id) ?? load(id).finally(() => loading.delete(id));
    loading.set(id, begun);
    return begun;
  };

  return (id) => {
    const text = known.get(id);
    if (text !== undefined) return text;
    if (!isHash(id)) throw notFound();
    throw new NotLoaded(() => loadOnce(id));
  };
}
