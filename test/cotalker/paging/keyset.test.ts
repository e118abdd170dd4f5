import { describe, expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import { compareMoments, type Moment } from '../../../src/cotalker/records/moment.ts';
import {
  idsOf,
  nextOf,
  nodesOf,
  type Page,
  readGroups,
  recordsOf,
  traverse,
} from '../../support/list-client.ts';
import {
  crowdOf,
  idOf,
  type ModelOptions,
  type ModelRecord,
  ModelUpstream,
  modelOf,
  momentOf,
  range,
} from '../../support/model-upstream.ts';

/*
 * What is proved here, of any server that sorts by `modifiedAt` and caps its pages:
 *
 * - static data: a traversal gives every record once, by `modifiedAt`, then id. Every `hasNextPage` and
 *   `totalCount` is right, or null if the server does not say how long the list is.
 * - data that changes before any upstream call, even within a gateway page. After the traversal and a resume, every
 *   existing record was given as it is since its last change (nothing is lost). No record was given twice with the
 *   same `modifiedAt` (only changed records repeat). `hasNextPage` and `totalCount` are right as of one of the
 *   upstream calls of their page. `totalCount` is null where the list changed while the gateway found out what its
 *   count means.
 * - a feed: a resume gives what has changed since, all of it, in order, and nothing else.
 *
 * A second change within the very millisecond of one that was read already cannot be seen by anyone.
 */

const RUNS = 600;
/** Properties take a second or so each, on a busy machine more. */
const PATIENCE_MS = 60_000;

const versionOf = ({ id, modifiedAt }: ModelRecord): string => `${id} ${modifiedAt}`;

const first = fc.oneof(fc.constantFrom(1, 7, 500), fc.integer({ min: 1, max: 20 }));
const options: fc.Arbitrary<ModelOptions> = fc.record({
  cap: fc.oneof(fc.constant(1000), fc.integer({ min: 1, max: 9 })),
  total: fc.constantFrom('count', 'counter', undefined),
  counts: fc.constantFrom('total', 'wider', 'page'),
  isNew: fc.boolean(),
  skipsAsAsked: fc.boolean(),
});
/** Whether the server tells how long a list is, once it is known to. */
const tellsTotal = ({ total, counts = 'total' }: ModelOptions): boolean =>
  total !== undefined && counts === 'total';
/** A total that is no list's is never told; one that the server tells always is. */
async function expectTotal(page: Page, options: ModelOptions, expected: number): Promise<void> {
  const total = await page.totalCount();
  if (tellsTotal(options) || total !== null) expect(total).toBe(expected);
}
/** Few moments, so that there are many ties, and short orders of their own among these. */
const LAST = 6;
const row = fc.record({
  at: fc.oneof({ weight: 5, arbitrary: fc.nat({ max: LAST }) }, fc.constant(null)),
  rank: fc.nat({ max: 99 }),
});
const rows = fc.array(row, { maxLength: 30 });

function fill(model: ModelUpstream, data: readonly { at: number | null; rank: number }[]): void {
  for (const [n, { at, rank }] of data.entries()) {
    model.store(idOf(n), at === null ? null : momentOf(at), rank);
  }
  model.clock = LAST;
}

describe('data that does not change', () => {
  test(
    'a traversal gives every record once, in order, with the right totals',
    async () => {
      const since = fc.option(fc.nat({ max: LAST }), { freq: 3 });
      const property = fc.asyncProperty(
        rows,
        options,
        first,
        since,
        async (data, options, first, since) => {
          const model = new ModelUpstream(options);
          fill(model, data);
          const bound = since === null ? null : momentOf(since);
          const expected = model.records.filter(
            ({ modifiedAt }) => bound === null || (modifiedAt !== null && modifiedAt >= bound),
          );

          const pages = await traverse(model.list, first, null, bound);

          expect(recordsOf(pages)).toEqual(expected);
          expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / first)));
          for (const page of pages) await expectTotal(page, options, expected.length);
        },
      );
      await fc.assert(property, { numRuns: RUNS });
    },
    PATIENCE_MS,
  );

  const id = (n: number): string => idOf(1000 + n);
  /** What a server may send for the nth record, and whether it shows the date that it sorts by. */
  const malformations: ((n: number, date: string | undefined) => unknown)[] = [
    () => null,
    () => ({}),
    () => 5,
    () => 'a group',
    () => [],
    (n) => ({ _id: id(n) + '0' }),
    (n) => ({ _id: id(n), name: 'A group', modifiedAt: 'yesterday' }),
    (n, modifiedAt) => ({ _id: id(n), name: {}, modifiedAt }),
    (_, modifiedAt) => ({ name: 'A group', modifiedAt }),
    (_, modifiedAt) => ({ _id: null, name: 'A group', modifiedAt }),
  ];
  const broken = fc.record({
    ...{ at: fc.option(fc.nat({ max: LAST }), { freq: 9 }), rank: fc.nat({ max: 99 }) },
    malformation: fc.constantFrom(...malformations),
  });

  test(
    'items without an id or a readable date are given once, where the server has them',
    async () => {
      const property = fc.asyncProperty(
        fc.array(row, { maxLength: 15 }),
        fc.array(broken, { maxLength: 8 }),
        options,
        first,
        async (data, brokenData, { cap = 1000, ...options }, first) => {
          // Without a total and with pages short of what is asked, two pages of the same garbage are taken
          // for one that comes again: an error, but no loss.
          const model = new ModelUpstream({ cap: tellsTotal(options) ? cap : 1000, ...options });
          fill(model, data);
          const server: { at: number | null; rank: number; shows: boolean }[] = data.map(
            ({ at, rank }) => ({ at, rank, shows: true }),
          );
          for (const [n, { at, rank, malformation }] of brokenData.entries()) {
            const date = at === null ? undefined : momentOf(at);
            const raw = malformation(n, date);
            // Ranks that differ, so that the order below is the server's.
            const place = rank + 0.5 + n / 100;
            model.storeRaw(id(n), date ?? null, raw, place);
            server.push({ at, rank: place, shows: JSON.stringify(raw).includes('T00') });
          }
          const good = model.records.filter(({ id }) => id < idOf(1000));

          const pages = await traverse(model.list, first);

          const nodes = nodesOf(pages);
          const readable = nodes.filter(({ error, id }) => error === null && id < idOf(1000));
          expect(readable.map(versionOf)).toEqual(good.map(versionOf));
          expect(nodes).toHaveLength(data.length + brokenData.length);
          for (const page of pages) await expectTotal(page, options, nodes.length);
          // An item that shows no date stands by the one before it.
          let before: Moment = null;
          const moments = server
            .sort((a, b) => (a.at ?? -1) - (b.at ?? -1) || a.rank - b.rank)
            .map(({ at, shows }) => (before = shows && at !== null ? momentOf(at) : before));
          expect(nodes.map(({ modifiedAt }) => modifiedAt)).toEqual(moments.sort(compareMoments));
        },
      );
      await fc.assert(property, { numRuns: RUNS });
    },
    PATIENCE_MS,
  );

  test.each([1, 2, 500])(
    'an item that the server has twice is given once (first: %i)',
    async (n) => {
      const model = modelOf(6);
      model.storeRaw('again', momentOf(3), { _id: idOf(3), modifiedAt: momentOf(3) });
      model.storeRaw('broken', momentOf(5), { _id: idOf(9), name: 7, modifiedAt: momentOf(5) });
      model.storeRaw('broken too', momentOf(5), { _id: idOf(9), name: 7, modifiedAt: momentOf(5) });
      const pages = await traverse(model.list, n);
      expect(idsOf(pages)).toEqual([1, 2, 3, 4, 5, 9, 6].map(idOf));
    },
  );
});

