import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { fetchByIds } from '../../src/cotalker/by-ids.ts';
import type { Collection, Item } from '../../src/cotalker/envelope.ts';
import { invalidResponse } from '../../src/cotalker/errors.ts';
import { idOf, range } from '../support/stage.ts';

interface Named {
  readonly _id: string;
}

const good = (id: string): Item<Named> => ({ id, record: { _id: id } });
const broken = (id?: string): Item<Named> => ({ id, record: invalidResponse('broken'), raw: {} });
const isBroken = expect.objectContaining({ code: 'UPSTREAM_INVALID_RESPONSE' });

/** Asks a server that has `items`, and gives at most `cap` of those asked for, as `shape` has it. */
async function fetchFrom(
  items: readonly Item<Named>[],
  ids: readonly string[],
  { cap = 1000, tellsTotal = true, shape = (some: Item<Named>[]): Item<Named>[] => some } = {},
) {
  const asked: (readonly string[])[] = [];
  const found = await fetchByIds<Named>(ids, async (some): Promise<Collection<Named>> => {
    asked.push(some);
    const matching = items.filter(({ id }) => id === undefined || some.includes(id));
    return {
      items: shape(matching.slice(0, cap)),
      total: tellsTotal ? matching.length : undefined,
    };
  });
  return { found, asked };
}

test('any ids, whatever the cap and the order, with and without a total', async () => {
  const scenario = fc.record({
    known: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
    wanted: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }),
    malformed: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
    cap: fc.integer({ min: 1, max: 40 }),
    tellsTotal: fc.boolean(),
    foreign: fc.nat({ max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ known, wanted, malformed, cap, tellsTotal, foreign }) => {
      const itemOf = (n: number) => (malformed.includes(n) ? broken(idOf(n)) : good(idOf(n)));
      const strangers = range(foreign, 100).map((n) => good(idOf(n)));
      const { found, asked } = await fetchFrom(known.map(itemOf), wanted.map(idOf), {
        cap,
        tellsTotal,
        shape: (some) => [...strangers, ...some.reverse()],
      });
      const both = wanted.filter((n) => known.includes(n));
      expect(new Map(found)).toEqual(
        new Map(both.map((n) => [idOf(n), malformed.includes(n) ? isBroken : { _id: idOf(n) }])),
      );
      const pages = Math.max(1, Math.ceil(both.length / cap));
      // Without a total only an answer that brings nothing new shows that nothing is left.
      const proof = !tellsTotal && both.length > 0 && both.length < wanted.length ? 1 : 0;
      expect(asked).toHaveLength(pages + proof);
    }),
    { numRuns: 500 },
  );
});

test.each([
  [30, 1000, 1],
  [30, 30, 1],
  [30, 29, 2],
  [30, 10, 3],
  [30, 1, 30],
])('%d ids where the server gives %d at most: %d calls, no id twice', async (count, cap, calls) => {
  const ids = range(count).map(idOf);
  const { found, asked } = await fetchFrom(ids.map(good), ids, { cap });
  expect([...found.keys()].sort()).toEqual(ids);
  expect(asked).toHaveLength(calls);
  expect(asked.map(({ length }) => length)).toEqual(range(calls, 0).map((n) => count - n * cap));
});

describe('what cannot be had fails alone', () => {
  const ids = range(5).map(idOf);
  const [a, b, c, d, e] = ids as [string, string, string, string, string];

  test.each<[string, Item<Named>[], Parameters<typeof fetchFrom>[2], unknown[]]>([
    ['an unknown id is absent', [a, b, c].map(good), {}, ['ok', 'ok', 'ok', undefined, undefined]],
    ['nothing is known', [], {}, range(5).map(() => undefined)],
    [
      'one is malformed',
      [good(a), broken(b), good(c), good(d), good(e)],
      {},
      ['ok', isBroken, 'ok', 'ok', 'ok'],
    ],
    [
      'one hides its id: it may be any of the missing',
      [good(a), broken(), good(c)],
      {},
      ['ok', isBroken, 'ok', isBroken, isBroken],
    ],
    [
      'one hides its id, and the server gives 2 at a time: the rest is still fetched',
      [broken(), ...[a, b, c, d].map(good)],
      { cap: 2 },
      ['ok', 'ok', 'ok', 'ok', isBroken],
    ],
    [
      'someone else comes in the place of one',
      ids.map(good),
      { shape: (some) => some.map((item) => (item.id === b ? good(idOf(99)) : item)) },
      ['ok', isBroken, 'ok', 'ok', 'ok'],
    ],
    [
      'the server tells of one that it never gives',
      ids.map(good),
      { shape: (some) => some.filter(({ id }) => id !== b) },
      ['ok', isBroken, 'ok', 'ok', 'ok'],
    ],
  ])('%s', async (_, items, options, expected) => {
    const { found } = await fetchFrom(items, ids, options);
    const outcome = (id: string) => {
      const record = found.get(id);
      return record instanceof Error || record === undefined ? record : record._id === id && 'ok';
    };
    expect(ids.map(outcome)).toEqual(expected);
  });

  test('a failed call fails the batch', async () => {
    const failing = fetchByIds<Named>(ids, () => Promise.reject(new Error('403')));
    await expect(failing).rejects.toThrow('403');
  });
});
