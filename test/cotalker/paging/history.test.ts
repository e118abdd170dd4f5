import { describe, expect, test } from '@jest/globals';
import { createMessageLoader, type MessageSource } from '../../../src/loaders/message.ts';
import type { Session } from '../../../src/cotalker/session.ts';
import fc from '../../support/properties.ts';
import {
  CHANNEL,
  type HistoryServer,
  HistoryUpstream,
  momentAt,
  ODDITIES,
  type Oddity,
} from '../../support/history-upstream.ts';

/*
 * What is proved here, of any server that answers the two calls for messages in whatever way:
 *
 * - static data: the pages give every message once, the latest change first, of equal moments the larger id. Each
 *   `hasNextPage` is right. What is before a cursor is what the pages had before it. That holds whatever was removed, and
 *   whatever dates and ids are missing.
 * - data that changes before any call: after the pages and what is before their first cursor, every message was given
 *   as it is since its last change.
 */

const PATIENCE_MS = 60_000;
const RUNS = 300;

const SERVER: HistoryServer = {
  ...{ back: 'there', cap: 1000, ignoresSize: false },
  ...{ isInclusive: true, isNewestFirst: false, hasEnvelope: false },
};
const server: fc.Arbitrary<HistoryServer> = fc.record({
  back: fc.constantFrom<HistoryServer['back'][]>(
    'there',
    'there',
    'there',
    'ignored',
    400,
    404,
    500,
  ),
  cap: fc.oneof(fc.constant(1000), fc.integer({ min: 1, max: 9 })),
  ignoresSize: fc.boolean(),
  isInclusive: fc.boolean(),
  isNewestFirst: fc.boolean(),
  hasEnvelope: fc.boolean(),
});
const first = fc.oneof(fc.constantFrom(1, 2, 50, 500), fc.integer({ min: 1, max: 12 }));
/** How many messages share each moment; days may lie between two of them. */
const moments = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 7 }),
    gap: fc.constantFrom(1, 2, 1000, 90_000_000),
  }),
  { maxLength: 12 },
);
const lately = fc.constantFrom(undefined, momentAt(0), momentAt(1e9), momentAt(1e11));

/** Ids in no order. */
const idOf = (n: number): string => ((n * 7919 + 13) % 1_000_003).toString(16).padStart(24, '0');

function fill(
  upstream: HistoryUpstream,
  groups: readonly { count: number; gap: number }[],
): number {
  let now = 1;
  for (const { count, gap } of groups) {
    for (let n = 0; n < count; n += 1) upstream.write(idOf(upstream.messages.length), now);
    now += gap;
  }
  return now;
}

/** A message as it was given: one that changed is another. */
const versionOf = (node: MessageSource): string =>
  node instanceof Error
    ? 'an error'
    : `${node.id} ${node.modifiedAt instanceof Error ? 'unreadable' : node.modifiedAt}`;
const versionsIn = ({ messages, removed }: HistoryUpstream): string[] =>
  messages
    .filter(({ _id }) => !removed.has(_id))
    .toSorted(
      (a, b) =>
        b.modifiedAt.localeCompare(a.modifiedAt) || (a._id < b._id ? 1 : a._id > b._id ? -1 : 0),
    )
    .map(({ _id, modifiedAt }) => `${_id} ${modifiedAt}`);

const openLoader = (upstream: HistoryUpstream) =>
  createMessageLoader(upstream as unknown as Session);

/** All pages to the end that they tell of themselves, each by a request of its own. */
async function readAll(upstream: HistoryUpstream, first: number, lately?: string) {
  const pages = [];
  for (let after: string | null = null; ;) {
    const page = await openLoader(upstream).page(CHANNEL, { first, after }, lately);
    pages.push(page);
    if (!(await page.pageInfo.hasNextPage())) return pages;
    after = page.pageInfo.endCursor;
    if (pages.length > 500) throw new Error('the pages have no end');
  }
}

/** Removes each of so many messages in a row, from the nth on: more than a page may hold. */
const removed = fc.option(fc.record({ from: fc.nat(40), count: fc.integer({ min: 1, max: 40 }) }), {
  nil: { from: 0, count: 0 },
});
function remove(upstream: HistoryUpstream, { from, count }: { from: number; count: number }): void {
  for (const { _id } of upstream.messages.slice(from, from + count)) upstream.removed.add(_id);
}

