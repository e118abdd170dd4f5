import { describe, expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import { fetchByIds } from '../../../src/cotalker/paging/by-ids.ts';
import type { Collection, Item } from '../../../src/cotalker/records/envelope.ts';
import { CotalkerError, invalidResponse } from '../../../src/cotalker/errors.ts';
import type { IdList } from '../../../src/cotalker/paging/id-search.ts';
import { createTraits, type KnownTraits } from '../../../src/cotalker/traits/index.ts';
import { FIRST_READING } from '../../support/first-reading.ts';
import { idOf, range } from '../../support/stage.ts';

interface Named {
  readonly _id: string;
}

const good = (id: string): Item<Named> => ({ id, record: { _id: id } });
const broken = (id?: string): Item<Named> => ({ id, record: invalidResponse('broken'), raw: {} });
const isBroken = expect.objectContaining({ code: 'UPSTREAM_INVALID_RESPONSE' });
const failure = (status: number): CotalkerError =>
  status < 500
    ? invalidResponse('a status that the sheet does not know', status)
    : new CotalkerError('UPSTREAM_UNAVAILABLE', 'it failed', { status });

/** How a server takes several ids. */
const TAKES = ['all', 'first', 'last', 'none', 'commas', 'refuses', 'fails', 'ignores'] as const;

interface Server {
  readonly takes: (typeof TAKES)[number];
  readonly has: readonly Item<Named>[];
  readonly cap: number;
  readonly count: 'total' | 'wider' | 'page' | 'none';
  /** Whether there is a path of one record, and what it says: the record, or 403. */
  readonly path: 'none' | 'record' | 'forbidden' | 'missing';
}

/** Which of the ids the server looks at; undefined: it lists all. */
function followed(takes: Server['takes'], ids: readonly string[]): readonly string[] | undefined {
  const [first = ''] = ids;
  if (takes === 'ignores') return undefined;
  if (takes === 'commas') return ids.at(-1)?.split(',');
  if (ids.length < 2 || takes === 'all') return ids;
  if (takes === 'refuses' || takes === 'fails') throw failure(takes === 'fails' ? 500 : 400);
  return { first: [first], last: ids.slice(-1), none: [] }[takes];
}

function serve({ takes, has, cap, count, path }: Server) {
  const calls: (string | readonly string[] | undefined)[] = [];
  const fetchPage: IdList<Named>['fetchPage'] = async (
    ids,
    { page = 1, limit } = { limit: 30 },
  ) => {
    calls.push(ids);
    const sought = ids === undefined ? undefined : followed(takes, [ids].flat());
    const matching = has.filter(({ id }) => id === undefined || (sought?.includes(id) ?? true));
    const size = Math.min(cap, limit);
    const items = matching.slice((page - 1) * size, page * size);
    const totals = { total: matching.length, wider: 99, page: items.length, none: undefined };
    return { items, total: totals[count] };
  };
  const fetchOne = async (id: string): Promise<Named | null> => {
    calls.push(`/${id}`);
    if (path === 'forbidden') throw new CotalkerError('FORBIDDEN', 'no', { status: 403 });
    const item = path === 'record' ? has.find((item) => item.id === id) : undefined;
    if (item?.record instanceof CotalkerError) throw item.record;
    return item?.record ?? null;
  };
  const list: IdList<Named> = {
    name: 'users',
    fetchPage,
    ...(path !== 'none' && { fetchOne }),
  };
  return { list, calls };
}

const SERVER: Server = { takes: 'all', has: [], cap: 1000, count: 'total', path: 'none' };

/** Asks a server for ids, one batch after the other. */
async function fetchFrom(
  server: Partial<Server>,
  batches: readonly (readonly string[])[],
  known: KnownTraits = {},
) {
  const { list, calls } = serve({ ...SERVER, ...server });
  const traits = createTraits(known);
  const answers = [];
  for (const ids of batches) {
    calls.length = 0;
    // Each of a request of its own.
    const found = await fetchByIds({ traits }, list, ids);
    answers.push({ found, calls: [...calls] });
  }
  return { answers, traits };
}

const ids = (...numbers: readonly number[]): string[] => numbers.map(idOf);

describe('any server of the family', () => {
  const some = fc.uniqueArray(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 20 });
  const scenario = fc.record({
    takes: fc.constantFrom(...TAKES),
    known: fc.uniqueArray(fc.integer({ min: 1, max: 25 }), { maxLength: 25 }),
    batches: fc.array(some, { minLength: 1, maxLength: 4 }),
    malformed: fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 2 }),
    cap: fc.integer({ min: 1, max: 12 }),
    count: fc.constantFrom(...(['total', 'wider', 'page', 'none'] as const)),
    path: fc.constantFrom(...(['none', 'record', 'forbidden', 'missing'] as const)),
  });

  test('gives what it has, and nothing else, in as many calls as promised', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ known, malformed, batches, ...server }) => {
        const isOdd = (n: number) => malformed.includes(n);
        const has = known.map((n) => (isOdd(n) ? broken(idOf(n)) : good(idOf(n))));
        const { answers } = await fetchFrom(
          { ...server, has },
          batches.map((some) => ids(...some)),
        );
        // At worst the whole list, page by page, twice, and one more that proves its end.
        const whole = server.takes === 'ignores' ? 2 * Math.ceil(known.length / server.cap) + 1 : 0;
        for (const [index, wanted] of batches.entries()) {
          const { found, calls } = answers[index] ?? { calls: [] };
          const both = wanted.filter((n) => known.includes(n));
          expect(new Map(found)).toEqual(
            new Map(both.map((n) => [idOf(n), isOdd(n) ? isBroken : { _id: idOf(n) }])),
          );
          const paths = calls.filter((asked) => String(asked).startsWith('/')).length;
          expect(paths).toBeLessThanOrEqual(server.takes === 'ignores' ? wanted.length : 0);
          expect(calls.length - paths).toBeLessThanOrEqual(2 + wanted.length + whole);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('that takes several is asked for a batch by one call, once that is known', async () => {
    const takes = fc.constantFrom('all', 'commas');
    await fc.assert(
      fc.asyncProperty(takes, some, scenario, async (takes, wanted, { count }) => {
        const has = range(25).map((n) => good(idOf(n)));
        const batches = [ids(...range(25)), ids(...wanted)];
        const { answers } = await fetchFrom({ takes: takes, has, count }, batches);
        expect(answers[0]?.calls.length).toBe(takes === 'all' ? 1 : 2);
        expect(answers[1]?.calls).toHaveLength(1);
      }),
    );
  });
});

