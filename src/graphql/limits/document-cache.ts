/** What Yoga's parser cache asks of a store. */
interface TextCache<T> {
  get(text: string): T | undefined;
  set(text: string, value: T): void;
}

/**
 * Remembers what texts were parsed to; those used last are kept. Bounded by characters: Yoga's own cache
 * holds 1024 texts of any length, and a parsed text keeps all its tokens and comments: 1024 queries of
 * 1 MB that are hardly more than comments would take some 45 GB.
 *
 * @param maxCharacters The length of all texts together. Parsed, a query takes some 50 bytes a character,
 *   one without white space up to 370.
 */
export function createTextCache<T>(maxCharacters: number): TextCache<T> {
  const kept = new Map<string, T>();
  let characters = 0;

  const remove = (text: string): void => {
    if (kept.delete(text)) characters -= text.length;
  };
  return {
    get: (text) => {
      const value = kept.get(text);
      if (value === undefined) return undefined;
      kept.delete(text);
      kept.set(text, value);
      return value;
    },
    set: (text, value) => {
      remove(text);
      kept.set(text, value);
      characters += text.length;
      for (const oldest of kept.keys()) {
        if (characters <= maxCharacters) break;
        remove(oldest);
      }
    },
  };
}