const isDated = (version: string): boolean => /^\w+ \d/.test(version);

/** The pages are as long as asked, and what is before a cursor is what they had before it, of all with dates. */
async function expectWhole(upstream: HistoryUpstream, first: number, lately?: string) {
  const pages = await readAll(upstream, first, lately);
  const all = pages.flatMap(({ nodes }) => nodes).map(versionOf);
  expect(pages.map(({ nodes }) => nodes.length)).toEqual(
    Array.from({ length: Math.max(1, Math.ceil(all.length / first)) }, (_, page) =>
      Math.min(first, all.length - page * first),
    ),
  );
  const edges = pages.flatMap(({ edges }) => edges);
  for (const place of [0, Math.floor(edges.length / 2), edges.length - 1]) {
    const before = edges[place]?.cursor;
    if (before === undefined) continue;
    const { nodes } = await openLoader(upstream).page(CHANNEL, { first: 500, before }, lately);
    expect(nodes.map(versionOf).filter(isDated)).toEqual(all.slice(0, place).filter(isDated));
  }
  return all;
}

test(
  'a history that stays as it is comes whole and in order, whatever the server',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        ...[server, first, moments, lately, removed],
        async (server, first, groups, lately, removed) => {
          const upstream = new HistoryUpstream(server);
          fill(upstream, groups);
          remove(upstream, removed);
          const all = await expectWhole(upstream, first, lately);
          expect(all).toEqual(versionsIn(upstream));
        },
      ),
      { numRuns: RUNS },
    );
  },
  PATIENCE_MS,
);

test(
  'a message without dates or an id comes once, and hides no other',
  async () => {
    const oddity = fc.constantFrom<Oddity>(
      ...(['none', 'none', 'dateless', 'unreadable', 'unchanged', 'nameless', 'nothing'] as const),
    );
    const oddities = fc.array(oddity, { minLength: 1, maxLength: 12 });
    /** So many of the first ones were edited last. */
    const edited = fc.nat(3);
    await fc.assert(
      fc.asyncProperty(
        ...[server, first, moments, oddities, edited, removed],
        async (server, first, groups, oddities, edited, removed) => {
          const upstream = new HistoryUpstream(server);
          const end = fill(upstream, groups);
          for (const [n, { _id }] of upstream.messages.slice(0, edited).entries())
            upstream.write(_id, end + n);
          remove(upstream, removed);
          const left = upstream.messages.filter(({ _id }) => !upstream.removed.has(_id));
          const shown = left.map((message, n) => {
            const oddity = oddities[n % oddities.length] ?? 'none';
            upstream.oddities.set(message._id, oddity);
            if ('_id' in ODDITIES[oddity]) return 'an error';
            const given = { ...message, ...ODDITIES[oddity] };
            return `${given._id} ${oddity === 'unreadable' ? oddity : (given.modifiedAt ?? null)}`;
          });
          const all = await expectWhole(upstream, first);
          expect(all.toSorted()).toEqual(shown.toSorted());
          const dated = new Set(shown.filter(isDated));
          expect(all.filter(isDated)).toEqual(versionsIn(upstream).filter((one) => dated.has(one)));
        },
      ),
      {
        numRuns: RUNS,
        // A page behind a cursor of the latest moment, on which no message has a date.
        examples: [
          [
            ...([SERVER, 1, [1, 2, 7].map((count) => ({ count, gap: 1 as const }))] as const),
            ...([
              ['unreadable', 'nothing', 'nameless'] as Oddity[],
              2,
              { from: 6, count: 2 },
            ] as const),
          ],
        ],
      },
    );
  },
  PATIENCE_MS,
);

