/** Makes a value when it is first asked for, and gives that one again. */
export function once<T extends object | string>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

/** Answers every key once, and again with what it answered: for loads that have no batch endpoint. */
export function oncePerKey<V>(load: (key: string) => Promise<V>): (key: string) => Promise<V> {
  const answers = new Map<string, Promise<V>>();
  return (key) => {
    const answer = answers.get(key) ?? load(key);
    answers.set(key, answer);
    return answer;
  };
}
