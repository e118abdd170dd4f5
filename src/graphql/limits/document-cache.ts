import { LRUCache } from 'lru-cache';

/** What Yoga's parser cache asks of a store. */
interface TextCache<T> {
  get(text: string): T | undefined;
  set(text: string, value: T): unknown;
}

/**
 * Remembers what texts were parsed to; those used last are kept. Bounded by characters: Yoga's own cache
 * holds 1024 texts of any length, and a parsed text keeps all its tokens and comments: 1024 queries of
 * 1 MB that are hardly more than comments would take some 45 GB.
 *
 * @param maxCharacters The length of all texts together. Parsed, a query takes some 50 bytes a character,
 *   one without white space up to 370.
 */
export function createTextCache<T extends object | number>(maxCharacters: number): TextCache<T> {
  return new LRUCache<string, T>({
    maxSize: maxCharacters,
    // A size is at least 1.
    sizeCalculation: (_, text) => Math.max(1, text.length),
  });
}
