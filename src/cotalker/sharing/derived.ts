/**
 * The derived value of an object: the stored one, else from `make`.
 *
 * @param key Not to be changed.
 */
export type Memo<K extends object, V extends object | string | number | boolean> = (
  key: K,
  make: () => V,
) => V;

/** Remembers what is worked out of objects for as long as they are there. */
export function createMemo<K extends object, V extends object | string | number | boolean>(): Memo<
  K,
  V
> {
  const results = new WeakMap<K, V>();
  return (key, make) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    const value = make();
    results.set(key, value);
    return value;
  };
}
