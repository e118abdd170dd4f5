import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** What an entry is called, and what it is sealed with. */
export interface EntryKey {
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
export function entryKey(secret: Buffer, parts: readonly unknown[]): EntryKey {
  const bits = createHmac('sha512', secret).update(JSON.stringify(parts)).digest();
  return { name: bits.toString('base64url', 0, 32), sealingKey: bits.subarray(32) };
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts and authenticates. The name goes in, so that no entry can stand in another's place. */
export function seal(content: Buffer, { name, sealingKey }: EntryKey): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKey, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(name));
  const sealed = [cipher.update(content), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]);
}

/** @returns What was sealed; undefined where it is not that, to the last bit. */
export function unseal(sealed: Buffer, { name, sealingKey }: EntryKey): Buffer | undefined {
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
