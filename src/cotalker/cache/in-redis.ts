import { askInTime } from '../../redis/ask.ts';
import type { Redis } from '../../redis/connection.ts';
import { LATE, RedisError } from '../../redis/state.ts';
import { decodeEntry, encodeEntry, keepMs, MAX_BODY_BYTES, type Store } from './entry.ts';
import { seal, unseal } from './seal.ts';

/** Where entries lie; the number changes with what they look like. */
const PREFIX = 'cotalker-gateway:cache:1:';
/** With the header, and what sealing adds. */
const MAX_SEALED_BYTES = MAX_BODY_BYTES + 4096;
/** Nobody waits for a write; but where it takes longer than this, there are no more for a while. */
const WRITE_MS = 1000;
/** What may be on its way to Redis at once; more is not written. */
const MAX_PENDING_BYTES = 8 * 1024 * 1024;

/** Keeps entries in Redis, sealed, each with its time to live. Where Redis is slow, nothing is written either. */
export function createRedisStore(redis: Redis): Store {
  const { breaker } = redis;
  let pendingBytes = 0;

  return {
    get: async (key, patienceMs) => {
      // No more than an entry can have, whatever somebody has put there.
      const command = ['GETRANGE', PREFIX + key.name, '0', String(MAX_SEALED_BYTES)];
      const sealed = (await askInTime(redis, 'reads', command, patienceMs)) as Buffer;
      if (sealed.length === 0) return undefined;
      const content = sealed.length > MAX_SEALED_BYTES ? undefined : unseal(sealed, key);
      const entry = content && decodeEntry(content);
      if (entry === undefined) throw new RedisError('GARBAGE');
      return entry;
    },
    set: (key, entry) => {
      const bytes = entry.body.byteLength;
      if (bytes > MAX_BODY_BYTES || pendingBytes + bytes > MAX_PENDING_BYTES || !breaker.isOver)
        return;
      const sealed = seal(encodeEntry(entry), key);
      pendingBytes += bytes;
      redis
        .send(['SET', PREFIX + key.name, sealed, 'PX', String(Math.ceil(keepMs(entry)))], WRITE_MS)
        .then(
          () => redis.report('writes', undefined),
          (error: unknown) => {
            const { code } = error as RedisError;
            if (code === LATE) breaker.end('late');
            if (code !== 'DOWN') redis.report('writes', code);
          },
        )
        .finally(() => (pendingBytes -= bytes));
    },
  };
}
