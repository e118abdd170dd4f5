import { describe, expect, test } from '@jest/globals';
import fc from '../../support/properties.ts';
import { createExpectedCalls } from '../../../src/cotalker/resilience/expected-calls.ts';
import type { LineOwner, Release, Urgency } from '../../../src/cotalker/resilience/terms.ts';
import {
  createSlots as createLine,
  type SlotLimits,
  type Slots,
} from '../../../src/cotalker/resilience/slots.ts';

const createSlots = (limits: SlotLimits, now?: () => number): Slots =>
  createLine(limits, createExpectedCalls(), now && { now, cpu: () => 0 });
const never = new AbortController().signal;
/** Lets all promise jobs run that are due. */
const tick = () => new Promise<void>((resolve) => void setImmediate(resolve));

let began = 0;
/** A request that began after all others so far. */
const request = (deadline = Infinity): LineOwner => ({ since: (began += 1), deadline });

/** Takes slots and notes, in order, who got one. */
function bench(slots: Slots) {
  const granted: { readonly owner: LineOwner; readonly release: Release }[] = [];
  const failed: unknown[] = [];
  const take = (owner: LineOwner, signal = never, urgency?: Urgency): void => {
    slots.line.take(owner, signal, urgency).then(
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
  const all = Array.from({ length: owners }, () => request());
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
      const owners = [request(), request(), request(), request()];
      const held: { owner: LineOwner; release: Release }[] = [];
      const queued: { owner: LineOwner; controller: AbortController }[] = [];

      for (const { act, owner: number, which } of steps) {
        const owner = owners[number] ?? request();
        if (act === 'take') {
          const entry = { owner, controller: new AbortController() };
          queued.push(entry);
          slots.line.take(owner, entry.controller.signal).then(
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

describe('whose turn it is', () => {
  test('three of four slots go to the request that began first, the fourth to the one with the fewest calls left', async () => {
    const { take, granted } = bench(createSlots({ perOwner: 10, total: 1 }));
    const [busy, first, second, third] = [request(), request(), request(), request()];
    take(busy);
    for (const [owner, calls] of [
      [third, 2],
      [second, 12],
      [first, 20],
    ] as const)
      for (let call = 0; call < calls; call += 1) take(owner);
    await tick();
    for (let call = 0; call < 12; call += 1) {
      granted[call]?.release();
      await tick();
    }
    const names = new Map([first, second, third].map((owner, index) => [owner, index + 1]));
    const order = granted.slice(1).map(({ owner }) => names.get(owner));
    // Of the first, eleven are left when it is the fourth time; of the second twelve.
    expect(order).toEqual([1, 1, 1, 3, 1, 1, 1, 3, 1, 1, 1, 1]);
  });

  test('calls are left of a request whose document is known to make more than it has asked for', async () => {
    const slots = createSlots({ perOwner: 10, total: 1 });
    const { take, granted } = bench(slots);
    const menu = { ...request(), document: 'menu' };
    for (let call = 0; call < 9; call += 1) take(menu);
    for (let call = 0; call < 9; call += 1) {
      await tick();
      granted[call]?.release();
    }
    slots.leave(menu);
    const [busy, first] = [request(), request()];
    take(busy);
    for (let call = 0; call < 9; call += 1) take(first);
    // It asks for one so far, and a request of which nothing is known for two.
    take({ ...request(), document: 'menu' });
    const unknown = request();
    for (let call = 0; call < 2; call += 1) take(unknown);
    for (let call = 9; call < 14; call += 1) {
      await tick();
      granted[call]?.release();
    }
    await tick();
    expect(granted.slice(10).map(({ owner }) => owner)).toContain(unknown);
    expect(granted.slice(10).map(({ owner }) => owner.document)).not.toContain('menu');
  });

  test('one with a single call waits for four slots at the most, whatever began before', async () => {
    const { take, granted } = bench(createSlots({ perOwner: 10, total: 10 }));
    const [many, single] = [request(), request()];
    for (let call = 0; call < 200; call += 1) take(many);
    take(single);
    await tick();
    for (let call = 0; call < 4; call += 1) granted[call]?.release();
    await tick();
    expect(granted.slice(10).map(({ owner }) => owner)).toContain(single);
  });

  /** The calls of the README's whole menu, in the order in which they follow from one another. */
  const MENU = [1, 2, 16, 15, 1, 1];
  test.each([
    ['all that fit, where the time is enough for all', 36, 75],
    ['a third, and not a part of each, where the time is enough for less than all', 18, 25],
  ])('75 menus at once end whole: %s', async (_, rounds, least) => {
    const slots = createSlots({ perOwner: 10, total: 100 });
    let landing: Release[] = [];
    let whole = 0;
    const draw = async (): Promise<void> => {
      const owner = request();
      const fetch = async (): Promise<void> => {
        const release = await slots.line.take(owner, never);
        await new Promise<void>((resolve) => {
          landing.push(() => {
            release();
            resolve();
          });
        });
      };
      for (const calls of MENU) await Promise.all(Array.from({ length: calls }, fetch));
      whole += 1;
    };
    for (let n = 0; n < 75; n += 1) void draw();
    // A round is the time that a call takes: 100 calls end in each, and 75 menus take 27 rounds at the least.
    for (let round = 0; round < rounds; round += 1) {
      await tick();
      const ending = landing;
      landing = [];
      for (const land of ending) land();
    }
    await tick();
    expect(whole).toBeGreaterThanOrEqual(least);
  });

  test('while answers wait for the processor, no further large request begins, and small ones do', async () => {
    let isBehind = true;
    const expected = createExpectedCalls();
    expected.note('menu', { calls: 20, ms: 0, cpuMs: 0 });
    const slots = createLine({ perOwner: 10, total: 100, isBehind: () => isBehind }, expected);
    const { take, granted } = bench(slots);
    const menu = (): LineOwner => ({ ...request(), document: 'menu' });
    const [first, second, small] = [menu(), menu(), request()];
    for (const owner of [first, second, small]) take(owner);
    await tick();
    expect(granted.map(({ owner }) => owner)).toEqual([first, small]);
    isBehind = false;
    granted[0]?.release();
    await tick();
    expect(granted.map(({ owner }) => owner)).toEqual([first, small, second]);
  });

  test('retries and live polls go when no other call waits', async () => {
    const { take, granted } = bench(createSlots({ perOwner: 10, total: 1 }));
    const [old, young] = [request(), request()];
    take(old);
    take(old, never, 'later');
    for (let call = 0; call < 5; call += 1) take(young);
    await tick();
    for (let call = 0; call < 6; call += 1) {
      granted[call]?.release();
      await tick();
    }
    expect(granted.map(({ owner }) => owner)).toEqual([old, ...Array(5).fill(young), old]);
  });

  test('one at its own limit does not keep the others from what is free', async () => {
    const { take, granted } = bench(createSlots({ perOwner: 2, total: 4 }));
    const [greedy, late] = [request(), request()];
    for (let call = 0; call < 9; call += 1) take(greedy);
    take(late);
    await tick();
    expect(granted.map(({ owner }) => owner)).toEqual([greedy, greedy, late]);
  });

  test('the calls of one owner go in order', async () => {
    const slots = createSlots({ perOwner: 1, total: 1 });
    const order: number[] = [];
    const owner = request();
    await Promise.all(
      [1, 2, 3, 4].map(async (call) => {
        const release = await slots.line.take(owner, never);
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
      const [first, leaving, next] = [request(), request(), request()];
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
    await expect(slots.line.take(request(), AbortSignal.abort())).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    await expect(slots.line.take(request(), never)).resolves.toBeInstanceOf(Function);
  });

  test('a slot given back twice is one slot', async () => {
    const { take, granted } = bench(createSlots({ perOwner: 9, total: 1 }));
    const owner = request();
    for (let call = 0; call < 3; call += 1) take(owner);
    await tick();
    granted[0]?.release();
    granted[0]?.release();
    await tick();
    expect(granted).toHaveLength(2);
  });
});

describe('who cannot be served in time is refused at once', () => {
  /** One slot, calls that take 100 ms each, and requests with 10 calls each in the line. */
  async function busy(ahead: number) {
    let now = 0;
    const it = bench(createSlots({ perOwner: 10, total: 1 }, () => now));
    const first = request();
    for (let call = 0; call < 2; call += 1) it.take(first);
    await tick();
    now = 100;
    it.granted[0]?.release();
    await tick();
    for (let n = 0; n < ahead; n += 1) {
      const owner = request();
      for (let call = 0; call < 10; call += 1) it.take(owner);
    }
    return it;
  }

  test('with the time after which the line is done', async () => {
    const { take, failed } = await busy(3);
    // Each fourth slot is for the smallest: a single call waits for five, which take 500 ms.
    const late = request(450);
    for (const owner of [late, late, request(550)]) take(owner);
    await tick();
    expect(failed).toMatchObject([
      { code: 'OVERLOADED', retryAfter: 1 },
      { code: 'OVERLOADED', retryAfter: 1 },
    ]);
  });

  test('a document whose earlier run made more calls than there is time for, before it has made one', async () => {
    let now = 0;
    const slots = createSlots({ perOwner: 10, total: 10 }, () => now);
    const { take, granted, failed } = bench(slots);
    const menu = (): LineOwner => ({ ...request(now + 1000), document: 'menu' });
    const run = menu();
    for (let call = 0; call < 30; call += 1) take(run);
    await tick();
    for (let call = 0; call < 30; call += 1) {
      if (call % 10 === 0) now += 100;
      granted[call]?.release();
      await tick();
    }
    slots.leave(run);
    // 10 calls in 100 ms: 100 fit in the second, three menus of 30.
    const menus = [menu(), menu(), menu(), menu()];
    for (const owner of menus) take(owner);
    await tick();
    // The third begins once the first two have fewer calls left.
    expect(granted.slice(30).map(({ owner }) => owner)).toEqual(menus.slice(0, 2));
    expect(failed).toMatchObject([{ code: 'OVERLOADED', retryAfter: 2 }]);
    // One that is over takes no room, whatever was expected of it.
    for (const owner of menus) slots.leave(owner);
    take(menu());
    await tick();
    expect([granted.length, failed.length]).toEqual([34, 1]);
  });

  /** Runs one request of a document alone, whose calls take 100 ms each. */
  async function learn(
    slots: Slots,
    it: ReturnType<typeof bench>,
    calls: number,
    pass: () => void,
  ) {
    const owner = { ...request(), document: 'menu' };
    const from = it.granted.length;
    for (let call = 0; call < calls; call += 1) {
      it.take(owner);
      await tick();
      pass();
      it.granted[from + call]?.release();
    }
    slots.leave(owner);
  }

  test('a large one begins only once few calls are left of those that have begun, and is refused if that is too late', async () => {
    let now = 0;
    const slots = createSlots({ perOwner: 10, total: 1 }, () => now);
    const it = bench(slots);
    await learn(slots, it, 6, () => (now += 100));
    const menu = (deadline: number): LineOwner => ({ ...request(deadline), document: 'menu' });
    const [first, second, late, last] = [5000, 5000, 1800, 9000].map((ms) => menu(now + ms)) as [
      LineOwner,
      LineOwner,
      LineOwner,
      LineOwner,
    ];
    for (const owner of [first, second, late, last]) it.take(owner);
    await tick();
    expect(it.granted.slice(6).map(({ owner }) => owner)).toEqual([first]);
    // Calls take twice as long as before, so there is no time left for the third: it has made no call.
    const made = new Map<LineOwner, number>();
    for (let call = 6; it.granted[call] !== undefined; call += 1) {
      const { owner, release } = it.granted[call] as (typeof it.granted)[number];
      made.set(owner, (made.get(owner) ?? 0) + 1);
      now += 200;
      if ((made.get(owner) ?? 0) < 6) it.take(owner);
      else slots.leave(owner);
      release();
      await tick();
    }
    expect([first, second, late, last].map((owner) => made.get(owner))).toEqual([
      6,
      6,
      undefined,
      6,
    ]);
    expect(it.failed).toMatchObject([{ code: 'OVERLOADED' }]);
  });

  test('nobody who is alone, however long the document took the last time', async () => {
    let now = 0;
    const slots = createSlots({ perOwner: 10, total: 1 }, () => now);
    const it = bench(slots);
    await learn(slots, it, 6, () => (now += 1000));
    it.take({ ...request(now + 100), document: 'menu' });
    await tick();
    expect([it.granted.length, it.failed]).toEqual([7, []]);
  });

  test('nor who has nothing to wait for as its deadline passes: that ends it, and not the line', async () => {
    let now = 0;
    const { take, granted, failed } = bench(createSlots({ perOwner: 1, total: 1 }, () => now));
    for (const owner of [request(400), request(400)]) take(owner);
    await tick();
    now = 401;
    granted[0]?.release();
    await tick();
    expect([granted.length, failed]).toEqual([2, []]);
  });

  test('but nobody who has made a call, nor anybody while a slot is free', async () => {
    const { take, failed, granted } = await busy(0);
    granted[1]?.release();
    const late = request(101);
    take(late);
    take(late);
    take(late);
    await tick();
    expect([failed, granted.length]).toEqual([[], 3]);
  });
});
