import { describe, expect, jest, test } from '@jest/globals';
import { createKnownSizes } from '../../../src/cotalker/sharing/list-size-hints.ts';

describe('known sizes', () => {
  test('are of one caller and one list, the last one noted', () => {
    const sizesOf = createKnownSizes();
    sizesOf('a').note('channels', 5000);
    sizesOf('a').note('channels', 40);
    expect(sizesOf('a').of('channels')).toBe(40);
    expect(sizesOf('a').of('groups')).toBeUndefined();
    expect(sizesOf('b').of('channels')).toBeUndefined();
  });

  test('are forgotten once they are too many, the one noted longest ago first', () => {
    const sizesOf = createKnownSizes({ maxEntries: 2 });
    for (const list of ['a', 'b', 'a', 'c']) sizesOf('x').note(list, 1);
    expect(['a', 'b', 'c'].map((list) => sizesOf('x').of(list))).toEqual([1, undefined, 1]);
  });

  test('are not believed for ever', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    try {
      const sizes = createKnownSizes({ maxAgeMs: 1000 })('x');
      sizes.note('channels', 7);
      now.mockReturnValue(1000);
      expect(sizes.of('channels')).toBe(7);
      now.mockReturnValue(1001);
      expect(sizes.of('channels')).toBeUndefined();
    } finally {
      now.mockRestore();
    }
  });
});
