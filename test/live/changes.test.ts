import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import { CotalkerError, type CotalkerErrorCode } from '../../src/cotalker/errors.ts';
import type { GroupRecord } from '../../src/cotalker/records/group.ts';
import { readKeyset } from '../../src/cotalker/paging/keyset.ts';
import type { Position } from '../../src/cotalker/records/moment.ts';
import { openChanges } from '../../src/live/changes.ts';
import { Feed, type Reader } from '../../src/live/feed.ts';
import { findListEnd } from '../../src/live/group-reader.ts';
import { type KeysetEdge, toEdges } from '../../src/mapping/connection.ts';
import {
  crowdOf,
  idOf,
  type ModelOptions,
  type ModelUpstream,
  modelOf,
  momentOf,
  range,
} from '../support/model-upstream.ts';
import { createMovedClock } from '../support/moved-clock.ts';

/*
 * These tests prove the following for any server that sorts by `modifiedAt` and caps its pages. Changes come at any
 * time. Readers read at any speed, leave, and come back with their last cursor.
 *
 * - nothing is lost: in the end each has been told of each record as it is since its last change, if that is after
 *   it began;
 * - nothing is told twice as it was.
 */

const POLL_MS = 2;
/** It moves whenever all wait: no machine is too slow for a poll, and no poll takes time. */
const clock = createMovedClock();
afterAll(clock.run());
const sleep = (ms: number): Promise<undefined> => clock.wait(ms).then(() => undefined);

/** @param lag How long the next answer is under way, in milliseconds; what changes meanwhile is not in it. */
const readerOf = (model: ModelUpstream, lag = () => 0): Reader<GroupRecord> => {
  const delayed =
    <P, A>(fetch: (page: P) => Promise<A>) =>
    async (page: P): Promise<A> => {
      const answer = await fetch(page);
      const ms = lag();
      if (ms > 0) await sleep(ms);
      return answer;
    };
  const list = { ...model.list, fetchPage: delayed(model.fetchPage) };
  const fetchNewest = delayed(model.fetchNewest);
  return {
    read: (after, want) => readKeyset(list, null, after, want),
    findListEnd: () => findListEnd({ fetchNewest, list, since: null }),
  };
};

const ended: AbortController[] = [];
afterEach(() => {
  for (const controller of ended.splice(0)) controller.abort();
});
const controller = (): AbortController => {
  const made = new AbortController();
  ended.push(made);
  return made;
};
const feedOf = ({ read }: Reader<GroupRecord>, pollMs = POLL_MS): Feed<GroupRecord> =>
  new Feed({ read, pollMs, signal: controller().signal, wait: clock.wait });
const follow = (
  feed: Feed<GroupRecord>,
  reader: Reader<GroupRecord>,
  after?: Position,
  { signal } = controller(),
) => openChanges({ feed, after, opening: reader, signal });

/** One who follows, leaves, and comes back with the last cursor. */
class Follower {
  readonly told: string[] = [];
  /** What was there when it began. */
  before: readonly string[] = [];
  place: Position | undefined;
  readonly #reader: Reader<GroupRecord>;
  #leaving = controller();
  #changes: Awaited<ReturnType<typeof follow>> | undefined;
  #pending: Promise<IteratorResult<KeysetEdge<GroupRecord>, void>> | undefined;

  constructor(reader: Reader<GroupRecord>) {
    this.#reader = reader;
  }

  get isThere(): boolean {
    return this.#changes !== undefined;
  }

  /** Comes, or comes back. Without a cursor it begins anew: nothing is due to it that was there before. */
  async come(feed: Feed<GroupRecord>, versions: () => readonly string[]): Promise<void> {
    this.#leaving = controller();
    this.#changes = await follow(feed, this.#reader, this.place, this.#leaving);
    if (this.place === undefined) this.before = versions();
  }

  async leave(): Promise<void> {
    this.#leaving.abort();
    await this.#pending?.catch(() => undefined);
    this.#pending = undefined;
    this.#changes = undefined;
  }

  /** Takes the next change, if it comes in time. */
  async take(patienceMs: number): Promise<boolean> {
    if (this.#changes === undefined) return false;
    this.#pending ??= this.#changes.next();
    const came = await Promise.race([this.#pending, sleep(patienceMs)]);
    if (came === undefined) return false;
    this.#pending = undefined;
    if (came.done === true) throw new Error('it ended');
    const { id, modifiedAt, position } = came.value;
    this.told.push(`${modifiedAt} ${id}`);
    this.place = position;
    return true;
  }
}

const FOLLOWERS = 3;
const who = fc.nat({ max: FOLLOWERS - 1 });
const anyId = fc.integer({ min: 1, max: 12 });
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('change'), id: anyId, tick: fc.boolean() }),
    },
    // Before one of the next calls.
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('changeInCall'),
        id: anyId,
        skip: fc.nat({ max: 2 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('take'),
        who,
        count: fc.integer({ min: 1, max: 4 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('come'), who: fc.uniqueArray(who) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave'), who }) },
    // As where a gateway ends, and another takes its place.
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart'), who: fc.uniqueArray(who) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait') }) },
  ),
  { maxLength: 30 },
);
type Step =
  | { readonly kind: 'change'; readonly id: number; readonly tick: boolean }
  | { readonly kind: 'changeInCall'; readonly id: number; readonly skip: number }
  | { readonly kind: 'take'; readonly who: number; readonly count: number }
  | { readonly kind: 'come' | 'restart'; readonly who: readonly number[] }
  | { readonly kind: 'leave'; readonly who: number }
  | { readonly kind: 'wait' };
