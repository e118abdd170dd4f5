import { loadEnv } from '../src/config/file.ts';
import { ConfigError, readToolConfig } from '../src/config/index.ts';
import { readManifest } from '../src/graphql/documents/trusted.ts';
import { ALL_KEYS, idOf, isHashOf, MAX_DOCUMENT_BYTES } from '../src/graphql/documents/in-redis.ts';
import { type Send, withRedis } from '../src/redis/briefly.ts';

/**
 * The documents that clients name, by their ids.
 *
 * @param from The file of a manifest; `redis`: the documents of the Redis at `REDIS_URL`.
 * @throws ConfigError for what is wrong with either; RedisError if Redis does not give them.
 */
export async function readDocuments(from: string): Promise<ReadonlyMap<string, string>> {
  if (from !== 'redis') return readManifest(from, 'The manifest is');
  loadEnv();
  const { redisUrl } = readToolConfig();
  if (redisUrl === undefined) throw new ConfigError(['REDIS_URL must be set']);
  return withRedis(redisUrl, readAll);
}

async function readAll(send: Send): Promise<ReadonlyMap<string, string>> {
  const documents = new Map<string, string>();
  let cursor = '0';
  do {
    const reply = await send(['SCAN', cursor, 'MATCH', ALL_KEYS, 'COUNT', '1000']);
    const [next, keys] = reply as [Buffer, Buffer[]];
    for (const key of keys.map(String)) {
      const text = String(await send(['GETRANGE', key, '0', String(MAX_DOCUMENT_BYTES)]));
      // The gateway gives no others.
      if (isHashOf(idOf(key), text)) documents.set(idOf(key), text);
    }
    cursor = String(next);
  } while (cursor !== '0');
  return documents;
}
