import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createSlots, type Release, type Slots } from '../../src/cotalker/slots.ts';

const never = new AbortController().signal;
/** Lets all promise jobs run that are due. */
const tick = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** Takes slots and notes, in order, who got one. */
function bench(slots: Slots) {
  const granted: { readonly owner: object; readonly release: Release }[] = [];
  const failed: unknown[] = [];
  const take = (owner: object, signal = never): void => {
    slots.take(owner, signal).then(
      (release) => granted.push({ owner, release }),
      (error: unknown) => failed.push(error),
    );
  };
  return { granted, failed, take };
}

test.each([
  [{ perOwner: 10, total: 100 }, 1, 10],
  [{ perOwner: 10, total: 100 }, 9, 90],
  [{ perOwner: 10, total: 100 }, 12, 100],
  [{ perOwner: 10, total: 4 }, 1, 4],
  [{ perOwner: 1, total: 100 }, 3, 3],
])('%o: of %d owners with 20 calls each, %d calls go at once', async (limits, owners, atOnce) => {
  const { take, granted } = bench(createSlots(limits));
  const all = Array.from({ length: owners }, () => ({}));
  for (const owner of all) for (let call = 0; call < 20; call += 1) take(owner);
  await tick();
  expect(granted).toHaveLength(atOnce);
  for (const owner of all) {
    const own = granted.filter((grant) => grant.owner === owner);
    expect(own.length).toBeLessThanOrEqual(limits.perOwner);
  }
});

test('at no time are more in flight than allowed, nor a slot idle that one may take', async () => {
  const scenario = fc.record({
    perOwner: fc.integer({ min: 1, max: 4 }),
    total: fc.integer({ min: 1, max: 6 }),
    steps: fc.array(
      fc.record({
        act: fc.constantFrom('take', 'take', 'release', 'releaseTwice', 'leave'),
        owner: fc.nat({ max: 3 }),
        which: fc.nat(),
      }),
      { maxLength: 60 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ perOwner, total, steps }) => {
      const slots = createSlots({ perOwner, total });
      const owners = [{}, {}, {}, {}];
      const held: { owner: object; release: Release }[] = [];
      const queued: { owner: object; controller: AbortController }[] = [];

      for (const { act, owner: number, which } of steps) {
        const owner = owners[number] ?? {};
        if (act === 'take') {
          const entry = { owner, controller: new AbortController() };
          queued.push(entry);
          slots.take(owner, entry.controller.signal).then(
            (release) => {
              queued.splice(queued.indexOf(entry), 1);
              held.push({ owner, release });
            },
            () => queued.splice(queued.indexOf(entry), 1),
          );
        } else if (act === 'leave') {
          queued[which % queued.length]?.controller.abort();
        } else {
          const [slot] = held.splice(which % held.length, 1);
          slot?.release();
          if (act === 'releaseTwice') slot?.release();
        }
        await tick();

        const countOf = (of: object): number => held.filter((slot) => slot.owner === of).length;
        expect(held.length).toBeLessThanOrEqual(total);
        for (const of of owners) expect(countOf(of)).toBeLessThanOrEqual(perOwner);
        const couldGo = queued.some((entry) => countOf(entry.owner) < perOwner);
        if (held.length < total) expect(couldGo).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});

describe('owners take turns', () => {
  test('one with 200 calls holds one with a single call up for no more than one call', async () => {
    const { take, granted } = bench(createSlots({ perOwner: 10, total: 10 }));
    const [many, single] = [{}, {}];
    for (let call = 0; call < 200; call += 1) take(many);
    take(single);
    await tick();
    granted.shift()?.release();
    granted.shift()?.release();
    await tick();
    expect(granted.slice(8).map(({ owner }) => owner)).toEqual([many, single]);
  });

  test('three with many calls each get the same share', async () => {
    const { take, granted } = bench(createSlots({ perOwner: 10, total: 3 }));
    const owners = [{}, {}, {}];
    for (const owner of owners) for (let call = 0; call < 30; call += 1) take(owner);
    await tick();
    for (let call = 0; call < 30; call += 1) {
      granted[call]?.release();
      await tick();
    }
    const shares = owners.map(
      (owner) => granted.slice(3).filter((it) => it.owner === owner).length,
    );
    expect(shares).toEqual([10, 10, 10]);
  });

  test('one at its own limit does not keep the others from what is free', async () => {
    const { take, granted } = bench(createSlots({ perOwner: 2, total: 4 }));
    const [greedy, late] = [{}, {}];
    for (let call = 0; call < 9; call += 1) take(greedy);
    take(late);
    await tick();
    expect(granted.map(({ owner }) => owner)).toEqual([greedy, greedy, late]);
  });

  test('the calls of one owner go in order', async () => {
    const slots = createSlots({ perOwner: 1, total: 1 });
    const order: number[] = [];
    const owner = {};
    await Promise.all(
      [1, 2, 3, 4].map(async (call) => {
        const release = await slots.take(owner, never);
        order.push(call);
        release();
      }),
    );
    expect(order).toEqual([1, 2, 3, 4]);
  });
});

describe('leaving', () => {
  test.each([
    ['goes away', undefined, 'UPSTREAM_UNAVAILABLE'],
    ['runs out of time', new DOMException('late', 'TimeoutError'), 'UPSTREAM_TIMEOUT'],
  ])(
    'one who %s leaves the queue with an error; the next one moves up',
    async (_, reason, code) => {
      const { take, granted, failed } = bench(createSlots({ perOwner: 1, total: 1 }));
      const controller = new AbortController();
      const [first, leaving, next] = [{}, {}, {}];
      take(first);
      take(leaving, controller.signal);
      take(next);
      await tick();
      controller.abort(reason);
      await tick();
      expect(failed).toMatchObject([{ name: 'CotalkerError', code }]);
      granted[0]?.release();
      await tick();
      expect(granted.map(({ owner }) => owner)).toEqual([first, next]);
    },
  );

  test('one who has left already gets none', async () => {
    const slots = createSlots({ perOwner: 1, total: 1 });
    await expect(slots.take({}, AbortSignal.abort())).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    await expect(slots.take({}, never)).resolves.toBeInstanceOf(Function);
  });

  test('a slot given back twice is one slot', async () => {
    const { take, granted } = bench(createSlots({ perOwner: 9, total: 1 }));
    const owner = {};
    for (let call = 0; call < 3; call += 1) take(owner);
    await tick();
    granted[0]?.release();
    granted[0]?.release();
    await tick();
    expect(granted).toHaveLength(2);
  });
});