/** What happens before one upstream call. */
const events = fc.array(
  fc.record({
    /** Mostly the clock stands still, so that changes tie with what is read. */
    tick: fc.constantFrom(0, 0, 0, 1),
    happens: fc.constantFrom('change', 'change', 'remove'),
    to: fc.nat({ max: 14 }),
  }),
  { maxLength: 2 },
);
type Events = typeof events extends fc.Arbitrary<infer E> ? E : never;

function apply(model: ModelUpstream, some: Events = []): void {
  for (const { tick, happens, to } of some) {
    model.clock += tick;
    model[happens](idOf(to));
  }
}

describe('data that changes while it is read', () => {
  /** As a client does that is told to come back. */
  async function insist<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if ((error as Error).message !== 'the list changes faster than it can be read') throw error;
      return insist(ask);
    }
  }

  test.each([
    ['servers with pages of all sizes', rows, options, 15],
    [
      'servers with tiny pages, most records at the latest moment',
      fc.array(
        fc.record({ at: fc.constantFrom(LAST, LAST, LAST - 1, null), rank: fc.nat({ max: 9 }) }),
        { minLength: 3, maxLength: 9 },
      ),
      fc.record({
        ...{ cap: fc.integer({ min: 1, max: 4 }), total: fc.constantFrom('count', undefined) },
        counts: fc.constantFrom('total', 'wider', 'page'),
        isNew: fc.boolean(),
        skipsAsAsked: fc.boolean(),
      }),
      30,
    ],
  ])(
    '%s: nothing is lost, nothing repeated',
    async (_, rows, options, maxLength) => {
      const property = fc.asyncProperty(
        rows,
        options,
        first,
        fc.array(events, { maxLength }),
        async (data, options, first, schedule) => {
          const model = new ModelUpstream(options);
          fill(model, data);
          const states: ModelRecord[][] = [];
          model.beforeCall = (call) => {
            apply(model, schedule[call]);
            states[call] = model.records;
          };
          const given = new Set<string>();
          const take = async (after: string | null): Promise<Page> => {
            const calls = states.length;
            const page = await insist(() => readGroups(model.list, first, after));
            for (const node of page.nodes) {
              expect(given).not.toContain(versionOf(node));
              given.add(versionOf(node));
            }
            if (!tellsTotal(options)) return page;
            const goesOn = states
              .slice(calls)
              .map((state) => state.some((record) => !given.has(versionOf(record))));
            expect(goesOn).toContain(page.hasNextPage);
            if (after === null) {
              const total = await page.totalCount();
              const lengths = states.slice(calls).map((state) => state.length);
              // What a count means cannot be found out of two calls that counted different lists.
              const isUnknown = options.isNew === true && new Set(lengths).size > 1;
              expect(isUnknown ? [...lengths, null] : lengths).toContain(total);
            }
            return page;
          };

          let page = await take(null);
          for (let n = 0; page.hasNextPage || model.calls.length < schedule.length; n += 1) {
            page = await take(page.next);
            expect(n).toBeLessThan(500);
          }
          // Nothing changes any more: what is left comes next, in order.
          const left = model.records.filter((record) => !given.has(versionOf(record)));
          const rest = await traverse(model.list, first, page.next);
          expect(recordsOf(rest)).toEqual(left);
        },
      );
      await fc.assert(property, { numRuns: RUNS });
    },
    PATIENCE_MS,
  );

  test('a list that shrinks while the gateway finds out what its count means: not counted, then counted', async () => {
    const model = modelOf(2, { cap: 2, total: 'count', isNew: true });
    model.beforeCall = (call) => {
      if (call === 1) model.remove(idOf(2));
    };
    const { totalCount } = await readGroups(model.list, 1, null);
    expect([await totalCount(), model.calls.length]).toEqual([null, 2]);
    for (const n of range(2, 5)) model.store(idOf(n), momentOf(n));
    const later = await readGroups(model.list, 1, null);
    expect(await later.totalCount()).toBe(5);
  });

  test(
    'a cursor that was kept resumes as a feed of the changes since',
    async () => {
      const property = fc.asyncProperty(
        rows,
        options,
        first,
        fc.array(fc.array(events, { maxLength: 5 }), { maxLength: 5 }),
        async (data, options, first, rounds) => {
          const model = new ModelUpstream(options);
          fill(model, data);
          let kept = nextOf(await traverse(model.list, first));
          const given = new Set(model.records.map(versionOf));
          for (const round of rounds) {
            for (const some of round) apply(model, some);
            const changed = model.records.filter((record) => !given.has(versionOf(record)));

            const pages = await traverse(model.list, first, kept);

            expect(recordsOf(pages)).toEqual(changed);
            for (const record of changed) given.add(versionOf(record));
            kept = nextOf(pages);
          }
        },
      );
      await fc.assert(property, { numRuns: RUNS });
    },
    PATIENCE_MS,
  );

  describe.each([
    ['is changed', 'change'],
    ['leaves the list', 'remove'],
  ] as const)('a run longer than the page, of which one %s', (_, happens) => {
    const cases = ['count', undefined].flatMap((total) =>
      range(0, 12).flatMap((call) => [2, 4, 5].map((victim) => ({ total, call, victim }))),
    );
    test.each(cases)(
      '$victim before call $call, total: $total',
      async ({ total, call, victim }) => {
        const model = new ModelUpstream({ cap: 2, total: total as ModelOptions['total'] });
        model.store(idOf(1), momentOf(1));
        for (const n of range(2, 6)) model.store(idOf(n), momentOf(2), n);
        for (const n of range(7, 9)) model.store(idOf(n), momentOf(n));
        model.clock = 20;
        model.beforeCall = (now) => {
          if (now === call) model[happens](idOf(victim));
        };
        const pages = await traverse(model.list, 4);
        expect(new Set(idsOf(pages))).toEqual(
          new Set([
            ...idsOf(pages).filter((id) => id === idOf(victim)),
            ...model.records.map((r) => r.id),
          ]),
        );
        expect(new Set(recordsOf(pages).map(versionOf)).size).toBe(idsOf(pages).length);
      },
    );
  });

  test('a crowd at the latest moment: those that come to it late come next, whatever their ids', async () => {
    const model = crowdOf(range(1000, 1099));
    const kept = nextOf(await traverse(model.list, 40));
    for (const n of [1, 1050, 2, 3, 2000]) model.change(idOf(n));
    const pages = await traverse(model.list, 1, kept);
    expect(idsOf(pages)).toEqual([1, 2, 3, 2000].map(idOf));
  });

  test('what has left between two calls is not given, nor taken for more', async () => {
    const model = new ModelUpstream({ total: 'count', cap: 2 });
    for (const [n, at] of [
      [1, 1],
      [9, 2],
      [2, 2],
    ] as const)
      model.store(idOf(n), momentOf(at), -n);
    model.beforeCall = (call) => {
      if (call === 1) model.remove(idOf(9));
    };
    const page = await readGroups(model.list, 2, null);
    expect([idsOf([page]), page.hasNextPage]).toEqual([[idOf(1), idOf(2)], false]);
  });

  test('the only one of a page changes, and another comes behind it, while page 2 is asked for', async () => {
    const model = modelOf(1, { cap: 1 });
    model.beforeCall = (call) => {
      if (call !== 1) return;
      for (const n of [1, 2]) {
        model.clock += 1;
        model.change(idOf(n));
      }
    };
    expect(recordsOf(await traverse(model.list, 2)).slice(-2)).toEqual(model.records);
  });

  test('a malformed item is not lost with the one before it', async () => {
    const model = modelOf(3);
    model.storeRaw('broken', momentOf(1), null, 20_000);
    const page = await readGroups(model.list, 1, null);
    model.clock = 4;
    model.change(idOf(1));
    const pages = await traverse(model.list, 1, page.next);
    expect(nodesOf(pages).map(({ id, error }) => error ?? id)).toEqual([
      ...[expect.any(Error), idOf(2), idOf(3), idOf(1)],
    ]);
  });

  test('late ones come once their moment is over, too', async () => {
    const model = crowdOf([10, 20, 30]);
    const kept = nextOf(await traverse(model.list, 500));
    for (const n of [1, 2, 25]) model.change(idOf(n));
    model.clock = 2;
    for (const n of [10, 40]) model.change(idOf(n));
    const pages = await traverse(model.list, 1, kept);
    expect(idsOf(pages)).toEqual([1, 2, 25, 10, 40].map(idOf));
  });
});

