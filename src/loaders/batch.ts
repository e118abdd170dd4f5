import type DataLoader from 'dataloader';

/**
 * A batch that fails as a whole stands for each of its keys as that error. DataLoader would forget such
 * keys, and ask again for each that comes again: within a request, what has failed has failed.
 */
export const remembered =
  <K, V>(batch: (keys: readonly K[]) => Promise<(V | Error)[]>): DataLoader.BatchLoadFn<K, V> =>
  async (keys) => {
    try {
      return await batch(keys);
    } catch (error) {
      return keys.map(() => error as Error);
    }
  };
