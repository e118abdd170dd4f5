import { afterEach, expect, test } from '@jest/globals';
import { CotalkerError, type CotalkerErrorCode } from '../../src/cotalker/errors.ts';
import type { GroupRecord } from '../../src/cotalker/records/group.ts';
import { readKeyset } from '../../src/cotalker/paging/keyset.ts';
import { openChanges } from '../../src/live/changes.ts';
import { Feed, type Reader, type ReadOn } from '../../src/live/feed.ts';
import { Feeds } from '../../src/live/feeds.ts';
import { findListEnd } from '../../src/live/group-reader.ts';
import { idOf, type ModelUpstream, modelOf } from '../support/model-upstream.ts';
import { createMovedClock } from '../support/moved-clock.ts';

/*
 * How often a feed is polled, by a clock that the test moves.
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
  findListEnd: () => findListEnd({ fetchNewest, list, since: null }),
});
const POLL_MS = 10;

/** A feed, and when it has been polled. */
function startFeed(read: ReadOn<GroupRecord>) {
  const clock = createMovedClock();
  const polledAt: number[] = [];
  const feed = new Feed<GroupRecord>({
    pollMs: POLL_MS,
    signal: signalOf(),
    wait: clock.wait,
    read: (...place) => {
      polledAt.push(clock.now);
      return read(...place);
    },
  });
  return { clock, feed, polledAt };
}
const follow = (feed: Feed<GroupRecord>, reader: Reader<GroupRecord>) =>
  openChanges({ feed, after: undefined, opening: reader, signal: signalOf() });

async function readAll(changes: AsyncGenerator): Promise<void> {
  while ((await changes.next()).done !== true);
}

test('polls less and less often while nothing changes, and as often as at first after a change', async () => {
  const model = modelOf(1);
  const reader = readerOf(model);
  const { clock, feed, polledAt } = startFeed(reader.read);
  void readAll(await follow(feed, reader));
  await clock.move(300);
  // After 1, 2, 4 and 6 times as long, and no longer.
  expect(polledAt).toEqual([10, 30, 70, 130, 190, 250]);
  model.clock += 1;
  model.change(idOf(1));
  await clock.move(40);
  expect(polledAt.slice(6)).toEqual([310, 320, 340]);
});

test('NOT_FOUND ends it where two polls in a row come to that: a list that is gone is not polled for ever', async () => {
  const came: (CotalkerErrorCode | 'ok')[] = [];
  const codes: typeof came = ['NOT_FOUND', 'ok', 'NOT_FOUND', 'RATE_LIMITED', 'NOT_FOUND'];
  const { clock, feed } = startFeed(async () => {
    const code = codes[came.length] ?? 'NOT_FOUND';
    came.push(code);
    if (code !== 'ok') throw new CotalkerError(code, 'planted');
    return { items: [], hasMore: false, newest: null, total: 0, head: undefined };
  });
  const end = expect(feed.next(undefined, signalOf())).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await clock.move(500 * POLL_MS);
  await end;
  expect([feed.hasEnded, came]).toEqual([true, [...codes, 'NOT_FOUND']]);
});

test('who joins a feed that is quiet need not wait for longer than where it is not', async () => {
  const model = modelOf(1);
  const reader = readerOf(model);
  const { clock, feed, polledAt } = startFeed(reader.read);
  void (await follow(feed, reader)).next();
  await clock.move(15 * POLL_MS);
  const polls = polledAt.length;
  const changes = await follow(feed, reader);
  model.clock += 1;
  model.change(idOf(1));
  const next = changes.next();
  await clock.move(POLL_MS);
  expect(polledAt[polls]).toBe(16 * POLL_MS);
  expect(await next).toMatchObject({ done: false });
});

test('a list that is known to have changed is polled at the next turn, for all who follow it', async () => {
  const feeds = new Feeds(10);
  const listen = async (caller: string, name: string) => {
    const reader = readerOf(modelOf(1));
    const started = startFeed(reader.read);
    void readAll(await follow(feeds.listen(caller, name, () => started.feed).feed, reader));
    return started;
  };
  const all = [await listen('a', 'one'), await listen('b', 'one'), await listen('a', 'other')];
  for (const { clock } of all) await clock.move(15 * POLL_MS);
  feeds.hasten('one');
  for (const { clock } of all) await clock.move(POLL_MS);
  expect(all.map(({ polledAt }) => polledAt.at(-1))).toEqual(
    [16, 16, 13].map((turn) => turn * POLL_MS),
  );
});

test('a poll that ends since nobody listens any more is no failure', async () => {
  const stop = new AbortController();
  const told: string[] = [];
  const polled = Promise.withResolvers<undefined>();
  const feed = new Feed<GroupRecord>({
    pollMs: 1,
    signal: stop.signal,
    read: (_, __, signal) =>
      new Promise((___, reject) => {
        polled.resolve(undefined);
        const gone = new CotalkerError('UPSTREAM_UNAVAILABLE', 'the caller went away');
        signal.addEventListener('abort', () => reject(gone), { once: true });
      }),
    onFailing: (code) => told.push(code),
  });
  const end = expect(feed.next(undefined, signalOf())).rejects.toThrow('the caller went away');
  await polled.promise;
  stop.abort();
  while (!feed.hasEnded) await new Promise((resolve) => setImmediate(resolve));
  await end;
  expect(told).toEqual([]);
});

test('who joins while a poll is under way is polled for soon after it', async () => {
  const answers: (() => void)[] = [];
  const { clock, feed, polledAt } = startFeed(
    () =>
      new Promise((resolve) => {
        const none = { items: [], hasMore: false, newest: null, total: 0, head: undefined };
        answers.push(() => resolve(none));
      }),
  );
  feed.next(undefined, signalOf()).catch(() => undefined);
  // Quiet for as long as it takes to be put off as far as it is.
  for (let poll = 0; poll < 3; poll += 1) {
    await clock.move(6 * POLL_MS);
    answers[poll]?.();
  }
  await clock.move(6 * POLL_MS);
  expect(polledAt).toHaveLength(4);
  feed.hasten();
  answers[3]?.();
  // It was quiet once more, so it is put off by as much.
  await clock.move(2 * POLL_MS);
  expect(polledAt).toHaveLength(5);
});
