import { describe, expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import type { Collection, Item } from '../../../src/cotalker/records/envelope.ts';
import { invalidResponse } from '../../../src/cotalker/errors.ts';
import { readAllPages } from '../../../src/cotalker/paging/all-pages.ts';
import { createTraits, type CountMeaning } from '../../../src/cotalker/traits/index.ts';
import { range } from '../../support/stage.ts';

const item = (id: string): Item<string> => ({ id, record: id });
const broken = (raw: unknown): Item<string> => ({
  id: undefined,
  record: invalidResponse('the record is malformed'),
  raw,
});

const traitsOf = (count: CountMeaning) => createTraits({ counts: { taskGroups: count } });

/** Reads pages, each written as its items: a letter is one, `?` is malformed; the last one comes again. */
async function read(pages: readonly string[], total?: number, meaning: CountMeaning = 'unknown') {
  const asked: number[] = [];
  const fetchPage = async ({ page }: { page: number }): Promise<Collection<string>> => {
    asked.push(page);
    const letters = (pages[page - 1] ?? pages.at(-1) ?? '').split('');
    return { items: letters.map((id) => (id === '?' ? broken(null) : item(id))), total };
  };
  const { items } = await readAllPages({
    name: 'taskGroups',
    session: { traits: traitsOf(meaning) },
    fetchPage,
  });
  return { items: items?.map(({ id }) => id ?? '?').join(''), asked: asked.join('') };
}

describe('lists that are read to their end', () => {
  test.each<[string, string[], number | undefined, CountMeaning, string, string]>([
    ['one that fits its total', ['abc'], 3, 'total', 'abc', '1'],
    ['one that fits what may be a count of the page', ['abc', ''], 3, 'unknown', 'abc', '12'],
    ['one in short pages', ['ab', 'cd', 'e'], 5, 'total', 'abcde', '123'],
    ['fewer than there are now', ['abc', ''], 2, 'total', 'abc', '12'],
    ['one with a count that is wider', ['ab', 'c', ''], 9, 'wider', 'abc', '1231'],
    ['an empty one', [''], 0, 'unknown', '', '1'],
    ['an empty one with a count that is wider', [''], 9, 'wider', '', '1'],
    ['an empty one without a total', [''], undefined, 'none', '', '1'],
    ['one without a total', ['ab', 'c', ''], undefined, 'none', 'abc', '1231'],
    ['a stub that knows no pages', ['ab', 'ab'], undefined, 'none', 'ab', '12'],
    ['a stub with malformed items', ['a??', 'a??'], undefined, 'none', 'a??', '12'],
    ['malformed items on one page', ['a??'], 3, 'total', 'a??', '1'],
    ['malformed items in one place of two pages', ['?a', '?b'], 4, 'total', '?a?b', '12'],
    ['an item twice', ['aab', ''], 3, 'total', 'ab', '12'],
  ])('%s', async (_, pages, total, meaning, items, asked) =>
    expect(await read(pages, total, meaning)).toEqual({ items, asked }),
  );
});

test.each([10, 20, 25, 50, 100, 200, 250, 500, 1000])(
  'a page of %i that comes again may be cut there: it is not taken for the list, unless a count tells so',
  async (length) => {
    const fetchPage = (total: number | undefined) => async () => ({
      items: range(length).map((n) => item(String(n))),
      total,
    });
    const read = async (total: number | undefined, meaning: CountMeaning) =>
      readAllPages({
        name: 'taskGroups',
        session: { traits: traitsOf(meaning) },
        fetchPage: fetchPage(total),
      });
    await expect(read(undefined, 'none')).rejects.toMatchObject({ length });
    expect((await read(length, 'total')).items).toHaveLength(length);
  },
);

test('a last page of ten that comes for each later number is the end', async () => {
  const pages = ['abcdefghijkl', 'mnopqrstuv'];
  expect(await read(pages)).toEqual({ items: pages.join(''), asked: expect.any(String) });
});

interface Server {
  readonly size: number;
  readonly cap: number;
  /** Whether page numbers count pages as long as asked for. */
  readonly skipsAsAsked: boolean;
  readonly count: 'total' | 'wider' | 'page' | 'none';
}

interface Loss {
  /** The number of the call. */
  readonly before: number;
  readonly place: number;
}

/** Reads a list of a server, which loses one of its items before a call. */
async function readFrom(
  { size, cap, skipsAsAsked, count }: Server,
  lost: Loss = { before: 0, place: 0 },
  maxCalls?: number,
) {
  const traits = traitsOf('unknown');
  let rest = range(size).map((n) => item(String(n)));
  let calls = 0;
  const fetchPage = async ({ page, limit }: { page: number; limit: number }) => {
    calls += 1;
    if (calls === lost.before) rest = rest.toSpliced(lost.place, 1);
    const length = Math.min(limit, cap);
    const start = (page - 1) * (skipsAsAsked ? limit : length);
    const items = rest.slice(start, start + length);
    const totals = { total: rest.length, wider: size + 7, page: items.length, none: undefined };
    return { items, total: totals[count] };
  };
  const { items } = await readAllPages(
    { name: 'taskGroups', session: { traits }, fetchPage },
    maxCalls,
  );
  return { items: items?.map(({ id }) => Number(id)), calls, rest, traits };
}

const server = fc.record<Server>({
  size: fc.nat({ max: 40 }),
  cap: fc.integer({ min: 1, max: 50 }),
  skipsAsAsked: fc.boolean(),
  count: fc.constantFrom('total', 'wider', 'page', 'none'),
});
const loss = fc.record<Loss>({
  before: fc.integer({ min: 2, max: 60 }),
  place: fc.nat({ max: 40 }),
});

test('an item that goes right after a first page that ended there is noticed by the counts', async () => {
  const given = { size: 15, cap: 14, skipsAsAsked: false, count: 'total' } as const;
  const { items, rest } = await readFrom(given, { before: 2, place: 0 });
  expect(items).toEqual(rest.map(({ id }) => Number(id)));
});

test.each([
  ['the last full page', { size: 21, cap: 10 }, { before: 3, place: 15 }],
  [
    'a first page that is as long as a page can be',
    { size: 1001, cap: 1000 },
    { before: 2, place: 7 },
  ],
])('an item that leaves %s does not hide the one behind it', async (_, sizes, lost) => {
  const { items, rest } = await readFrom({ ...sizes, skipsAsAsked: true, count: 'none' }, lost);
  expect(items).toEqual(rest.map(({ id }) => Number(id)));
});

describe('any server of the family', () => {
  test('is read whole, with as many calls as it takes to prove that', async () => {
    await fc.assert(
      fc.asyncProperty(server, async (given) => {
        const { items, calls, traits } = await readFrom(given);
        expect(items).toEqual(range(given.size));
        const pages = Math.max(1, Math.ceil(given.size / given.cap));
        // One more that brings nothing; and all again, but a last one with room, where no count tells that they stay.
        const proof = given.size === 0 ? 0 : 1;
        expect(calls).toBeLessThanOrEqual(
          pages + proof + (given.count === 'total' || pages === 1 ? 0 : pages),
        );
        const { counts } = traits.known();
        if (given.count === 'page' && given.size > 0)
          expect(counts).toEqual({ taskGroups: 'page' });
        if (given.count === 'none' && given.size > 0)
          expect(counts).toEqual({ taskGroups: 'none' });
      }),
      { numRuns: 300 },
    );
  });

  test('is read whole where an item goes meanwhile, but for what no reading can see', async () => {
    await fc.assert(
      fc.asyncProperty(server, loss, async (given, lost) => {
        const { items, rest } = await readFrom(given, lost);
        const isBlind = given.count !== 'total' && given.size === given.cap + 1;
        if (!isBlind) for (const { id } of rest) expect(items).toContain(Number(id));
      }),
      { numRuns: 500 },
    );
  });

  test('is given up with no call more than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(server, fc.integer({ min: 1, max: 20 }), async (given, maxCalls) => {
        const { items, calls } = await readFrom(given, undefined, maxCalls);
        expect(calls).toBeLessThanOrEqual(maxCalls);
        expect(items ?? range(given.size)).toEqual(range(given.size));
      }),
      { numRuns: 300 },
    );
  });
});

test('a list that changes faster than it can be read is refused', async () => {
  let calls = 0;
  const fetchPage = async ({ page }: { page: number }) => {
    calls += 1;
    return { items: page > 3 ? [] : [item(`${page} ${calls}`)], total: undefined };
  };
  await expect(
    readAllPages({ name: 'taskGroups', session: { traits: traitsOf('none') }, fetchPage }),
  ).rejects.toMatchObject({
    code: 'UPSTREAM_INVALID_RESPONSE',
    message: 'the list changes faster than it can be read',
  });
});
