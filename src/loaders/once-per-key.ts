import type DataLoader from 'dataloader';

/** Makes a value at the first call, and returns the same value later. */
export function once<T extends object | string>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

/** Loads every key once, and returns the same result later: for loads without a batch endpoint. */
export function oncePerKey<V>(load: (key: string) => Promise<V>): (key: string) => Promise<V> {
  const answers = new Map<string, Promise<V>>();
  return (key) => {
    const answer = answers.get(key) ?? load(key);
    answers.set(key, answer);
    return answer;
  };
}

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
