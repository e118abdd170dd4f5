import { describe, expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import { createTextCache } from '../../../src/graphql/limits/document-cache.ts';

describe('the cache of parsed queries', () => {
  test('keeps what was used last', () => {
    const cache = createTextCache<number>(9);
    cache.set('aaa', 1);
    cache.set('bbb', 2);
    cache.set('ccc', 3);
    expect(cache.get('aaa')).toBe(1);
    cache.set('ddd', 4);
    expect(['aaa', 'bbb', 'ccc', 'ddd'].map((text) => cache.get(text))).toEqual([
      1,
      undefined,
      3,
      4,
    ]);
  });

  test('does not keep a text that is too long for it, and keeps the others', () => {
    const cache = createTextCache<number>(9);
    cache.set('aaa', 1);
    cache.set('0123456789', 2);
    expect([cache.get('0123456789'), cache.get('aaa')]).toEqual([undefined, 1]);
  });

  test('never holds more characters than it may, and answers with what was set last', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.nat()), { maxLength: 60 }),
        (entries) => {
          const cache = createTextCache<number>(20);
          const last = new Map<string, number>();
          for (const [text, value] of entries) {
            cache.set(text, value);
            last.set(text, value);
          }
          const kept = [...last].filter(([text]) => cache.get(text) !== undefined);
          expect(kept.reduce((sum, [text]) => sum + text.length, 0)).toBeLessThanOrEqual(20);
          for (const [text, value] of kept) expect(cache.get(text)).toBe(value);
          expect(kept.length > 0).toBe(entries.length > 0);
        },
      ),
    );
  });
});
