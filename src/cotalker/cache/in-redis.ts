import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { askInTime } from '../../redis/ask.ts';
import type { Redis } from '../../redis/connection.ts';
import { LATE, RedisError } from '../../redis/state.ts';
import { type Entry, type EntryKey, keepMs, MAX_BODY_BYTES, type Store } from './store.ts';

/** Where entries lie; the number changes with what they look like. */
const PREFIX = 'cotalker-gateway:cache:1:';
/** With the header, and what sealing adds. */
const MAX_SEALED_BYTES = MAX_BODY_BYTES + 4096;
/** Nobody waits for a write; but where it takes longer than this, there are no more for a while. */
const WRITE_MS = 1000;
/** What may be on its way to Redis at once; more is not written. */
const MAX_PENDING_BYTES = 8 * 1024 * 1024;

interface SealingOptions {
  /** Known to all who share the entries. */
  readonly secret: string;
  /** Cotalker's address: answers of another one are others. */
  readonly origin: string;
}

/** Keeps entries in Redis, sealed, each with its time to live. Where Redis is slow, nothing is written either. */
export function createRedisStore(redis: Redis, { secret, origin }: SealingOptions): Store {
  const { breaker } = redis;
  const hmacKey = Buffer.from(secret);
  const sealedKeyOf = ({ authorization, part, name }: EntryKey): SealedKey =>
    sealedKey(hmacKey, [origin, authorization, part, name]);
  let pendingBytes = 0;

  return {
    get: async (entryKey, patienceMs) => {
      const key = sealedKeyOf(entryKey);
      // No more than an entry can have, whatever somebody has put there.
      const command = ['GETRANGE', PREFIX + key.name, '0', String(MAX_SEALED_BYTES)];
      const sealed = (await askInTime(redis, 'reads', command, patienceMs)) as Buffer;
      if (sealed.length === 0) return undefined;
      const content = sealed.length > MAX_SEALED_BYTES ? undefined : unseal(sealed, key);
      const entry = content && decodeEntry(content);
      if (entry === undefined) throw new RedisError('GARBAGE');
      return entry;
    },
    set: (entryKey, entry) => {
      const bytes = entry.body.byteLength;
      if (bytes > MAX_BODY_BYTES || pendingBytes + bytes > MAX_PENDING_BYTES || !breaker.isOver)
        return;
      const key = sealedKeyOf(entryKey);
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

/** What an entry is called in Redis, and what it is sealed with. */
interface SealedKey {
  /** Tells nothing of what it was made from to whoever has not the secret. */
  readonly name: string;
  /** 256 bits, of this entry alone. */
  readonly sealingKey: Buffer;
}

/**
 * Both come from one HMAC, of which one half says nothing of the other. So whoever has all of Redis can
 * neither test which tokens have asked for what, nor read a body: that takes the secret and the token.
 *
 * @param parts What tells entries apart, the caller's token above all.
 */
function sealedKey(secret: Buffer, parts: readonly unknown[]): SealedKey {
  const bits = createHmac('sha512', secret).update(JSON.stringify(parts)).digest();
  return { name: bits.toString('base64url', 0, 32), sealingKey: bits.subarray(32) };
}

const header = z.strictObject({
  askedAt: z.number(),
  freshMs: z.number(),
  etag: z.string().optional(),
  encoding: z.string().optional(),
});

const LENGTH_BYTES = 4;

/** The length of the header, the header in JSON, the body. */
function encodeEntry({ body, ...about }: Entry): Buffer {
  const head = Buffer.from(JSON.stringify(about));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, body]);
}

/** @returns undefined for what is none. */
function decodeEntry(bytes: Buffer): Entry | undefined {
  if (bytes.length < LENGTH_BYTES) return undefined;
  const end = LENGTH_BYTES + bytes.readUInt32BE();
  if (end > bytes.length) return undefined;
  try {
    const { data } = header.safeParse(JSON.parse(bytes.toString('utf8', LENGTH_BYTES, end)));
    if (data === undefined) return undefined;
    const { etag, encoding, ...times } = data;
    return { ...times, etag, encoding, body: bytes.subarray(end) };
  } catch {
    return undefined;
  }
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts and authenticates. The name goes in, so that no entry can stand in another's place. */
export function seal(content: Buffer, { name, sealingKey }: SealedKey): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKey, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(name));
  const sealed = [cipher.update(content), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]);
}

/** @returns What was sealed; undefined where it is not that, to the last bit. */
function unseal(sealed: Buffer, { name, sealingKey }: SealedKey): Buffer | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, sealingKey, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(name));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const content = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([content, decipher.final()]);
  } catch {
    return undefined;
  }
}