const options: fc.Arbitrary<ModelOptions> = fc.record({
  cap: fc.oneof(fc.constant(1000), fc.integer({ min: 2, max: 9 })),
  total: fc.constantFrom('count', undefined),
  ignoresOrder: fc.boolean(),
});

test('no follower loses a change, however slow it is, however often it comes back, wherever to', async () => {
  const property = fc.asyncProperty(
    fc.nat({ max: 6 }),
    options,
    steps,
    fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 8 }),
    async (count, given, script, lags) => {
      const model = modelOf(count, given);
      let calls = 0;
      const reader = readerOf(model, () => lags[(calls += 1) % lags.length] ?? 0);
      const versions = () => model.records.map(({ id, modifiedAt }) => `${modifiedAt} ${id}`);
      const change = (n: number): void => {
        // A second change within the millisecond of one that was read cannot be seen by anyone.
        const known = model.records.find(({ id }) => id === idOf(n));
        if (known?.modifiedAt !== momentOf(model.clock)) model.change(idOf(n));
      };
      let feed = feedOf(reader);
      const followers = Array.from({ length: FOLLOWERS }, () => new Follower(reader));
      const [first] = followers;
      await first?.come(feed, versions);

      let skip = 0;
      const comeAll = async (who: readonly number[]): Promise<void> => {
        const come = async (n: number): Promise<void> => {
          await followers[n]?.leave();
          await followers[n]?.come(feed, versions);
        };
        await Promise.all(who.map(come));
      };
      const run = async (step: Step): Promise<void> => {
        switch (step.kind) {
          case 'change':
            if (step.tick) model.clock += 1;
            change(step.id);
            return;
          case 'changeInCall':
            skip = step.skip;
            model.beforeCall = () => {
              skip -= 1;
              if (skip >= 0) return;
              model.beforeCall = () => undefined;
              model.clock += 1;
              change(step.id);
            };
            return;
          case 'take':
            for (let n = 0; n < step.count; n += 1)
              if (!(await followers[step.who]?.take(3 * POLL_MS))) return;
            return;
          case 'come':
            return comeAll(step.who);
          case 'leave':
            return followers[step.who]?.leave();
          case 'restart':
            for (const follower of followers) await follower.leave();
            feed = feedOf(reader);
            return comeAll(step.who);
          case 'wait':
            await sleep(2 * POLL_MS);
        }
      };
      for (const step of script) await run(step);

      model.beforeCall = () => undefined;
      // What was due to one who has left is told when it is there again.
      for (const follower of followers) if (!follower.isThere) await follower.come(feed, versions);
      for (const follower of followers) {
        const due = versions().filter((version) => !follower.before.includes(version));
        const isMissing = (): boolean => due.some((version) => !follower.told.includes(version));
        while (isMissing() && (await follower.take(300)));
        // And nothing more comes.
        while (await follower.take(POLL_MS));
        expect(due.filter((version) => !follower.told.includes(version))).toEqual([]);
        expect(follower.told.length).toBe(new Set(follower.told).size);
        await follower.leave();
      }
      for (const controller of ended.splice(0)) controller.abort();
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

describe('where the list ends', () => {
  const placeOf = async (model: ModelUpstream): Promise<Position | undefined> => {
    model.calls.length = 0;
    return readerOf(model).findListEnd();
  };

  test('takes one small call, however long the list is', async () => {
    const model = modelOf(5000);
    expect(await placeOf(model)).toMatchObject({ modifiedAt: momentOf(5000), ids: [idOf(5000)] });
    expect(model.calls).toEqual([{ page: 1, limit: 20 }]);
  });

  test('names all that share the last moment, and no more than the call where it goes back beyond', async () => {
    const model = modelOf(5);
    for (const n of [3, 7, 4]) model.change(idOf(n));
    const place = await placeOf(model);
    expect(model.calls).toHaveLength(1);
    expect(place?.ids.toSorted()).toEqual([3, 4, 5, 7].map(idOf));
    model.change(idOf(1));
    const { items } = await readerOf(model).read(place, 10, controller().signal);
    expect(items.map(({ id }) => id)).toEqual([idOf(1)]);
  });

  test.each([
    ['a crowd fills the page', crowdOf(range(1, 60))],
    ['the server sorts ascending', modelOf(60, { total: 'count', ignoresOrder: true })],
    ['the server tells no total', crowdOf(range(1, 3), { total: undefined })],
    ['a record is malformed', malformedAtEnd()],
  ])('nothing is left behind it where %s', async (_, model) => {
    const place = await placeOf(model);
    expect(place).toBeDefined();
    const { items } = await readerOf(model).read(place, 100, controller().signal);
    expect(items).toEqual([]);
    model.clock += 1;
    model.change(idOf(2));
    const later = await readerOf(model).read(place, 100, controller().signal);
    expect(later.items.map(({ id }) => id)).toEqual([idOf(2)]);
  });

  test('is nowhere on an empty list', async () => {
    expect(await placeOf(modelOf(0))).toBeUndefined();
  });
});

/** The last record hides its id and its date. */
function malformedAtEnd(): ModelUpstream {
  const model = modelOf(3);
  model.storeRaw(idOf(9), momentOf(4), { name: 7 });
  model.clock = 4;
  return model;
}

test('who comes with a cursor is told by the first call, and the feed begins there', async () => {
  const model = modelOf(2000);
  const reader = readerOf(model);
  const feed = feedOf(reader, 60_000);
  const { items, newest } = await reader.read(undefined, Infinity, controller().signal);
  const after = toEdges(items.slice(0, 1998), undefined, newest).at(-1)?.position;
  model.calls.length = 0;
  const changes = await follow(feed, reader, after);
  expect((await changes.next()).value).toMatchObject({ id: idOf(1999) });
  expect((await changes.next()).value).toMatchObject({ id: idOf(2000) });
  expect(model.calls).toHaveLength(1);
  expect(feed.end?.position?.modifiedAt).toBe(momentOf(2000));
});

test('a change while the first reading of one is under way is told to it, where another begins the feed', async () => {
  const model = modelOf(3);
  const after = await readerOf(model).findListEnd();
  const { promise: held, resolve: letGo } = Promise.withResolvers<undefined>();
  const plain = readerOf(model);
  const slow: Reader<GroupRecord> = {
    ...plain,
    read: async (...place) => {
      const known = await plain.read(...place);
      await held;
      return known;
    },
  };
  const feed = feedOf(plain);
  const first = follow(feed, slow, after);
  model.clock += 1;
  model.change(idOf(2));
  await follow(feed, plain);
  expect(feed.end?.position?.modifiedAt).toBe(momentOf(4));
  letGo(undefined);
  expect((await (await first).next()).value).toMatchObject({ id: idOf(2) });
});

test('a cursor that was made up hides nothing from the others', async () => {
  const model = modelOf(3);
  const reader = readerOf(model);
  const feed = feedOf(reader);
  const made = await follow(feed, reader, { modifiedAt: momentOf(1e9), ids: [], count: 1 });
  void made.next();
  await sleep(3 * POLL_MS);
  const changes = await follow(feed, reader);
  model.clock += 1;
  model.change(idOf(2));
  expect((await changes.next()).value).toMatchObject({ id: idOf(2) });
});

test('who misses polls goes on from where it is, and holds up nobody', async () => {
  const model = modelOf(3);
  const reader = readerOf(model);
  const feed = feedOf(reader);
  const slow = await follow(feed, reader);
  const quick = await follow(feed, reader);
  for (const n of [1, 2, 3, 1, 2]) {
    model.clock += 1;
    model.change(idOf(n));
    expect((await quick.next()).value).toMatchObject({ id: idOf(n) });
  }
  const told = [await slow.next(), await slow.next(), await slow.next()];
  expect(told.map(({ value }) => value?.id)).toEqual([3, 1, 2].map(idOf));
});

/** A reader, and a switch for what its readings come to. */
function failingReader(model: ModelUpstream, code: CotalkerErrorCode) {
  const { read, findListEnd } = readerOf(model);
  const given = { isFailing: false };
  const reader: Reader<GroupRecord> = {
    findListEnd,
    read: async (...place) => {
      if (given.isFailing) throw new CotalkerError(code, 'planted');
      return read(...place);
    },
  };
  return { reader, given };
}

test.each(['UPSTREAM_UNAVAILABLE', 'RATE_LIMITED', 'UPSTREAM_TIMEOUT'] as const)(
  '%s is waited for, and nothing is lost meanwhile',
  async (code) => {
    const model = modelOf(1);
    const { reader, given } = failingReader(model, code);
    const next = (await follow(feedOf(reader), reader)).next();
    given.isFailing = true;
    model.clock += 1;
    model.change(idOf(1));
    await sleep(5 * POLL_MS);
    given.isFailing = false;
    expect((await next).value).toMatchObject({ id: idOf(1), modifiedAt: momentOf(2) });
  },
);

test.each(['UNAUTHENTICATED', 'FORBIDDEN'] as const)('%s ends it, for all', async (code) => {
  const { reader, given } = failingReader(modelOf(1), code);
  const feed = feedOf(reader);
  const readers = [(await follow(feed, reader)).next(), (await follow(feed, reader)).next()];
  given.isFailing = true;
  for (const next of readers) await expect(next).rejects.toMatchObject({ code });
  expect(feed.hasEnded).toBe(true);
});
