import { describe, expect, test } from '@jest/globals';
import { groupRecord } from '../../src/cotalker/groups.ts';
import { layOutMenu, type Menu } from '../../src/mapping/menu.ts';
import { idOf } from '../support/stage.ts';

interface Row {
  readonly weight?: number | null;
  readonly name?: string;
  readonly parent?: number;
  /** Makes the group a category, unless `isCategory` says otherwise. */
  readonly nested?: readonly number[];
  readonly isCategory?: boolean;
}

/** A menu of numbered groups, in the order in which the upstream lists them. */
const menuOf = (rows: Readonly<Record<number, Row>>): Menu =>
  layOutMenu(
    Object.entries(rows).map(([n, { weight, name, parent, nested, isCategory }]) => ({
      id: idOf(Number(n)),
      modifiedAt: null,
      record: groupRecord.parse({
        ...{ _id: idOf(Number(n)), name, weight },
        ...(parent !== undefined && { parent: idOf(parent) }),
        ...(nested && { isCategory: isCategory ?? true, nestedGroups: nested.map(idOf) }),
      }),
    })),
  );
const numbers = (groups: readonly { readonly id: string }[]): number[] =>
  groups.map(({ id }) => Number.parseInt(id, 16));

describe('the top of the menu', () => {
  test.each<[string, Record<number, Row>, number[]]>([
    ['no groups', {}, []],
    ['by weight', { 1: { weight: 9 }, 2: { weight: -1 }, 3: { weight: 0 } }, [2, 3, 1]],
    ['no weight last', { 1: {}, 2: { weight: null }, 3: { weight: 1e9 } }, [3, 1, 2]],
    ['ties by name', { 1: { weight: 1, name: 'b' }, 2: { weight: 1, name: 'A' } }, [2, 1]],
    ['same name by id', { 9: { name: 'a' }, 8: { name: 'a' } }, [8, 9]],
    ['not what has a parent', { 1: {}, 2: { parent: 1 } }, [1]],
    ['not what has a parent that is not listed', { 1: {}, 2: { parent: 7 } }, [1]],
    ['not its own child', { 1: { parent: 1 }, 2: {} }, [2]],
    ['not each other’s children', { 1: { parent: 2 }, 2: { parent: 1 } }, []],
    ['not what a category nests', { 1: { nested: [2, 2, 7] }, 2: {} }, [1]],
    ['nestedGroups without isCategory', { 1: { nested: [2], isCategory: false }, 2: {} }, [1, 2]],
    ['categories that nest each other', { 1: { nested: [2] }, 2: { nested: [1] }, 3: {} }, [3]],
    ['a category that nests itself', { 1: { nested: [1] }, 2: {} }, [2]],
    ['nested and with a parent', { 1: { nested: [2] }, 2: { parent: 3 }, 3: {} }, [1, 3]],
  ])('%s', (_, rows, top) => expect(numbers(menuOf(rows).top)).toEqual(top));
});

describe('below a group', () => {
  const rows = {
    1: { weight: 5 },
    2: { parent: 1, weight: 3, name: 'b' },
    3: { parent: 1, weight: 3, name: 'a' },
    4: { parent: 1 },
    5: { parent: 5 },
    6: { parent: 9, weight: 1 },
  };

  test.each([
    [1, [3, 2, 4]],
    [2, []],
    [5, [5]],
    [9, [6]],
    [7, []],
  ])('the children of %d are %j', (n, children) => {
    expect(numbers(menuOf(rows).childrenOf(idOf(n)))).toEqual(children);
  });

  test('ids are picked each once, by weight, and those not listed are left out', () => {
    const picked = menuOf(rows).pick([4, 6, 4, 99, 2, 3, 6].map(idOf));
    expect(numbers(picked)).toEqual([6, 3, 2, 4]);
  });

  test('all are listed, each once', () => {
    const ids = menuOf(rows).records.map(({ _id }) => ({ id: _id }));
    expect(numbers(ids).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
