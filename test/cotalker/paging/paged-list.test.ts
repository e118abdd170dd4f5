import { expect, test } from '@jest/globals';
import { believedTotal, settleMeaning } from '../../../src/cotalker/paging/paged-list.ts';
import { createTraits } from '../../../src/cotalker/traits/index.ts';

const page = { items: [{ id: 'a', record: 1 }], total: 1 };
const kind = () => ({ name: 'channels', session: { traits: createTraits() } }) as const;

test('lists that a request reads side by side take one look together', async () => {
  const list = kind();
  let looks = 0;
  const look = async () => {
    looks += 1;
    await Promise.resolve();
    list.session.traits.notePage('channels', { items: 0, count: 1, page: 2, limit: 1 });
  };
  await Promise.all([1, 2, 3].map(() => settleMeaning(list, page, look)));
  expect(looks).toBe(1);
  expect(list.session.traits.provesEnd('channels', 1, 1)).toBe(true);
});

test('a look that fails fails its list alone: the next one looks for itself', async () => {
  const list = kind();
  const failing = settleMeaning(list, page, () => Promise.reject(new Error('refused')));
  const other = settleMeaning(list, page, async () =>
    list.session.traits.notePage('channels', { items: 0, count: 0, page: 2, limit: 1 }),
  );
  await expect(failing).rejects.toThrow('refused');
  await other;
  expect(list.session.traits.countOf('channels')).toBe('page');
});

test('a page behind that has no count leaves the first one’s unbelieved, and is asked for once', async () => {
  const list = kind();
  let looks = 0;
  const look = async () => void (looks += 1);
  await settleMeaning(list, page, look);
  await settleMeaning(list, page, look);
  expect([looks, list.session.traits.provesEnd('channels', 1, 1)]).toEqual([1, false]);
});

test.each([
  ['follows the filter', { items: [], total: 0 }, 23],
  ['does not', { items: [], total: 66 }, null],
  ['cannot be filtered that way', { items: page.items, total: 23 }, null],
])('a count that %s', async (_, probed, expected) => {
  const list = kind();
  const long = { ...page, total: 23 };
  list.session.traits.notePage('channels', { items: 1, count: 23, limit: 1 });
  let probes = 0;
  const total = () =>
    believedTotal(
      list,
      long,
      1,
      () => Promise.reject(new Error('not needed')),
      async () => {
        probes += 1;
        return probed;
      },
    );
  expect([await total(), await total(), probes]).toEqual([expected, expected, 1]);
});
