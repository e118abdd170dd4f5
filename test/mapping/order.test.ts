import { describe, expect, test } from '@jest/globals';
import { byWeight } from '../../src/mapping/fields.ts';

interface Entry {
  readonly _id: string | null;
  readonly weight: number | null;
  readonly name: string;
}
const entry = (weight: number | null, name = '', _id: string | null = null): Entry => ({
  ...{ _id, weight, name },
});
const order = byWeight<Entry>(({ name }) => name);

describe('the first comes before the second, whichever is compared with the other', () => {
  test.each<[string, Entry, Entry]>([
    ['smaller weight', entry(1, 'z'), entry(2, 'a')],
    ['negative weight', entry(-5), entry(0)],
    ['fractions', entry(1.5), entry(1.75)],
    ['any weight before none', entry(999_999, 'z'), entry(null, 'a')],
    ['zero is a weight', entry(0, 'z'), entry(null, 'a')],
    ['ties by name', entry(1, 'a'), entry(1, 'b')],
    ['ties by name, without weights', entry(null, 'a'), entry(null, 'b')],
    ['names without regard to case', entry(1, 'b'), entry(1, 'C')],
    ['accents sort with their letter', entry(1, 'Ámbar'), entry(1, 'Barco')],
    ['same name: by id', entry(1, 'a', '5f00'), entry(1, 'a', '5f01')],
    ['same name: no id first', entry(1, 'a', null), entry(1, 'a', '5f01')],
  ])('%s', (_, first, second) => {
    expect(order(first, second)).toBeLessThan(0);
    expect(order(second, first)).toBeGreaterThan(0);
  });
});

test('an entry equals itself, and two that differ in nothing keep their order', () => {
  const one = entry(1, 'a', '5f00');
  expect(order(one, one)).toBe(0);
  const twins = [entry(1, 'a'), entry(1, 'a'), entry(1, 'a')];
  expect([...twins].sort(order).map((twin) => twins.indexOf(twin))).toEqual([0, 1, 2]);
});
