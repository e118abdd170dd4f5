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

const readings = new WeakMap<object, Map<unknown, unknown>>();

/**
 * From now on, what is read from this body is kept with it. This is only for bodies that come again. V8's short
 * collections take all values of a WeakMap for live, so a body that comes once would be copied twice before it goes.
 */
export function keepReadings(body: unknown): void {
  if (typeof body === 'object' && body !== null) readings.set(body, new Map());
}

/** What this reader has read from the body before, else from `read`. */
export function readOnce<T>(body: object, reader: unknown, read: () => T): T {
  const known = readings.get(body);
  if (known === undefined) return read();
  if (!known.has(reader)) known.set(reader, read());
  return known.get(reader) as T;
}
