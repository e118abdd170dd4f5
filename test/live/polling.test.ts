import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { CotalkerError } from '../../src/cotalker/errors.ts';
import type { GroupRecord } from '../../src/cotalker/groups.ts';
import { readKeyset } from '../../src/cotalker/keyset.ts';
import { openChanges } from '../../src/live/changes.ts';
import { createFeed, type Feed, type Reader } from '../../src/live/feed.ts';
import { findTip } from '../../src/live/tip.ts';
import { idOf, type ModelUpstream, modelOf } from '../support/model-upstream.ts';
import '../support/timed.ts';

/*
 * How often a feed is polled.
 */

const ended: AbortController[] = [];
afterEach(() => {
  for (const controller of ended.splice(0)) controller.abort();
});
function signalOf(): AbortSignal {
  const made = new AbortController();
  ended.push(made);
  return made.signal;
}
const readerOf = ({ list, fetchNewest }: ModelUpstream): Reader<GroupRecord> => ({
  read: (after, want) => readKeyset(list, null, after, want),
  findTip: () => findTip({ fetchNewest, list, since: null }),
});
const feedOf = ({ read }: Reader<GroupRecord>, pollMs: number): Feed<GroupRecord> =>
  createFeed({ read, pollMs, signal: signalOf() });
const follow = (feed: Feed<GroupRecord>, reader: Reader<GroupRecord>) =>
  openChanges({ feed, after: undefined, opening: reader, reader, signal: signalOf() });

test('polls less and less often while nothing changes, and as often as at first after a change', async () => {
  const model = modelOf(1);
  const at: number[] = [];
  const { read, findTip } = readerOf(model);
  const reader: Reader<GroupRecord> = {
    findTip,
    read: async (...place) => {
      at.push(performance.now());
      return read(...place);
    },
  };
  const feed = feedOf(reader, 20);
  const changes = await follow(feed, reader);
  void changes.next();
  while (at.length < 6) await sleep(5);
  const gaps = at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
  // 40, 80, 120 and no longer.
  expect((gaps[2] ?? 0) / (gaps[0] ?? 0)).toBeGreaterThan(2);
  expect((gaps[4] ?? 0) / (gaps[2] ?? 0)).toBeLessThan(1.5);
  model.clock += 1;
  model.change(idOf(1));
  const before = feed.count;
  while (feed.count === before) await sleep(2);
  const polls = at.length;
  while (at.length === polls) await sleep(2);
  expect((at.at(-1) ?? 0) - (at.at(-2) ?? 0)).toBeLessThan(60);
});

test('who joins a feed that is quiet need not wait for longer than where it is not', async () => {
  const model = modelOf(1);
  const reader = readerOf(model);
  const POLL = 50;
  const feed = feedOf(reader, POLL);
  void (await follow(feed, reader)).next();
  // Polled after 1, 2, 4 and 6 times as long, and so on.
  await sleep(15 * POLL);
  const changes = await follow(feed, reader);
  model.clock += 1;
  model.change(idOf(1));
  const start = performance.now();
  await changes.next();
  expect(performance.now() - start).toBeLessThan(2 * POLL);
});

test('a poll that ends since nobody listens any more is no failure', async () => {
  const stop = new AbortController();
  const told: string[] = [];
  const polled = Promise.withResolvers<undefined>();
  const feed = createFeed<GroupRecord>({
    pollMs: 5,
    signal: stop.signal,
    read: (_, __, signal) =>
      new Promise((___, reject) => {
        polled.resolve(undefined);
        const gone = new CotalkerError('UPSTREAM_UNAVAILABLE', 'the caller went away');
        signal.addEventListener('abort', () => reject(gone), { once: true });
      }),
    failing: { size: 0, failed: (_, code) => told.push(code), ended: () => undefined },
  });
  feed.begin(undefined);
  await polled.promise;
  stop.abort();
  while (!feed.hasEnded) await sleep(1);
  expect(told).toEqual([]);
});

test('who joins while a poll is under way is polled for soon after it', async () => {
  const reads: (() => void)[] = [];
  const feed = createFeed<GroupRecord>({
    pollMs: 20,
    signal: signalOf(),
    read: () =>
      new Promise((resolve) => {
        const none = { items: [], hasMore: false, newest: null, total: 0, head: undefined };
        reads.push(() => resolve(none));
      }),
  });
  feed.begin(undefined);
  const nth = async (count: number): Promise<void> => {
    while (reads.length < count) await sleep(1);
  };
  // Quiet for as long as it takes to be put off as far as it is.
  for (let n = 1; n <= 4; n += 1) {
    await nth(n);
    if (n < 4) reads[n - 1]?.();
  }
  feed.hasten();
  const start = performance.now();
  reads[3]?.();
  await nth(5);
  expect(performance.now() - start).toBeLessThan(80);
});
