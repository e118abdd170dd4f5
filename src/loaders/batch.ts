import type DataLoader from 'dataloader';

/**
 * If a batch fails as a whole, each of its keys gets that error. DataLoader would forget such keys and load them
 * again. But within a request, a failure is final.
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
