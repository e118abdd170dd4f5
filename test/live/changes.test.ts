import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { CotalkerError } from '../../src/cotalker/errors.ts';
import type { GroupRecord } from '../../src/cotalker/groups.ts';
import { readKeyset } from '../../src/cotalker/keyset.ts';
import type { Position } from '../../src/cotalker/position.ts';
import { readChanges } from '../../src/live/changes.ts';
import { createFeed, type ReadOn } from '../../src/live/feed.ts';
import {
  idOf,
  type ModelOptions,
  type ModelUpstream,
  modelOf,
  momentOf,
} from '../support/model-upstream.ts';

/*
 * What is proved here, of any server that sorts by `modifiedAt` and caps its pages, with changes at any time
 * and readers that take theirs at any speed, leave, and come back with their last cursor:
 *
 * - nothing is lost: in the end each reader has been told of each record as it is since its last change, if
 *   that is after the reader began;
 * - nothing is told twice as it was, and all comes in the order of the list.
 */

const POLL_MS = 2;

const readOn =
  (model: ModelUpstream): ReadOn<GroupRecord> =>
  (after, want) =>
    readKeyset(model.fetchPage, null, after, want);

const ended: AbortController[] = [];
afterEach(() => {
  for (const controller of ended.splice(0)) controller.abort();
});
const controller = (): AbortController => {
  const made = new AbortController();
  ended.push(made);
  return made;
};
const openFeed = async (read: ReadOn<GroupRecord>, pollMs = POLL_MS) => {
  const feed = createFeed({ read, pollMs, signal: controller().signal });
  await feed.open();
  return feed;
};

type Step =
  | { readonly kind: 'change'; readonly id: number; readonly tick: boolean }
  | { readonly kind: 'take'; readonly count: number }
  | { readonly kind: 'reconnect' }
  | { readonly kind: 'wait' };
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('change' as const),
        id: fc.integer({ min: 1, max: 12 }),
        tick: fc.boolean(),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('take' as const),
        count: fc.integer({ min: 1, max: 4 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ kind: 'reconnect' } as const) },
    { weight: 3, arbitrary: fc.constant({ kind: 'wait' } as const) },
  ),
  { maxLength: 25 },
);
const options: fc.Arbitrary<ModelOptions> = fc.record({
  cap: fc.oneof(fc.constant(1000), fc.integer({ min: 2, max: 9 })),
  total: fc.constantFrom('count', undefined),
});

jest.setTimeout(60_000);

interface Scenario {
  readonly count: number;
  readonly given: ModelOptions;
  readonly script: readonly Step[];
}

/** Lets one reader take what it takes, leave and come back; and holds what it was told against what changed. */
async function follow({ count, given, script }: Scenario): Promise<void> {
  const model = modelOf(count, given);
  const feed = await openFeed(readOn(model));
  const began = model.records;
  const told: string[] = [];
  let place: Position | undefined = feed.tip;
  let leaving = controller();
  // Where the list was empty there is no cursor yet: who comes back begins anew, so it does not leave.
  let reader = readChanges(feed, undefined, leaving.signal);
  let pending: ReturnType<typeof reader.next> | undefined;

  const take = async (patienceMs: number): Promise<boolean> => {
    pending ??= reader.next();
    const came = await Promise.race([pending, sleep(patienceMs)]);
    if (came === undefined) return false;
    pending = undefined;
    if (came.done) throw new Error('it ended');
    const { id, modifiedAt, position } = came.value;
    told.push(`${modifiedAt} ${id}`);
    place = position;
    return true;
  };
  for (const step of script) {
    if (step.kind === 'change') {
      if (step.tick) model.clock += 1;
      // A second change within the millisecond of one that was read cannot be seen by anyone.
      const known = model.records.find(({ id }) => id === idOf(step.id));
      if (known?.modifiedAt !== momentOf(model.clock)) model.change(idOf(step.id));
    } else if (step.kind === 'take') {
      for (let n = 0; n < step.count && (await take(3 * POLL_MS)); n += 1);
    } else if (step.kind === 'wait') {
      await sleep(2 * POLL_MS);
    } else if (place !== undefined) {
      leaving.abort();
      await pending?.catch(() => undefined);
      pending = undefined;
      leaving = controller();
      reader = readChanges(feed, place, leaving.signal);
    }
  }
  const before = new Set(began.map(({ id, modifiedAt }) => `${modifiedAt} ${id}`));
  const missing = (): string[] =>
    model.records
      .map(({ id, modifiedAt }) => `${modifiedAt} ${id}`)
      .filter((version) => !before.has(version) && !told.includes(version));
  // What was due to a reader that has left is lost with it, and told to the next one: all settles.
  while (missing().length > 0 && (await take(2000)));
  while (await take(30 * POLL_MS));
  leaving.abort();
  expect(missing()).toEqual([]);
  expect(told.length).toBe(new Set(told).size);
}

