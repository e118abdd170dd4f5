import { describe, expect, test } from '@jest/globals';
import type { AskForPlaces, Grant, Statement } from '../../../src/cotalker/quota/in-redis.ts';
import { Newcomers } from '../../../src/cotalker/quota/newcomers.ts';
import { Pace } from '../../../src/cotalker/quota/pace.ts';
import { SharedShare } from '../../../src/cotalker/quota/shared.ts';
import { Window } from '../../../src/cotalker/quota/window.ts';

const WINDOW_MS = 5000;
const LIMIT = 50;

/** Of an instance that is alone. */
const ALONE: Grant = {
  ...{ granted: 0, entitled: LIMIT, others: 0, answered: 0, limit: LIMIT, version: 1 },
  ...{ pauseMs: 0, nextMs: undefined, instances: 1 },
};

/** The share of an instance, on a clock that the test moves, with a Redis that answers as the test says. */
function open(part = 0.5) {
  const clock = { ms: 0 };
  const account = { demand: 0, pausedMs: 0 };
  const asked: Statement[] = [];
  let answer: AskForPlaces = async ({ wanted }) => ({ ...ALONE, granted: wanted });
  const window = new Window(WINDOW_MS);
  const pace = new Pace({ calls: LIMIT, windowMs: WINDOW_MS }, () => clock.ms);
  const share = new SharedShare({
    ...{ pace, window, part, newcomers: new Newcomers(WINDOW_MS), now: () => clock.ms },
    ask: async (statement) => {
      asked.push(statement);
      return answer(statement);
    },
    sharer: {
      demand: () => account.demand,
      pause: (ms) => void (account.pausedMs = ms),
      changed: () => undefined,
    },
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  };
  return {
    ...{ clock, account, asked, share, window, pace, settle },
    redis: (next: AskForPlaces) => (answer = next),
    free: () => share.free(clock.ms),
    /** Calls wait, and Redis answers. */
    want: async (calls: number, owner?: object) => {
      account.demand = calls;
      share.watch(owner);
      await settle();
    },
    /** So many calls go, and are answered at once. */
    go: (calls: number) => {
      for (let n = 0; n < calls; n += 1) {
        account.demand = Math.max(0, account.demand - 1);
        share.take();
        window.spend(false, clock.ms);
      }
    },
  };
}
const down: AskForPlaces = () => Promise.reject(new Error('DOWN'));
const never: AskForPlaces = () => new Promise(() => undefined);

describe('an instance', () => {
  test('has no place before Redis grants one, and asks for all calls of one moment at once', async () => {
    const { asked, share, account, settle, free } = open();
    expect(free()).toBe(0);
    for (let n = 1; n <= 3; n += 1) {
      account.demand = n;
      share.watch();
    }
    await settle();
    expect(asked.map(({ wanted }) => wanted)).toEqual([3]);
    expect(free()).toBe(3);
  });

  test('tells all of its places each time, and asks only for what is missing', async () => {
    const { asked, want, go, clock } = open();
    await want(4);
    go(3);
    clock.ms = 100;
    await want(3);
    expect(asked.at(-1)).toMatchObject({ held: 1, wanted: 2, spent: [4900, 4900, 4900] });
  });

  test('gives back what it has no use for', async () => {
    const { asked, want, free, clock } = open();
    await want(10);
    clock.ms = 2000;
    expect(free()).toBe(0);
    await want(1);
    expect(asked.at(-1)).toMatchObject({ held: 0, wanted: 1 });
  });

  test('that got less than it wanted asks again when a place comes free', async () => {
    const { asked, want, redis, clock, share } = open();
    redis(async () => ({ ...ALONE, entitled: 25, others: 50, nextMs: 300 }));
    await want(4);
    expect(share.nextMs(0)).toBe(300);
    await want(4);
    expect(asked).toHaveLength(1);
    clock.ms = 300;
    await want(4);
    expect(asked).toHaveLength(2);
  });

  test('knows what others may have of its part', async () => {
    const { want, redis, share } = open();
    redis(async () => ({ ...ALONE, granted: 10, entitled: 25, others: 40, instances: 2 }));
    await want(30);
    expect([share.limit, share.taken, share.liveLimit]).toEqual([25, 15, 5]);
  });

  test('learns of a pause, and of a limit that another has learnt', async () => {
    const { want, redis, account, pace } = open();
    redis(async () => ({ ...ALONE, limit: 20, pauseMs: 700 }));
    await want(1);
    expect(account.pausedMs).toBe(700);
    expect(pace.limit).toBe(20);
  });

  test('tells of a 429 at once, of the pause once, and of what it has learnt', async () => {
    const { asked, want, go, share, settle, clock, redis } = open();
    await want(10);
    go(10);
    redis(async (told) => ({ ...ALONE, limit: told.limit, answered: 12 }));
    await want(1);
    share.refused(0, 0);
    share.pause(1000);
    await settle();
    // A half at the least, and 22 went through in all.
    expect(asked.at(-1)).toMatchObject({ limit: 25, isLearnt: true, pauseMs: 1000 });
    clock.ms = 1500;
    await want(2);
    expect(asked.at(-1)).toMatchObject({ limit: 25, isLearnt: false, pauseMs: 0 });
  });
});

describe('a limit that an instance has learnt', () => {
  test('is told with the version that it knew: what it does not know yet may be news', async () => {
    const { asked, want, pace, redis } = open();
    redis(async ({ wanted }) => ({ ...ALONE, granted: wanted, version: 7 }));
    await want(1);
    pace.state(60);
    await want(2);
    const knew = asked.map(({ limit, isLearnt, version }) => ({ limit, isLearnt, version }));
    expect(knew).toEqual([
      { limit: 50, isLearnt: false, version: 0 },
      { limit: 60, isLearnt: true, version: 7 },
    ]);
  });

  test.each([
    ['less: that holds', 20, 20],
    ['more: its own holds, and is told', 40, 25],
  ])('while it asked, where another has learnt %s', async (_, others, holds) => {
    const { asked, want, pace, redis } = open();
    await want(1);
    redis(async ({ wanted }) => {
      pace.refused(0, 0);
      return { ...ALONE, granted: wanted, limit: others, version: 2 };
    });
    await want(2);
    expect(pace.limit).toBe(holds);
    redis(async ({ limit }) => ({ ...ALONE, limit, version: 3 }));
    await want(3);
    expect(asked.at(-1)).toMatchObject({ limit: holds, isLearnt: holds !== others, version: 2 });
  });
});

describe('without Redis an instance', () => {
  test('goes by its part at once, and asks again now and then', async () => {
    const { asked, want, redis, free, clock, share } = open();
    redis(down);
    await want(30);
    expect([share.isFailing, free(), share.limit]).toEqual([true, 25, 25]);
    await want(30);
    expect(asked).toHaveLength(1);
    clock.ms = 100;
    await want(30);
    expect(asked).toHaveLength(2);
  });

  test('does so after 50 ms where it does not answer: each request waits that once', async () => {
    const { want, redis, free, share } = open();
    redis(never);
    const owner = {};
    await want(1, owner);
    expect([share.isFailing, free()]).toEqual([false, 0]);
    while (!share.isFailing) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(free()).toBe(25);
  });

  test('takes nothing of what others had, until that does not count any more', async () => {
    const { want, go, redis, free, clock } = open();
    redis(async () => ({ ...ALONE, granted: 5, others: 40, entitled: 25 }));
    await want(5);
    go(5);
    redis(down);
    clock.ms = 200;
    await want(30);
    // 10 are left of 50, and 5 of these are used.
    expect(free()).toBe(5);
    clock.ms = 10_100;
    expect(free()).toBe(25);
  });

  test('waits a moment first where there were too few places: others may have the rest', async () => {
    const { want, go, redis, free, clock } = open();
    redis(async () => ({ ...ALONE, granted: 5, others: 45, entitled: 25 }));
    await want(9);
    go(4);
    redis(down);
    clock.ms = 100;
    await want(9);
    expect(free()).toBe(1);
    clock.ms = 650;
    await want(9);
    expect(free()).toBe(1);
    clock.ms = 5200;
    await want(30);
    expect(free()).toBe(5);
  });

  test('stays within its part after it is back, as long as others may not know', async () => {
    const { want, go, redis, free, clock } = open();
    redis(down);
    await want(30);
    go(20);
    clock.ms = 3000;
    redis(async () => ({ ...ALONE, granted: 30 }));
    await want(30);
    expect(free()).toBe(5);
    clock.ms = 3000 + 3000 + 10_000;
    await want(30);
    expect(free()).toBe(30);
  });

  test('counts the calls of its part as one of several, and drops what it has learnt from them', async () => {
    const { want, go, redis, share, pace, clock } = open();
    redis(down);
    await want(30);
    go(15);
    share.refused(0, 0);
    expect(pace.limit).toBe(30);
    clock.ms = 3000;
    redis(async ({ limit, isLearnt }) => {
      expect(isLearnt).toBe(false);
      return { ...ALONE, limit };
    });
    await want(1);
    expect(pace.limit).toBe(LIMIT);
  });
});
