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