test('no reader loses a change, however slow it is and however often it comes back', async () => {
  const scenario = fc.record<Scenario>({
    count: fc.nat({ max: 6 }),
    given: options,
    script: steps,
  });
  // 150 in all; they mostly wait, so five at a time.
  const five = fc.tuple(scenario, scenario, scenario, scenario, scenario);
  const property = fc.asyncProperty(five, async (scenarios) => {
    const outcomes = await Promise.allSettled(scenarios.map(follow));
    for (const controller of ended.splice(0)) controller.abort();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  });
  await fc.assert(property, { numRuns: 30 });
});

test('who misses a batch reads on by itself, and holds up nobody', async () => {
  const model = modelOf(3);
  const feed = await openFeed(readOn(model));
  const slow = readChanges(feed, undefined, controller().signal);
  const quick = readChanges(feed, undefined, controller().signal);
  for (const n of [1, 2, 3, 1, 2]) {
    model.clock += 1;
    model.change(idOf(n));
    expect((await quick.next()).value).toMatchObject({ id: idOf(n) });
  }
  expect(feed.count).toBe(5);
  const told = [await slow.next(), await slow.next(), await slow.next()];
  expect(told.map(({ value }) => value?.id)).toEqual([3, 1, 2].map(idOf));
});

test('polls less and less often while nothing changes, and as often as at first after a change', async () => {
  const model = modelOf(1);
  const at: number[] = [];
  const read = readOn(model);
  const feed = await openFeed(async (...place) => {
    at.push(performance.now());
    return read(...place);
  }, 20);
  const reader = readChanges(feed, undefined, controller().signal);
  void reader.next();
  while (at.length < 5) await sleep(5);
  const gaps = at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
  // 20, 40, 80, 160
  expect((gaps[3] ?? 0) / (gaps[1] ?? 0)).toBeGreaterThan(2);
  model.clock += 1;
  model.change(idOf(1));
  const before = at.length;
  while (at.length < before + 2) await sleep(2);
  expect((at.at(-1) ?? 0) - (at.at(-2) ?? 0)).toBeLessThan(80);
});

test.each(['UPSTREAM_UNAVAILABLE', 'RATE_LIMITED', 'UPSTREAM_TIMEOUT'] as const)(
  '%s is waited for, and nothing is lost meanwhile',
  async (code) => {
    const model = modelOf(1);
    const read = readOn(model);
    let failing = false;
    const feed = await openFeed(async (...place) => {
      if (failing) throw new CotalkerError(code, 'planted');
      return read(...place);
    });
    const reader = readChanges(feed, undefined, controller().signal);
    const next = reader.next();
    failing = true;
    model.clock += 1;
    model.change(idOf(1));
    await sleep(5 * POLL_MS);
    failing = false;
    expect((await next).value).toMatchObject({ id: idOf(1), modifiedAt: momentOf(2) });
  },
);

test.each(['UNAUTHENTICATED', 'FORBIDDEN'] as const)('%s ends it, for all', async (code) => {
  let failing = false;
  const read = readOn(modelOf(1));
  const feed = await openFeed(async (...place) => {
    if (failing) throw new CotalkerError(code, 'planted');
    return read(...place);
  });
  const readers = [1, 2].map(() => readChanges(feed, undefined, controller().signal).next());
  failing = true;
  for (const next of readers) await expect(next).rejects.toMatchObject({ code });
  expect(feed.hasEnded).toBe(true);
});
