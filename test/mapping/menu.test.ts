import { describe, expect, test } from '@jest/globals';
import { readItem } from '../../src/cotalker/records/envelope.ts';
import { groupRecord } from '../../src/cotalker/records/group.ts';
import { layOutMenu, type Menu, type MenuItem } from '../../src/mapping/menu.ts';
import { idOf } from '../support/stage.ts';

interface Row {
  readonly weight?: number | null;
  readonly name?: string;
  readonly parent?: number;
  /** Makes the group a category, unless `isCategory` says otherwise. */
  readonly nested?: readonly number[] | 'soon';
  readonly isCategory?: boolean;
  readonly url?: string;
}

/** A menu of numbered groups, in the order in which the upstream lists them. */
const menuOf = (rows: Readonly<Record<number, Row>>): Menu =>
  layOutMenu(
    Object.entries(rows).map(([n, { weight, name, parent, nested, isCategory, url }]) => ({
      id: idOf(Number(n)),
      modifiedAt: null,
      hasPlace: true,
      record: readItem(
        {
          ...{ _id: idOf(Number(n)), name, weight },
          ...(parent !== undefined && { parent: idOf(parent) }),
          ...(url !== undefined && { link: { url } }),
          ...(nested && {
            isCategory: isCategory ?? true,
            nestedGroups: typeof nested === 'string' ? nested : nested.map(idOf),
          }),
        },
        groupRecord,
      ).record,
    })),
  );
const numbers = (groups: readonly MenuItem[]): number[] =>
  groups.map(({ record }) => ('_id' in record ? Number.parseInt(record._id, 16) : NaN));

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
    const all = menuOf(rows).records.map((record) => ({ record }));
    expect(numbers(all).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('the category that holds a group', () => {
  const of = (rows: Readonly<Record<number, Row>>, n: number): string | null =>
    menuOf(rows).categoryOf(idOf(n))?._id ?? null;

  test.each<[string, Record<number, Row>, number | null]>([
    ['is the one that nests it', { 1: { nested: [9] }, 9: {} }, 1],
    ['is the first by weight', { 1: { nested: [9] }, 2: { nested: [9], weight: 1 }, 9: {} }, 2],
    ['is none without isCategory', { 1: { nested: [9], isCategory: false }, 9: {} }, null],
    ['is not its parent', { 1: { nested: [] }, 9: { parent: 1 } }, null],
    ['is no link', { 1: { nested: [9], url: 'https://x.test' }, 9: {} }, null],
    ['is the one behind a link', { 1: { nested: [9], url: 'x:' }, 2: { nested: [9] }, 9: {} }, 2],
  ])('%s', (_, rows, category) =>
    expect(of(rows, 9)).toBe(category === null ? null : idOf(category)),
  );

  test('is not known where a category hides what it holds, but where another one tells', () => {
    const rows = { 1: { nested: 'soon' }, 2: { nested: [7] }, 7: {}, 9: {} } as const;
    expect(of(rows, 7)).toBe(idOf(2));
    expect(() => of(rows, 9)).toThrow(
      expect.objectContaining({ code: 'UPSTREAM_INVALID_RESPONSE' }),
    );
  });
});
