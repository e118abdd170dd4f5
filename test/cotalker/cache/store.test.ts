import { expect, test } from '@jest/globals';
import {
  createMemoryStore,
  type Entry,
  type EntryKey,
  type Store,
} from '../../../src/cotalker/cache/store.ts';
import { hashToken } from '../../../src/token-hash.ts';
import fc from '../../support/properties.ts';

/* The store in this process: what is found by which key, and what it keeps of a body. In Redis: test/redis. */

const PATIENCE_MS = 50;
const keyOf = (token: string, part: EntryKey['part'], name: string): EntryKey => ({
  ...{ authorization: `Bearer ${token}`, token: hashToken(`Bearer ${token}`), part, name },
});
const entryOf = (body: Uint8Array): Entry => ({
  ...{ askedAt: 0, freshMs: 60_000, etag: undefined, encoding: undefined, body },
});
const bodyIn = async (store: Store, key: EntryKey): Promise<string | undefined> => {
  const entry = await store.get(key, PATIENCE_MS);
  return entry && Buffer.from(entry.body).toString();
};

test('an entry is found by its own key alone: token, part and name', async () => {
  const token = fc.constantFrom('a', 'b', 'a true', 'true', '');
  const part = fc.constantFrom<EntryKey['part']>(true, false, 'forgotten');
  const name = fc.constantFrom('', '/v2/groups', 'all', 'true /v2/groups', 'false all', ' all');
  const key = fc.tuple(token, part, name);
  await fc.assert(
    fc.asyncProperty(fc.array(key, { maxLength: 30 }), key, async (kept, sought) => {
      const store = createMemoryStore(1e6);
      for (const parts of kept)
        store.set(keyOf(...parts), entryOf(Buffer.from(JSON.stringify(parts))));
      const text = JSON.stringify(sought);
      const isKept = kept.some((parts) => JSON.stringify(parts) === text);
      expect(await bodyIn(store, keyOf(...sought))).toBe(isKept ? text : undefined);
    }),
    { numRuns: 200 },
  );
});

test('in this process the hash of a token stands for it: nothing of the token is in a key', async () => {
  const store = createMemoryStore(1e6);
  const key = keyOf('alice', false, '/v2/groups');
  store.set(key, entryOf(Buffer.from('of alice')));
  expect(await bodyIn(store, { ...key, authorization: 'Bearer bob' })).toBe('of alice');
  const { token } = keyOf('bob', false, '');
  expect(await bodyIn(store, { ...key, token })).toBeUndefined();
});

test('what keys take counts as well', async () => {
  const store = createMemoryStore(10_000);
  const key = keyOf('alice', false, `/v2/channels?id=${'1'.repeat(10_000)}`);
  store.set(key, entryOf(Buffer.from('short')));
  expect(await bodyIn(store, key)).toBeUndefined();
});

test('a body that has its buffer for itself is kept as it is; a part of a larger one is copied', async () => {
  const store = createMemoryStore(1e6);
  const own = new Uint8Array(100);
  const part = new Uint8Array(1000).subarray(0, 100);
  const keptOf = async (body: Uint8Array): Promise<Uint8Array | undefined> => {
    store.set(keyOf('alice', false, ''), entryOf(body));
    return (await store.get(keyOf('alice', false, ''), PATIENCE_MS))?.body;
  };
  expect(await keptOf(own)).toBe(own);
  const copy = await keptOf(part);
  expect(copy).toEqual(part);
  expect(copy?.buffer.byteLength).toBe(100);
});