test(
  'a history that changes before any call: nothing is lost',
  async () => {
    const changes = fc.array(
      fc.record({ isNew: fc.boolean(), which: fc.nat(), tick: fc.integer({ min: 0, max: 2 }) }),
      { maxLength: 3 },
    );
    const script = fc.array(changes, { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        server,
        first,
        moments,
        script,
        removed,
        async (...[server, first, groups, script, removed]) => {
          const upstream = new HistoryUpstream(server);
          let now = fill(upstream, groups);
          remove(upstream, removed);
          const left = [...script];
          upstream.beforeCall = () => {
            for (const { isNew, which, tick } of left.shift() ?? []) {
              now += tick;
              const { length } = upstream.messages;
              const known = upstream.messages[which % Math.max(1, length)];
              if (isNew || known === undefined) upstream.write(idOf(length), now);
              // Nobody can see a second change within a millisecond.
              else if (known.modifiedAt !== momentAt(now)) upstream.write(known._id, now);
            }
          };
          const pages = await readAll(upstream, first);
          const seen = pages.flatMap(({ nodes }) => nodes).map(versionOf);
          const before = pages[0]?.pageInfo.startCursor;
          left.length = 0;
          const since = before
            ? await openLoader(upstream).page(CHANNEL, { first: 500, before }, undefined)
            : undefined;
          const given = new Set([...seen, ...(since?.nodes ?? []).map(versionOf)]);
          if (before) expect(versionsIn(upstream).filter((one) => !given.has(one))).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  },
  PATIENCE_MS,
);

const chat = (count: number) => Array.from({ length: count }, () => ({ count: 1, gap: 60_000 }));
const openChat = (count: number, server: Partial<HistoryServer> = {}) => {
  const upstream = new HistoryUpstream({ ...SERVER, ...server });
  return { upstream, end: fill(upstream, chat(count)) };
};

describe('what is easily lost', () => {
  test.each([
    [40, 60],
    [20, 80],
    [10, 119],
    [60, 119],
  ])('behind the removed ones from the %ith to the %ith', async (from, to) => {
    const { upstream } = openChat(120);
    remove(upstream, { from, count: to - from + 1 });
    expect(await expectWhole(upstream, 10)).toEqual(versionsIn(upstream));
  });

  test.each([false, true])(
    'what changed since: a new message without dates, once; the latest first: %s',
    async (isNewestFirst) => {
      const { upstream, end } = openChat(3, { isNewestFirst });
      const { pageInfo } = await openLoader(upstream).page(CHANNEL, { first: 10 }, undefined);
      const since = async (before: string | null) =>
        openLoader(upstream).page(CHANNEL, { first: 10, before }, undefined);
      upstream.write(idOf(3), end);
      upstream.oddities.set(idOf(3), 'dateless');
      const { nodes, pageInfo: next } = await since(pageInfo.startCursor);
      expect(nodes.map(versionOf)).toEqual([`${idOf(3)} null`]);
      expect((await since(next.startCursor)).nodes).toEqual([]);
    },
  );

  test('what changed since: one without dates alone, where the last one before it is gone', async () => {
    const { upstream, end } = openChat(3);
    const { pageInfo } = await openLoader(upstream).page(CHANNEL, { first: 10 }, undefined);
    remove(upstream, { from: 2, count: 1 });
    upstream.write(idOf(3), end);
    upstream.oddities.set(idOf(3), 'dateless');
    const args = { first: 10, before: pageInfo.startCursor };
    const { nodes } = await openLoader(upstream).page(CHANNEL, args, undefined);
    expect(nodes.map(versionOf)).toEqual([`${idOf(3)} null`]);
  });

  test.each([false, true])(
    'between one that tells a moment long past and those around it; the latest first: %s',
    async (isNewestFirst) => {
      const { upstream } = openChat(400, { isNewestFirst, cap: 20 });
      upstream.traits.notePagesBack('short');
      const { _id = '' } = upstream.messages[390] ?? {};
      upstream.oddities.set(_id, 'stale');
      const pages = await readAll(upstream, 50);
      const given = pages.flatMap(({ nodes }) => nodes.map(versionOf));
      const others = versionsIn(upstream).filter((version) => !version.startsWith(_id));
      expect(given.filter((version) => !version.startsWith(_id))).toEqual(others);
    },
  );
});

describe('how many calls it takes', () => {
  const callsFor = async (
    { isShort = false, ...server }: Partial<HistoryServer> & { readonly isShort?: boolean },
    groups: readonly { count: number; gap: number }[],
    pages = 1,
  ): Promise<(string | undefined)[]> => {
    const upstream = new HistoryUpstream({ ...SERVER, ...server });
    if (isShort) upstream.traits.notePagesBack('short');
    const end = fill(upstream, groups);
    let after: string | null = null;
    for (let page = 0; page < pages; page += 1) {
      upstream.calls.length = 0;
      const args = { first: 50, after };
      const read = await openLoader(upstream).page(CHANNEL, args, momentAt(end));
      after = read.pageInfo.endCursor;
    }
    return upstream.calls.map(({ moment = '', query = {} }) =>
      !/^\d+$/.test(moment) ? moment : Number(query['mpp']) < 1000 ? 'back' : 'far back',
    );
  };
  const everything = '1970-01-01T00:00:00.000Z';

  test.each([
    ['a page of a long chat: one', {}, 120, 1, ['back']],
    ['a further page: one', {}, 120, 2, ['back']],
    ['the end: one more, for all there ever was', {}, 30, 1, ['back', everything]],
    ['the end behind a page: the same', {}, 70, 2, ['back', everything]],
    ['pages are shorter, the first time', { cap: 20 }, 120, 1, ['back', everything]],
    ['and then', { cap: 20 }, 120, 2, ['back', 'back', 'back']],
    [
      ...(['their end', { cap: 20, isShort: true }, 30, 1] as const),
      ['back', 'back', 'back', 'far back', everything],
    ],
    ['one message: all since ever tells that there is no other', {}, 1, 1, ['back', everything]],
    ['none', {}, 0, 1, ['back', momentAt(1 - 86_400_000)]],
  ])('%s', async (_, server, count, pages, calls) => {
    const made = await callsFor(server, chat(count), pages);
    expect(made.slice(0, calls.length)).toEqual(calls);
    if (count > 0) expect(made).toHaveLength(calls.length);
  });

  test('a short chat is no sign that pages are short', async () => {
    const { upstream } = openChat(30);
    await readAll(upstream, 50);
    expect(upstream.traits.pagesBack()).toBe('there');
  });

  test('a chat too long for one answer is read in short pages, and its end is an error', async () => {
    const { upstream } = openChat(120, { cap: 20 });
    upstream.isTooLong = true;
    const first = await openLoader(upstream).page(CHANNEL, { first: 50 }, undefined);
    expect(first.nodes).toHaveLength(50);
    expect(upstream.traits.pagesBack()).toBe('short');
    upstream.calls.length = 0;
    const after = first.pageInfo.endCursor;
    await openLoader(upstream).page(CHANNEL, { first: 50, after }, undefined);
    expect(upstream.calls).toHaveLength(3);
    await expect(readAll(upstream, 50)).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
    });
  });

  test('what is new since a cursor of the latest message is not read through', async () => {
    const { upstream, end } = openChat(120);
    const { pageInfo } = await openLoader(upstream).page(CHANNEL, { first: 1 }, undefined);
    for (let n = 0; n < 500; n += 1) upstream.write(idOf(120 + n), end + n);
    upstream.calls.length = 0;
    const args = { first: 50, after: pageInfo.endCursor };
    const { nodes } = await openLoader(upstream).page(CHANNEL, args, undefined);
    expect(nodes.map(versionOf)).toEqual(versionsIn(upstream).slice(501, 551));
    expect(upstream.calls).toHaveLength(2);
  });

  test('pages backwards are not tried again where they are not there', async () => {
    for (const back of ['ignored', 400] as const) {
      expect(await callsFor({ back }, chat(120))).toEqual(['back', expect.any(String)]);
      expect(await callsFor({ back }, chat(120), 2)).toEqual([expect.any(String)]);
    }
  });

  test('they are tried again after what may have been chance', async () => {
    expect((await callsFor({ back: 500 }, chat(120), 2))[0]).toBe('back');
  });

  test('of one moment, more than a page holds: the documented call tells the rest', async () => {
    const crowd = [...chat(3), { count: 30, gap: 1 }, ...chat(3)];
    expect(await callsFor({ cap: 10 }, crowd)).toEqual(['back', everything]);
    const calls = await callsFor({ cap: 10, isShort: true }, crowd);
    expect(calls).toEqual(['back', 'back', 'far back', everything]);
  });
});
