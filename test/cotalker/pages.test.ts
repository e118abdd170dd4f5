import { describe, expect, test } from '@jest/globals';
import type { Item } from '../../src/cotalker/envelope.ts';
import { invalidResponse } from '../../src/cotalker/errors.ts';
import { readAllPages } from '../../src/cotalker/pages.ts';

const item = (id: string): Item<string> => ({ id, record: id });
const broken = (raw: unknown): Item<string> => ({
  id: undefined,
  record: invalidResponse('the record is malformed'),
  raw,
});

/** Reads pages, each written as its items: a letter is one, `?` is malformed; then empty pages. */
async function read(pages: readonly string[], total?: number) {
  let calls = 0;
  const items = await readAllPages(async (page) => {
    calls += 1;
    expect(page).toBe(calls);
    const letters = (pages[page - 1] ?? pages.at(-1) ?? '').split('');
    return { items: letters.map((id) => (id === '?' ? broken(null) : item(id))), total };
  });
  return { items: items.map(({ id }) => id ?? '?').join(''), calls };
}

describe('lists that are read to their end', () => {
  test.each<[string, string[], number | undefined, string, number]>([
    ['an empty one', [''], 0, '', 1],
    ['one that fits', ['abc'], 3, 'abc', 1],
    ['one in short pages', ['ab', 'cd', 'e'], 5, 'abcde', 3],
    ['an item that moved to the next page', ['ab', 'bc'], 3, 'abc', 2],
    ['fewer than there are now', ['abc'], 2, 'abc', 1],
    ['an empty one without a total', [''], undefined, '', 1],
    ['one without a total', ['ab', 'c', ''], undefined, 'abc', 3],
    ['a stub that knows no pages', ['ab', 'ab'], undefined, 'ab', 2],
    ['a stub with malformed items', ['a??', 'a??'], undefined, 'a??', 2],
    ['malformed items on one page', ['a??'], 3, 'a??', 1],
    ['malformed items in the same place of two pages', ['?a', '?b'], 4, '?a?b', 2],
    ['the same without a total', ['?a', '?b', ''], undefined, '?a?b', 3],
  ])('%s', async (_, pages, total, items, calls) =>
    expect(await read(pages, total)).toEqual({ items, calls }),
  );
});

describe('lists that end before their total are refused', () => {
  test.each<[string, string[]]>([
    ['nothing at all', ['']],
    ['nothing more', ['ab', '']],
    ['the same page again', ['ab', 'ab']],
    ['the same malformed page again', ['a?', 'a?']],
    ['an item twice', ['aab', '']],
  ])('%s', (_, pages) =>
    expect(read(pages, 3)).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
      message: 'the list ends before its total',
    }),
  );
});