const REPEATED = { batches: { users: { way: 'repeated', most: 30 } } } as const;

test.each([
  [30, 1000, 1],
  [30, 30, 1],
  [30, 29, 2],
  [30, 10, 3],
  [30, 1, 30],
])('%d ids where the server gives %d at most: %d calls', async (count, cap, calls) => {
  const wanted = ids(...range(count));
  const { answers } = await fetchFrom({ has: wanted.map(good), cap }, [wanted], {
    counts: { users: 'total' },
    batches: { users: { way: 'repeated', most: Math.min(cap, 29) } },
  });
  expect([...(answers[0]?.found.keys() ?? [])].sort()).toEqual(wanted);
  expect(answers[0]?.calls).toHaveLength(calls);
});

test('a server that gives fewer than it once did, and tells of more, is asked on', async () => {
  const wanted = ids(...range(20));
  const { answers } = await fetchFrom({ has: wanted.map(good), cap: 7 }, [wanted], FIRST_READING);
  expect(answers[0]?.found.size).toBe(20);
  expect(answers[0]?.calls).toHaveLength(3);
});

describe('the way is found out', () => {
  const [a, b, c, d, e] = ids(1, 2, 3, 4, 5) as [string, string, string, string, string];
  const has = [a, b, c, d, e].map(good);
  const all = [a, b, c, d, e];

  test.each<[string, Partial<Server>, unknown, unknown]>([
    ['repeated keys', { takes: 'all' }, [all], { way: 'repeated', most: 5 }],
    ['commas', { takes: 'commas' }, [all, 'a,b,c,d'], { way: 'commas', most: 4 }],
    [
      'one by one',
      { takes: 'first' },
      [all, 'b,c,d,e', [b], [c], [d], [e]],
      { way: 'single', most: 1 },
    ],
    [
      'one by one, where several are refused',
      { takes: 'refuses' },
      [all, 'a,b,c,d,e', [a], [b], [c], [d], [e]],
      { way: 'single', most: 1 },
    ],
    [
      'by their paths',
      { takes: 'ignores', has: range(60).map((n) => good(idOf(61 - n))), path: 'record', cap: 9 },
      [all, 'a,b,c,d,e', [a], '/a', '/b', '/c', '/d', '/e'],
      { way: 'path', most: 1 },
    ],
  ])('%s', async (_, server, calls, way) => {
    const { answers, traits } = await fetchFrom({ has, ...server }, [all, all, all]);
    const letters = (asked: unknown) =>
      typeof asked === 'string'
        ? asked.replace(/[0-9a-f]{24}/g, (id) => 'abcde'[all.indexOf(id)] ?? '?')
        : asked;
    const [first, second, third] = answers;
    expect(first?.calls.map(letters)).toEqual(calls);
    expect(traits.batchOf('users')).toEqual({ ...(way as object), most: expect.any(Number) });
    // And then it is known.
    expect(second?.calls.length).toBeLessThanOrEqual(5);
    expect(third?.calls).toEqual(second?.calls);
    for (const { found } of answers) expect([...found.keys()].sort()).toEqual(all);
  });

  test('once, for all batches of a request', async () => {
    const has = range(90).map((n) => good(idOf(n)));
    const { list, calls } = serve({ ...SERVER, takes: 'commas', has });
    const session = { traits: createTraits() };
    const batches = [0, 30, 60].map((start) => ids(...range(30, start + 1)));
    const found = await Promise.all(batches.map((batch) => fetchByIds(session, list, batch)));
    expect(found.map(({ size }) => size)).toEqual([30, 30, 30]);
    expect(calls).toHaveLength(4);
  });

  test('of one id there is nothing to find out', async () => {
    for (const takes of TAKES.filter((takes) => takes !== 'ignores')) {
      const { answers } = await fetchFrom({ takes, has }, [[a], [idOf(9)]]);
      expect(answers.map(({ found, calls }) => [found.size, calls.length])).toEqual([
        [1, 1],
        [0, 1],
      ]);
    }
  });

  test('a server that fails altogether is asked no further', async () => {
    const calls: unknown[] = [];
    const fetchPage = async (asked: unknown): Promise<Collection<Named>> => {
      calls.push(asked);
      throw failure(500);
    };
    const found = await fetchByIds({ traits: createTraits() }, { name: 'users', fetchPage }, all);
    expect([...found.values()]).toEqual(all.map(() => expect.objectContaining({ status: 500 })));
    expect(calls).toEqual([all, all.join(','), [a]]);
    calls.length = 0;
    await fetchByIds({ traits: createTraits(FIRST_READING) }, { name: 'users', fetchPage }, all);
    expect(calls).toEqual([all]);
  });
});

