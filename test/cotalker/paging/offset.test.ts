import { describe, expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import {
  countWindow,
  goesOn,
  type OffsetList,
  readWindow,
} from '../../../src/cotalker/paging/offset.ts';
import { type OffsetPage, pageAt } from '../../../src/cotalker/paging/paged-list.ts';
import { createTraits, type Traits } from '../../../src/cotalker/traits/index.ts';
import { range } from '../../support/stage.ts';

type Counts = 'total' | 'wider' | 'page' | 'none';

interface Server {
  /** The list holds the numbers from 0 to one less. */
  readonly size: number;
  /** How many the server puts on a page at the most. Default: as many as asked for. */
  readonly cap?: number;
  /** Default: what the list has. */
  readonly counts?: Counts;
  readonly skipsAsAsked?: boolean;
}

const known = (counts: Counts): Traits => createTraits({ counts: { tasks: counts } });

/** A list, the pages that it was asked for, and one record of those that no filter matches. */
function serve(
  { size, cap = Infinity, counts = 'total', skipsAsAsked = false }: Server,
  traits: Traits,
) {
  const calls: OffsetPage[] = [];
  const answer = (numbers: readonly number[], total: number, page: OffsetPage) => {
    calls.push(page);
    const items = numbers.map((n) => ({ id: String(n), record: n }));
    const count = { total, wider: 1000, page: numbers.length, none: undefined }[counts];
    traits.notePage('tasks', { ...page, items: items.length, count });
    return { items, total: count };
  };
  const list: OffsetList<number> = {
    name: 'tasks',
    session: { traits },
    fetchPage: async ({ page, limit }) => {
      const most = Math.min(limit, cap);
      const skip = (page - 1) * (skipsAsAsked ? limit : most);
      return answer(range(size, 0).slice(skip, skip + most), size, { page, limit });
    },
  };
  return { list, calls, probe: async () => answer([], 0, { page: 1, limit: 1 }) };
}

/** Reads one window; `calls` are those that its items took. */
async function read(
  server: Server,
  offset: number,
  count: number,
  traits: Traits = known(server.counts ?? 'total'),
) {
  const { list, calls, probe } = serve(server, traits);
  const window = await readWindow(list, offset, count);
  const numbers = window.items.map(({ record }) => Number(record));
  const forItems = [...calls];
  const hasMore = await goesOn(list, window);
  const looks = calls.length - forItems.length;
  const total = await countWindow(list, window, probe);
  return { numbers, hasMore, total, calls: forItems, looks, all: calls };
}

const slice = (size: number, offset: number, count: number): number[] =>
  range(size, 0).slice(offset, offset + count);

const servers: fc.Arbitrary<Required<Server>> = fc.record({
  size: fc.nat({ max: 30 }),
  cap: fc.oneof(fc.constant(1000), fc.integer({ min: 1, max: 10 })),
  counts: fc.constantFrom<Counts>('total', 'wider', 'page', 'none'),
  skipsAsAsked: fc.boolean(),
});

test('under every reading, pages bring all items once, and tell whether there is more', async () => {
  await fc.assert(
    fc.asyncProperty(
      servers,
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      async (server, first, isNew) => {
        const traits = isNew ? createTraits() : known(server.counts);
        const all: number[] = [];
        for (let hasMore = true; hasMore;) {
          const page = await read(server, all.length, first, traits);
          expect(page.numbers).toEqual(slice(server.size, all.length, first));
          all.push(...page.numbers);
          ({ hasMore } = page);
          expect(hasMore).toBe(all.length < server.size);
          // A look at the next page, if any; and what finds out about the count, once.
          expect(page.looks).toBeLessThanOrEqual(1);
          if (server.counts === 'total') expect(page.total).toBe(server.size);
          else expect([server.size, null]).toContain(page.total);
        }
        if (server.counts === 'total' && server.size > 0)
          expect(['total', 'unknown']).toContain(traits.countOf('tasks'));
        else expect([server.counts, 'unknown']).toContain(traits.countOf('tasks'));
      },
    ),
    { numRuns: 2000 },
  );
});

test('any offset, count and cap read exactly the slice', async () => {
  await fc.assert(
    fc.asyncProperty(
      servers,
      fc.nat({ max: 35 }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      async (server, offset, count, isNew) => {
        const traits = isNew ? createTraits() : known(server.counts);
        const { numbers, hasMore, total, all } = await read(server, offset, count, traits);
        expect(numbers).toEqual(slice(server.size, offset, count));
        expect(hasMore).toBe(offset + count < server.size);
        expect([server.size, null]).toContain(total);
        // A page of the server's is asked for once in its measure.
        const touched = Math.ceil(numbers.length / Math.min(server.cap, count)) + 1;
        const proof = server.counts === 'total' && !isNew ? 0 : touched;
        expect(all.length).toBeLessThanOrEqual(touched + proof + 4);
      },
    ),
    { numRuns: 2000 },
  );
});

describe('one call, where the count is known to be the list’s', () => {
  test.each<[string, number, number, number, number]>([
    ['the first page', 100, 0, 20, 0],
    ['a page behind pages of its own size', 100, 40, 20, 0],
    ['a page across pages of its own size', 100, 15, 20, 0],
    ['all there is', 500, 0, 500, 0],
    ['one item', 100, 37, 1, 0],
    ['the last page, where the server is known to make such', 93, 80, 20, 20],
    ['a page of which only a part exists', 50, 40, 20, 20],
    ['nothing, behind the end', 50, 60, 20, 20],
    ['nothing, of an empty list', 0, 0, 20, 0],
  ])('%s', async (_, size, offset, count, held) => {
    const traits = createTraits({ counts: { tasks: 'total' }, pages: { tasks: held } });
    const { numbers, all } = await read({ size }, offset, count, traits);
    expect(numbers).toEqual(slice(size, offset, count));
    expect(all).toHaveLength(1);
  });
});

test.each([
  [64, 10, 0, 64, 7],
  [64, 10, 0, 23, 3],
  [64, 1, 0, 5, 5],
  [64, 7, 0, 20, 3],
  [500, 100, 0, 500, 5],
])('of %d, with %d on a page, from %d on, %d: %d calls', async (size, cap, offset, count, n) => {
  const { numbers, calls } = await read({ size, cap }, offset, count);
  expect(numbers).toEqual(slice(size, offset, count));
  expect(calls).toHaveLength(n);
});

test.each([
  ['a larger cap', 64, 20, 1000, [1, 1, 1, 1]],
  ['the very cap', 60, 20, 20, [1, 1, 1]],
  ['half the cap', 64, 20, 10, [2, 2, 2, 1]],
  // 20 lie on 3 or 4 pages of 7.
  ['a cap that does not divide the page', 64, 20, 7, [3, 4, 4, 2]],
])('page after page, with %s', async (_, size, first, cap, expected) => {
  const traits = known('total');
  const all: number[] = [];
  const calls: number[] = [];
  while (all.length < size) {
    const page = await read({ size, cap }, all.length, first, traits);
    all.push(...page.numbers);
    calls.push(page.calls.length);
  }
  expect(all).toEqual(range(size, 0));
  expect(calls).toEqual(expected);
});

describe('where no count can be believed', () => {
  test.each<[string, number, number, number, number]>([
    ['a full page takes one call, and a look where it matters whether there is more', 23, 20, 1, 1],
    ['a short page is followed up', 8, 20, 2, 0],
    ['an empty list takes one call', 0, 20, 1, 0],
  ])('%s', async (_, size, first, calls, looks) => {
    for (const counts of ['page', 'none', 'wider'] as const) {
      const page = await read({ size, counts }, 0, first);
      expect([page.calls.length, page.looks]).toEqual([calls, looks]);
    }
  });

  test('the look is the call that the next page makes', async () => {
    const traits = known('page');
    const { all } = await read({ size: 50, counts: 'page' }, 0, 20, traits);
    const { calls } = await read({ size: 50, counts: 'page' }, 20, 20, traits);
    expect(all[1]).toEqual(calls[0]);
  });

  test('that a count is the list’s takes one look, once', async () => {
    const traits = createTraits();
    expect((await read({ size: 8 }, 0, 20, traits)).all).toHaveLength(2);
    expect((await read({ size: 8 }, 0, 20, traits)).all).toHaveLength(1);
  });
});

test('a server that honours less than it did is found out', async () => {
  for (const counts of ['total', 'wider', 'page', 'none'] as const)
    for (const caps of [{}, { caps: { tasks: 20 } }]) {
      const traits = createTraits({ counts: { tasks: counts }, pages: { tasks: 20 }, ...caps });
      const { numbers } = await read({ size: 64, cap: 10, counts }, 40, 20, traits);
      expect(numbers).toEqual(slice(64, 40, 20));
    }
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

test('a server that always sends the same page, and tells of more, is refused', async () => {
  const page = { items: [{ id: 'a', record: 1 }], total: 5 };
  const list = {
    name: 'tasks',
    session: { traits: known('total') },
    fetchPage: async () => page,
  } as const;
  await expect(readWindow(list, 0, 10)).rejects.toMatchObject({
    code: 'UPSTREAM_INVALID_RESPONSE',
  });
});

test.each<Counts>(['total', 'wider', 'page', 'none'])(
  'an item that leaves a page that was read does not hide the one behind it, where the count is %s',
  async (counts) => {
    let numbers = range(40, 0);
    let calls = 0;
    const traits = known(counts);
    const fetchPage = async ({ page, limit }: OffsetPage) => {
      calls += 1;
      if (calls === 3) numbers = numbers.toSpliced(5, 1);
      const size = Math.min(limit, 10);
      const items = numbers.slice((page - 1) * size, page * size);
      const total = { total: numbers.length, wider: 1000, page: items.length, none: undefined };
      return { items: items.map((n) => ({ id: String(n), record: n })), total: total[counts] };
    };
    const { items } = await readWindow({ name: 'tasks', session: { traits }, fetchPage }, 0, 30);
    expect(items.map(({ record }) => record)).toEqual(numbers.slice(0, 30));
  },
);

test('a list that grows or shrinks between two pages is read to its new end', async () => {
  const traits = known('total');
  const sizes = [30, 12];
  const { list } = serve({ size: 30, cap: 10 }, traits);
  const changing: typeof list = {
    ...list,
    fetchPage: (page, again) =>
      serve({ size: sizes.shift() ?? 12, cap: 10 }, traits).list.fetchPage(page, again),
  };
  expect((await readWindow(changing, 0, 25)).items).toHaveLength(12);
});

test('an item without an id, which stays where it is, does not make a list that changes', async () => {
  const fetchPage = async ({ page, limit }: OffsetPage) => {
    const size = Math.min(limit, 10);
    const numbers = range(25, 0).slice((page - 1) * size, page * size);
    const items = numbers.map((n) => ({ id: n === 3 ? undefined : String(n), record: n, raw: n }));
    return { items, total: undefined };
  };
  const list = { name: 'tasks', session: { traits: known('none') }, fetchPage } as const;
  const { items } = await readWindow(list, 0, 20);
  expect(items.map(({ record }) => record)).toEqual(range(20, 0));
});
