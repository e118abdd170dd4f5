import { describe, expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import type { KeysetPage } from '../../../src/cotalker/paging/paged-list.ts';
import { readKeyset } from '../../../src/cotalker/paging/keyset.ts';
import { idsOf, type List, listServedBy, readGroups, traverse } from '../../support/list-client.ts';
import {
  crowdOf,
  idOf,
  type ModelOptions,
  ModelUpstream,
  modelOf,
  momentOf,
  range,
} from '../../support/model-upstream.ts';

describe('the calls it takes', () => {
  const withTotal: ModelOptions = { total: 'count' };
  const withoutTotal: ModelOptions = {};

  test.each<[string, ModelUpstream, number, number]>([
    ['an empty list', modelOf(0), 50, 1],
    ['a list that fits', modelOf(20), 50, 1],
    ['a list as long as the page', modelOf(50), 50, 1],
    ['a list of one more', modelOf(51), 50, 1],
    ['a list of many more', modelOf(900), 50, 1],
    ['the largest page of a long list', modelOf(900), 500, 1],
    ['a list of one moment that fits', crowdOf(range(1, 30)), 50, 1],
    ['the first of a crowd', crowdOf(range(1, 30)), 1, 2],
    [
      'pages capped at 3: each starts with the last one of the page before',
      modelOf(9, { ...withTotal, cap: 3 }),
      50,
      4,
    ],
    [
      'pages capped at 1: two pages, and one to see that nothing moved, for each',
      modelOf(3, { ...withTotal, cap: 1 }),
      50,
      6,
    ],
    [
      'five of one moment on pages capped at 2: three, and two to see that nothing moved',
      crowdOf(range(1, 5), { ...withTotal, cap: 2 }),
      50,
      5,
    ],
    ['no total: the same', crowdOf(range(1, 5), { cap: 2 }), 50, 5],
    ['no total: an empty list', modelOf(0, withoutTotal), 50, 1],
    [
      'no total: a list that fits, and that the next page is shorter',
      modelOf(20, withoutTotal),
      50,
      2,
    ],
    ['no total: a list of one more', modelOf(51, withoutTotal), 50, 1],
    [
      'no total: one record, that page 2 is empty, and that nothing moved',
      modelOf(1, withoutTotal),
      50,
      3,
    ],
  ])('%s', async (_, model, first, calls) => {
    await readGroups(model.list, first, null);
    expect(model.calls).toHaveLength(calls);
  });

  test('a tie across the end of the page takes one more', async () => {
    const model = modelOf(100);
    model.store(idOf(200), momentOf(50), 200);
    await readGroups(model.list, 50, null);
    expect(model.calls).toEqual([
      { page: 1, limit: 51 },
      { modified_gte: momentOf(50), page: 1, limit: 51 },
    ]);
  });

  test('each page of a traversal takes one', async () => {
    const model = modelOf(100);
    const pages = await traverse(model.list, 7);
    expect(model.calls).toHaveLength(pages.length);
    expect(model.calls[1]).toEqual({ modified_gte: momentOf(7), page: 1, limit: 9 });
  });

  test('each page of a crowd takes two at the most', async () => {
    const model = crowdOf(range(1, 60));
    const pages = await traverse(model.list, 7);
    expect(model.calls.length).toBeLessThanOrEqual(2 * pages.length);
  });

  test('the total of a first page takes none, of a further page one', async () => {
    const model = modelOf(100);
    const page = await readGroups(model.list, 7, null);
    expect([await page.totalCount(), model.calls.length]).toEqual([100, 1]);
    const next = await readGroups(model.list, 7, page.next);
    expect(model.calls).toHaveLength(2);
    expect([await next.totalCount(), model.calls.length]).toEqual([100, 3]);
    expect(model.calls[2]).toEqual({ page: 1, limit: 1 });
  });

  test('without a count, the total is known where the list was read to its end', async () => {
    const model = modelOf(100, withoutTotal);
    const all = await readGroups(model.list, 500, null);
    expect([await all.totalCount(), model.calls.length]).toEqual([100, 2]);
    const some = await readGroups(model.list, 7, null);
    expect([await some.totalCount(), model.calls.length]).toEqual([null, 3]);
  });

  test.each([
    ...[-1, 501, 2 ** 31 - 1].map((first) => [first, null] as const),
    ...['', 'x', 'eyJ2IjoxfQ', '💥'].map((after) => [7, after] as const),
  ])('first: %j, after: %j is the caller’s mistake, and takes none', async (first, after) => {
    const model = modelOf(3);
    await expect(readGroups(model.list, first, after)).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(model.calls).toEqual([]);
  });

  test('a cursor of the list with another filter is the caller’s mistake', async () => {
    const model = modelOf(3);
    const { next } = await readGroups(model.list, 1, null, momentOf(1));
    await expect(readGroups(model.list, 1, next, momentOf(2))).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(model.calls).toHaveLength(1);
  });
});

/** A server that answers each page as told. */
const server = (answer: (page: KeysetPage) => { groups: unknown[]; count?: number }): List =>
  listServedBy(answer);

const group = (n: number, moment = n) => ({ _id: idOf(n), modifiedAt: momentOf(moment) });

describe('a static stub that ignores every parameter', () => {
  /** What the seed shows, to the letter. */
  const seed = server(() => ({
    groups: [
      {
        _id: '5fb43a565ee842ad20f69751',
        name: 'South Pacific Sales (2020)',
        code: 'south_pacific_sales_2020',
        createdAt: '2020-11-12T15:39:33.001Z',
        modifiedAt: '2020-11-12T15:39:33.005Z',
      },
      {
        _id: '5fb43aedb4508f03e1d9916b',
        name: 'Northern Division - Projections 2021',
        code: 'north_division_2021',
        createdAt: '2020-10-14T19:38:39.585Z',
        modifiedAt: '2020-11-12T14:21:28.358Z',
      },
    ],
  }));

  test.each([1, 2, 7, 500])(
    'the seed’s two groups come back, the older first (first: %i)',
    async (first) => {
      const pages = await traverse(seed, first);
      expect(idsOf(pages)).toEqual(['5fb43aedb4508f03e1d9916b', '5fb43a565ee842ad20f69751']);
      for (const page of pages) expect([2, null]).toContain(await page.totalCount());
    },
  );

  test('so does any such stub, whatever its order', async () => {
    const moments = fc.array(fc.option(fc.nat({ max: 9 }), { freq: 9 }), { maxLength: 12 });
    const property = fc.asyncProperty(
      moments,
      fc.boolean(),
      fc.integer({ min: 1, max: 14 }),
      async (moments, tellsTotal, first) => {
        const model = new ModelUpstream();
        const groups = moments.map((at, n) => ({
          _id: idOf(n),
          ...(at !== null && { modifiedAt: momentOf(at) }),
        }));
        for (const { _id, modifiedAt = null } of groups) model.store(_id, modifiedAt);
        const stub = server(() => ({ groups, ...(tellsTotal && { count: groups.length }) }));
        const pages = await traverse(stub, first);
        expect(idsOf(pages)).toEqual(model.records.map(({ id }) => id));
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });
});

describe('a server without order', () => {
  const shuffled = [5, 3, 9, 1, 7, 2, 8, 4, 6].map((n) => group(n));
  const pageOf = (cap: number, { page, limit, modified_gte = '' }: KeysetPage) => {
    const found = shuffled.filter(({ modifiedAt }) => modifiedAt >= modified_gte);
    const size = Math.min(cap, limit);
    return { groups: found.slice((page - 1) * size, page * size), count: found.length };
  };

  test.each([1, 7, 500])(
    'is read all the same where all fits on one page (first: %i)',
    async (first) => {
      const pages = await traverse(
        server((page) => pageOf(1000, page)),
        first,
      );
      expect(idsOf(pages)).toEqual(range(1, 9).map((n) => idOf(n)));
    },
  );

  test.each([true, false])('is refused where it does not (total: %j)', async (tellsTotal) => {
    const unsorted = server((page) => {
      const { groups, count } = pageOf(4, page);
      return tellsTotal ? { groups, count } : { groups };
    });
    await expect(readGroups(unsorted, 7, null)).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
      message: 'the list is not sorted',
    });
  });
});

describe('a server that makes no progress is refused, after few calls', () => {
  const endless = (from: number, count: number, momentOf = (n: number) => n) =>
    range(from, from + count - 1).map((n) => group(n, momentOf(n)));

  test.each<[string, (page: KeysetPage) => { groups: unknown[]; count?: number }]>([
    ['always the same page, but more in all', () => ({ groups: [group(1), group(2)], count: 5 })],
    ['the same, of one moment', () => ({ groups: [group(1, 1), group(2, 1)], count: 5 })],
    ['the same, of one', () => ({ groups: [group(1)], count: 5 })],
    ['the same, undated', () => ({ groups: [{ _id: idOf(1) }, { _id: idOf(2) }], count: 5 })],
    ['the same, unsorted', () => ({ groups: [group(2), group(1)], count: 5 })],
    ['the same, malformed', () => ({ groups: [null, {}, 7, { _id: idOf(1), name: 7 }], count: 9 })],
    ['always a full page', ({ limit }) => ({ groups: endless(1, limit) })],
    [
      'always a full page, and more in all',
      ({ limit }) => ({ groups: endless(1, limit), count: 5000 }),
    ],
    ['always a full page of one moment', ({ limit }) => ({ groups: endless(1, limit, () => 1) })],
    [
      'always a full page of new records of one moment',
      ({ page, limit, modified_gte }) => ({
        groups: modified_gte ? endless(page * limit, limit, () => 1) : endless(1, limit, () => 1),
        count: 1e6,
      }),
    ],
    [
      'always a full page of nothing readable',
      ({ limit }) => ({ groups: Array(limit).fill(null) }),
    ],
    ['always a short page of nothing readable', () => ({ groups: [null, null] })],
    [
      'two pages in turn',
      ({ page }) => ({ groups: page % 2 ? [group(1, 1)] : [group(2, 1)], count: 9 }),
    ],
  ])('%s', async (_, answer) => {
    let calls = 0;
    const stuck = server((page) => {
      calls += 1;
      return answer(page);
    });
    const everything = readKeyset(stuck, null, undefined, Infinity);
    await expect(everything).rejects.toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE' });
    expect(calls).toBeLessThan(15);
  });
});
