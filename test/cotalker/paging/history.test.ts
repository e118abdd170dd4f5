import { describe, expect, test } from '@jest/globals';
import { createMessageLoader, type MessageSource } from '../../../src/loaders/message.ts';
import type { Session } from '../../../src/cotalker/session.ts';
import fc from '../../support/properties.ts';
import {
  CHANNEL,
  type HistoryServer,
  HistoryUpstream,
  momentAt,
} from '../../support/history-upstream.ts';

/*
 * What is proved here, of any server that answers the two calls for messages in whatever way:
 *
 * - static data: the pages give every message once, the latest change first, of equal moments the larger id. Each
 *   `hasNextPage` is right. What is before a cursor is what the pages had before it.
 * - data that changes before any call: after the pages and what is before their first cursor, every message was given
 *   as it is since its last change.
 */

const PATIENCE_MS = 60_000;
const RUNS = 300;

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
  node instanceof Error ? 'an error' : `${node.id} ${String(node.modifiedAt)}`;
const versionsIn = ({ messages }: HistoryUpstream): string[] =>
  messages
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

test(
  'a history that stays as it is comes whole and in order, whatever the server',
  async () => {
    await fc.assert(
      fc.asyncProperty(server, first, moments, lately, async (server, first, groups, lately) => {
        const upstream = new HistoryUpstream(server);
        fill(upstream, groups);
        const pages = await readAll(upstream, first, lately);
        const all = versionsIn(upstream);
        expect(pages.flatMap(({ nodes }) => nodes).map(versionOf)).toEqual(all);
        expect(pages.map(({ nodes }) => nodes.length)).toEqual(
          Array.from({ length: Math.max(1, Math.ceil(all.length / first)) }, (_, page) =>
            Math.min(first, all.length - page * first),
          ),
        );
        const edges = pages.flatMap(({ edges }) => edges);
        for (const place of [0, Math.floor(edges.length / 2), edges.length - 1]) {
          const before = edges[place]?.cursor;
          if (before === undefined) continue;
          const { nodes } = await openLoader(upstream).page(
            CHANNEL,
            { first: 500, before },
            lately,
          );
          expect(nodes.map(versionOf)).toEqual(all.slice(0, place));
        }
      }),
      { numRuns: RUNS },
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
      fc.asyncProperty(server, first, moments, script, async (server, first, groups, script) => {
        const upstream = new HistoryUpstream(server);
        let now = fill(upstream, groups);
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
      }),
      { numRuns: RUNS },
    );
  },
  PATIENCE_MS,
);

describe('how many calls it takes', () => {
  const SERVER: HistoryServer = {
    ...{ back: 'there', cap: 1000, ignoresSize: false },
    ...{ isInclusive: true, isNewestFirst: false, hasEnvelope: false },
  };
  const callsFor = async (
    server: Partial<HistoryServer>,
    groups: readonly { count: number; gap: number }[],
    pages = 1,
  ): Promise<(string | undefined)[]> => {
    const upstream = new HistoryUpstream({ ...SERVER, ...server });
    const end = fill(upstream, groups);
    let after: string | null = null;
    for (let page = 0; page < pages; page += 1) {
      upstream.calls.length = 0;
      const args = { first: 50, after };
      const read = await openLoader(upstream).page(CHANNEL, args, momentAt(end));
      after = read.pageInfo.endCursor;
    }
    return upstream.calls.map(({ moment = '' }) => (/^\d+$/.test(moment) ? 'back' : moment));
  };
  const chat = (count: number) => Array.from({ length: count }, () => ({ count: 1, gap: 60_000 }));
  const everything = '1970-01-01T00:00:00.000Z';

  test.each([
    ['a page of a long chat: one', {}, 120, 1, ['back']],
    ['a further page: one', {}, 120, 2, ['back']],
    ['the end: one more, which brings nothing new', {}, 30, 1, ['back', 'back']],
    ['a server whose pages are shorter', { cap: 20 }, 120, 1, ['back', 'back', 'back']],
    ['one message: all since ever tells that there is no other', {}, 1, 1, ['back', everything]],
    ['none', {}, 0, 1, ['back', momentAt(1 - 86_400_000)]],
  ])('%s', async (_, server, count, pages, calls) => {
    const made = await callsFor(server, chat(count), pages);
    expect(made.slice(0, calls.length)).toEqual(calls);
    if (count > 0) expect(made).toHaveLength(calls.length);
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
    expect(await callsFor({ cap: 10 }, crowd)).toEqual(['back', 'back', everything]);
  });
});
