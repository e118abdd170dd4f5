import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { MAX_LIMIT } from '../../src/cotalker/keyset.ts';
import { type OffsetPage, pageAt, type PageSize, readWindow } from '../../src/cotalker/offset.ts';
import { range } from '../support/stage.ts';

/** Reads from a list of the numbers 0 to `total - 1` whose server puts at most `cap` on a page. */
async function read(total: number, cap: number, offset: number, count: number, known?: PageSize) {
  const pages: OffsetPage[] = [];
  const { items, ...rest } = await readWindow<number>(
    async ({ page, limit }) => {
      pages.push({ page, limit });
      const size = Math.min(limit, cap);
      const numbers = range(total, 0).slice((page - 1) * size, page * size);
      return { items: numbers.map((n) => ({ id: String(n), record: n })), total };
    },
    offset,
    count,
    known,
  );
  return { numbers: items.map(({ record }) => Number(record)), ...rest, calls: pages };
}

const slice = (total: number, offset: number, count: number): number[] =>
  range(total, 0).slice(offset, offset + count);

test('any offset, count and cap read exactly the slice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 120 }),
      fc.integer({ min: 1, max: 50 }),
      fc.nat({ max: 130 }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom('nothing', 'a size', 'the cap'),
      async (total, cap, offset, count, what) => {
        const known = {
          nothing: undefined,
          'a size': { size: 1 + (offset % cap), isMost: false },
          'the cap': { size: cap, isMost: true },
        }[what];
        const read1 = await read(total, cap, offset, count, known);
        expect(read1.numbers).toEqual(slice(total, offset, count));
        expect(read1.total).toBe(total);
        // What it finds out is true, and a page of the server's is asked for once in its measure.
        expect(read1.pages.size).toBeLessThanOrEqual(cap);
        const touched = Math.ceil(read1.numbers.length / read1.pages.size) + 1;
        expect(read1.calls.length).toBeLessThanOrEqual(touched + 2);
      },
    ),
    { numRuns: 1000 },
  );
});

describe('one call', () => {
  test.each<[string, number, number, number, PageSize | undefined]>([
    ['the first page', 100, 0, 20, undefined],
    ['a page behind pages of its own size', 100, 40, 20, undefined],
    ['a page across pages of its own size', 100, 15, 20, undefined],
    ['all there is', 500, 0, 500, undefined],
    ['one item', 100, 37, 1, undefined],
    [
      'the last page, where the server is known to make such',
      100,
      80,
      20,
      { size: 20, isMost: false },
    ],
    ['a page of which only a part exists', 50, 40, 20, { size: 20, isMost: false }],
    ['nothing, behind the end', 50, 60, 20, { size: 20, isMost: false }],
    ['nothing, of an empty list', 0, 0, 20, undefined],
  ])('%s', async (_, total, offset, count, known) => {
    const { numbers, calls } = await read(total, MAX_LIMIT, offset, count, known);
    expect(numbers).toEqual(slice(total, offset, count));
    expect(calls).toHaveLength(1);
  });
});

test.each([
  [64, 10, 0, 64, 7],
  [64, 10, 0, 23, 3],
  [64, 1, 0, 5, 5],
  [64, 7, 0, 20, 3],
  [500, 100, 0, 500, 5],
])('of %d, with %d on a page, from %d on, %d: %d calls', async (total, cap, offset, count, n) => {
  const { numbers, calls } = await read(total, cap, offset, count);
  expect(numbers).toEqual(slice(total, offset, count));
  expect(calls).toHaveLength(n);
});

test.each([
  ['a larger cap', 64, 20, 1000, [1, 1, 1, 1]],
  ['the very cap', 60, 20, 20, [1, 1, 1]],
  ['half the cap', 64, 20, 10, [2, 2, 2, 1]],
  // 20 lie on 3 or 4 pages of 7.
  ['a cap that does not divide the page', 64, 20, 7, [3, 4, 4, 2]],
])('page after page, with %s', async (_, total, first, cap, expected) => {
  let known: PageSize | undefined;
  const all: number[] = [];
  const calls: number[] = [];
  while (all.length < total) {
    const page = await read(total, cap, all.length, first, known);
    all.push(...page.numbers);
    calls.push(page.calls.length);
    known = page.pages;
  }
  expect(all).toEqual(range(total, 0));
  expect(calls).toEqual(expected);
});

test('a server that honours less than it did is found out', async () => {
  const known = { size: 20, isMost: false };
  expect((await read(64, 10, 40, 20, known)).numbers).toEqual(slice(64, 40, 20));
  expect((await read(64, 10, 40, 20, { ...known, isMost: true })).numbers).toEqual(
    slice(64, 40, 20),
  );
});

describe('pageAt', () => {
  test('holds the whole slice wherever a page within the cap can, on the smallest such page', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 2000 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 80 }),
        (offset, count, cap) => {
          const { page, limit } = pageAt(offset, count, cap);
          const holds = (size: number, wanted: number): boolean =>
            Math.floor(offset / size) === Math.floor((offset + wanted - 1) / size);
          expect(limit).toBeLessThanOrEqual(cap);
          expect(page).toBe(Math.floor(offset / limit) + 1);
          const fitting = range(cap).filter((size) => holds(size, count));
          if (fitting.length > 0) expect(limit).toBe(fitting[0]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a server that cannot be followed', () => {
  test.each([
    ['tells no total', { items: [], total: undefined }],
    ['ends before its total', { items: [], total: 5 }],
  ])('%s', async (_, answer) => {
    await expect(readWindow(async () => answer, 0, 10)).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
    });
  });

  test('a list that grows or shrinks between two pages is read to its new end', async () => {
    const totals = [30, 12];
    const { items, total } = await readWindow<number>(
      async ({ page, limit }) => {
        const total = totals.shift() ?? 12;
        const size = Math.min(limit, 10);
        const numbers = range(total, 0).slice((page - 1) * size, page * size);
        return { items: numbers.map((n) => ({ id: String(n), record: n })), total };
      },
      0,
      25,
    );
    expect([items.length, total]).toEqual([12, 12]);
  });
});
