import { expect, jest, test } from '@jest/globals';
import { createMemo } from '../../../src/cotalker/sharing/derived.ts';

test('what is made of an object is made once', () => {
  const memo = createMemo<object, object>();
  const [one, other] = [{}, {}];
  const make = jest.fn(() => ({}));
  const made = memo(one, make);
  expect(memo(one, make)).toBe(made);
  expect(memo(other, make)).not.toBe(made);
  expect(make).toHaveBeenCalledTimes(2);
});

test('memos know nothing of one another', () => {
  const key = {};
  const [lengths, names] = [createMemo<object, number>(), createMemo<object, string>()];
  expect([lengths(key, () => 1), names(key, () => 'a')]).toEqual([1, 'a']);
  expect([lengths(key, () => 2), names(key, () => 'b')]).toEqual([1, 'a']);
});

test('a copy has nothing of it, and no other sees it', () => {
  const memo = createMemo<object, number>();
  const key = { a: 1 };
  memo(key, () => 1);
  expect(memo({ ...key }, () => 2)).toBe(2);
  expect(memo(Object.assign({}, key), () => 3)).toBe(3);
  expect(JSON.stringify(key)).toBe('{"a":1}');
  expect(Reflect.ownKeys(structuredClone(key))).toEqual(['a']);
});

test('what fails is tried again', () => {
  const memo = createMemo<object, number>();
  const key = {};
  expect(() =>
    memo(key, () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(memo(key, () => 0)).toBe(0);
  expect(memo(key, () => 1)).toBe(0);
});

test('an array can be a key', () => {
  const memo = createMemo<readonly number[], number>();
  const key = [1, 2];
  expect(memo(key, () => key.length)).toBe(2);
  expect(memo(key, () => 9)).toBe(2);
  expect([...key]).toEqual([1, 2]);
});