describe('crowds', () => {
  test.each([1, 7, 500])(
    '33 at one moment, 40 undated, 33 at the latest (first: %i)',
    async (n) => {
      const model = new ModelUpstream({ total: 'count' });
      for (const n of range(1, 40)) model.store(idOf(n), null);
      for (const n of range(41, 73)) model.store(idOf(n), momentOf(1));
      for (const n of range(74, 106)) model.store(idOf(n), momentOf(2));
      const pages = await traverse(model.list, n);
      expect(recordsOf(pages)).toEqual(model.records);
    },
  );

  test('more than a position can name, and more than one page of the server', async () => {
    const model = crowdOf(range(1, 1300));
    const pages = await traverse(model.list, 500);
    expect(recordsOf(pages)).toEqual(model.records);
    const kept = nextOf(pages);
    model.clock = 2;
    model.change(idOf(700));
    model.change(idOf(5000));
    expect(idsOf(await traverse(model.list, 500, kept))).toEqual([700, 5000].map(idOf));
  });

  test('cursors stay short where nothing can come to their moment', async () => {
    const model = crowdOf(range(1, 400));
    model.store(idOf(999), momentOf(2));
    const { next } = await readGroups(model.list, 300, null);
    expect(next?.length).toBeLessThan(200);
  });
});