describe('what cannot be had fails alone', () => {
  const wanted = ids(1, 2, 3, 4, 5);
  const [a, b, c, d, e] = wanted as [string, string, string, string, string];
  const shaped = (shape: (some: readonly Item<Named>[]) => readonly Item<Named>[]) => {
    const { list, calls } = serve({ ...SERVER, has: wanted.map(good) });
    const fetchPage: IdList<Named>['fetchPage'] = async (...asked) => {
      const { items, total } = await list.fetchPage(...asked);
      return { items: shape(items), total };
    };
    return { list: { ...list, fetchPage }, calls };
  };
  const outcomes = (found: ReadonlyMap<string, Named | CotalkerError>) =>
    wanted.map((id) => {
      const record = found.get(id);
      return record instanceof Error || record === undefined ? record : record._id === id && 'ok';
    });

  test.each<[string, Item<Named>[], Partial<Server>, unknown[]]>([
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
  ])('%s', async (_, has, server, expected) => {
    const known = { batches: { users: { way: 'repeated', most: 2 } } } as const;
    const { answers } = await fetchFrom({ ...server, has }, [wanted], known);
    expect(outcomes(answers[0]?.found ?? new Map())).toEqual(expected);
  });

  test('somebody else comes in the place of one: that one is asked for alone', async () => {
    const { list, calls } = shaped((some) =>
      some.map((item) => (item.id === b && some.length > 1 ? good(idOf(99)) : item)),
    );
    const found = await fetchByIds({ traits: createTraits(REPEATED) }, list, wanted);
    expect(outcomes(found)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(calls).toEqual([wanted, [b]]);
  });

  test('the server tells of one that it does not give: it is absent', async () => {
    const { list } = shaped((some) => some.filter(({ id }) => id !== b));
    const found = await fetchByIds({ traits: createTraits(REPEATED) }, list, wanted);
    expect(outcomes(found)).toEqual(['ok', undefined, 'ok', 'ok', 'ok']);
  });

  test('what was found before a call failed is kept', async () => {
    const { list } = serve({ ...SERVER, has: wanted.map(good), cap: 2 });
    let calls = 0;
    const fetchPage: IdList<Named>['fetchPage'] = async (...asked) => {
      calls += 1;
      if (calls > 1) throw new CotalkerError('FORBIDDEN', 'no', { status: 403 });
      return list.fetchPage(...asked);
    };
    const found = await fetchByIds({ traits: createTraits() }, { ...list, fetchPage }, wanted);
    const isForbidden = expect.objectContaining({ code: 'FORBIDDEN' });
    expect(outcomes(found)).toEqual(['ok', 'ok', isForbidden, isForbidden, isForbidden]);
  });
});
