import { expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import { Window } from '../../../src/cotalker/quota/window.ts';

const WINDOW_MS = 5000;
const LIMIT = 10;

/** Ways in which a service counts; each tells whether a call that comes at this time is one too many. */
const SERVICES: Readonly<Record<string, () => (at: number) => boolean>> = {
  'a window that slides': () => {
    const came: number[] = [];
    return (at) => came.push(at) - came.findIndex((other) => other > at - WINDOW_MS) > LIMIT;
  },
  'a window that begins anew': () => {
    const came = new Map<number, number>();
    return (at) => {
      const slot = Math.floor(at / WINDOW_MS);
      came.set(slot, (came.get(slot) ?? 0) + 1);
      return (came.get(slot) ?? 0) > LIMIT;
    };
  },
  'a window that begins with the first call': () => {
    let since = -Infinity;
    let count = 0;
    return (at) => {
      if (at >= since + WINDOW_MS) [since, count] = [at, 0];
      count += 1;
      return count > LIMIT;
    };
  },
  'a bucket': () => {
    let level = LIMIT;
    let last = 0;
    return (at) => {
      level = Math.min(LIMIT, level + ((at - last) * LIMIT) / WINDOW_MS) - 1;
      last = at;
      // In the sum of many parts a little is lost.
      return level < -1e-6;
    };
  },
};

test.each(Object.keys(SERVICES))(
  'whatever a delivery takes, no call is one too many for %s',
  (name) => {
    const steps = fc.array(
      fc.record({
        /** Until the next one is wanted. */
        pause: fc.oneof(fc.constant(0), fc.nat({ max: 300 }), fc.nat({ max: 8000 })),
        /** From its going out until it comes, and from there until its answer is back. */
        there: fc.oneof(fc.nat({ max: 500 }), fc.nat({ max: 6000 })),
        back: fc.nat({ max: 2000 }),
      }),
      { minLength: 30, maxLength: 120 },
    );
    fc.assert(
      fc.property(steps, (wanted) => {
        const window = new Window(WINDOW_MS);
        const came: number[] = [];
        const ends: { readonly at: number }[] = [];
        const settle = (now: number): void => {
          for (const end of ends.toSorted((a, b) => a.at - b.at)) {
            if (end.at > now) break;
            ends.splice(ends.indexOf(end), 1);
            window.spend(false, end.at);
            window.hold(false, -1);
          }
        };
        let now = 0;
        for (const { pause, there, back } of wanted) {
          now += pause;
          settle(now);
          while (window.used(now) >= LIMIT) {
            now += 1;
            settle(now);
          }
          window.hold(false);
          came.push(now + there);
          ends.push({ at: now + there + back });
        }
        const isTooMany = SERVICES[name]?.();
        expect(came.toSorted((a, b) => a - b).filter((at) => isTooMany?.(at))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  },
);

test('a call counts for a window after its answer, however long that takes', () => {
  const window = new Window(WINDOW_MS);
  window.spend(false, 100);
  window.hold(false);
  expect([100, 5099, 5100, 60_000].map((now) => window.used(now))).toEqual([2, 2, 1, 1]);
  window.spend(false, 60_000);
  window.hold(false, -1);
  expect([64_999, 65_000].map((now) => window.used(now))).toEqual([1, 0]);
});

const NONE = { taken: 0, kept: 0, keptUntil: 0, callMs: 0 };

test('it tells when so many calls have gone, one window after the other', () => {
  const window = new Window(WINDOW_MS);
  for (const end of [100, 200, 300]) window.spend(false, end);
  window.hold(false);
  const ms = (calls: number): number => window.msFor(calls, 5, 1000, NONE);
  // One is free, three come free, and one that is under way is taken to end now.
  expect([1, 2, 3, 4, 5, 6, 7, 11].map(ms)).toEqual([
    0, 4100, 4200, 4300, 5000, 5000, 9100, 10_000,
  ]);
  // A place comes free after the answer, so each window takes as much longer as a call does.
  const slowly = (calls: number): number => window.msFor(calls, 5, 1000, { ...NONE, callMs: 250 });
  expect([1, 2, 5, 6, 11].map(slowly)).toEqual([0, 4100, 5250, 5250, 10_500]);
  // Two fewer may go: the first two that come free are none.
  expect(window.msFor(1, 2, 1000, NONE)).toBe(4300);
});

test('places that are kept for others count until then, and no longer', () => {
  const window = new Window(WINDOW_MS);
  for (const end of [100, 200]) window.spend(false, end);
  const others = { ...NONE, taken: 1, kept: 2, keptUntil: 3000 };
  const ms = (calls: number): number => window.msFor(calls, 5, 1000, others);
  expect([1, 2, 3, 4, 5, 6].map(ms)).toEqual([2000, 2000, 4100, 4200, 5000, 7000]);
});

test('however many calls count, it tells the same as who sorts all of their ends', () => {
  const few = fc.nat({ max: 6 });
  const scene = fc.record({
    times: fc.array(fc.nat({ max: WINDOW_MS }), { maxLength: 12 }),
    ...{ held: few, taken: few, kept: few, calls: fc.integer({ min: 1, max: 30 }) },
    ...{ limit: fc.integer({ min: 1, max: 12 }), keptUntil: fc.nat({ max: 2 * WINDOW_MS }) },
    from: fc.integer({ min: WINDOW_MS, max: 2 * WINDOW_MS }),
    callMs: fc.nat({ max: 500 }),
  });
  fc.assert(
    fc.property(scene, ({ times, held, taken, kept, calls, limit, keptUntil, from, callMs }) => {
      const roundMs = WINDOW_MS + callMs;
      const window = new Window(WINDOW_MS);
      for (const time of times.toSorted((a, b) => a - b)) window.spend(false, time);
      window.hold(false, held);
      const ends = [
        ...times.map((time) => time + WINDOW_MS).filter((end) => end > from),
        ...Array<number>(kept).fill(Math.max(from, Math.min(keptUntil, from + WINDOW_MS))),
        ...Array<number>(held + taken).fill(from + roundMs),
      ].toSorted((a, b) => a - b);
      const last = calls - 1;
      const end = ends[(last % limit) - (limit - ends.length)] ?? from;
      const told = window.msFor(calls, limit, from, {
        ...{ taken, kept, callMs, keptUntil: Math.min(keptUntil, from + WINDOW_MS) },
      });
      expect(told).toBe(end - from + Math.floor(last / limit) * roundMs);
    }),
    { numRuns: 1000 },
  );
});
