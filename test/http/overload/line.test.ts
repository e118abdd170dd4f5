import { describe, expect, test } from '@jest/globals';
import { STRANGERS } from '../../../src/http/overload/callers.ts';
import { RequestLine } from '../../../src/http/overload/line.ts';
import { percentile } from '../../support/load.ts';
import {
  closedLoop,
  openLoop,
  refused,
  served,
  simulate,
  type Simulated,
} from '../../support/simulated-server.ts';
import { range } from '../../support/stage.ts';

/* A whole event loop with a clock of its own: what is promised of the line, on a machine of any speed. */

const CAPACITY = 125;
/** What had begun before it was found out is finished by then. */
const SETTLED_MS = 5000;
/** Of the slow machine of the issue: 8 ms of the processor for a request. */
const work = (latencyMs: number, share = 1) => ({ beginMs: 1, finishMs: 7, latencyMs, share });
const LATENCIES = [0, 20, 200];

describe('callers who wait for their answers are all served', () => {
  const cases = LATENCIES.flatMap((latencyMs) =>
    [20, 50, 150].flatMap((width) =>
      [1, 1 / 3].map((share) => [width, latencyMs, share.toFixed(2), share] as const),
    ),
  );
  test.each(cases)(
    '%d of them, %d ms away, with %s of the processor',
    (width, latencyMs, _, share) => {
      const server = simulate(work(latencyMs, share));
      closedLoop(server, width);
      server.run(20_000);
      expect(refused(server.outcomes)).toEqual([]);
      const plain = simulate({ ...work(latencyMs, share), isPlain: true });
      closedLoop(plain, width);
      plain.run(20_000);
      const rateOf = ({ outcomes, now }: Simulated): number => outcomes.length / now();
      expect(rateOf(server)).toBeGreaterThan(rateOf(plain) * 0.95);
    },
  );

  test.each(LATENCIES)('so are 140 at once after a quiet second, %d ms away', (latencyMs) => {
    const server = simulate(work(latencyMs));
    server.run(1000);
    for (let n = 0; n < 140; n += 1) server.send(`c${n}`);
    server.run(5000);
    expect(served(server.outcomes)).toHaveLength(140);
  });

  test('who all have one token, or none that Cotalker knows, as well', () => {
    for (const caller of ['one', STRANGERS]) {
      const server = simulate(work(80));
      closedLoop(server, 150, () => caller);
      server.run(20_000);
      expect(refused(server.outcomes)).toEqual([]);
    }
  });
});

describe('at three times the capacity', () => {
  const overload = (latencyMs: number) => {
    const calm = simulate(work(latencyMs));
    closedLoop(calm, 2);
    calm.run(5000);
    const server = simulate(work(latencyMs));
    openLoop(server, CAPACITY * 3, 20);
    server.run(20_000);
    const settled = server.outcomes.filter(({ at }) => at > SETTLED_MS);
    return { settled, unloaded: percentile(calm.outcomes, 0.99) };
  };

  test.each(LATENCIES)(
    '%d ms away: soon answered, soon refused, and as many as can be',
    (latencyMs) => {
      const { settled, unloaded } = overload(latencyMs);
      expect(percentile(served(settled), 0.99)).toBeLessThanOrEqual(unloaded * 2);
      expect(percentile(refused(settled), 0.5)).toBeLessThan(20);
      expect(served(settled).length / 15).toBeGreaterThan(CAPACITY * 0.8);
      expect(new Set(refused(settled).map(({ reason }) => reason))).toEqual(
        new Set(['standing_line']),
      );
    },
  );

  test('a fifth of the processor goes into refusals, and those of a trial hold up nobody', () => {
    // Of a fast machine: 2 ms for a request, and 0.2 ms to turn one away.
    const fast = { beginMs: 0.5, finishMs: 1.5, refuseMs: 0.2, latencyMs: 20 };
    const calm = simulate(fast);
    closedLoop(calm, 2);
    calm.run(5000);
    const server = simulate(fast);
    openLoop(server, 1500, 12);
    server.run(12_000);
    const settled = server.outcomes.filter(({ at }) => at > SETTLED_MS);
    const unloaded = percentile(calm.outcomes, 0.99);
    // All at once, as they were refused before, made it 2.05.
    expect(percentile(served(settled), 0.99)).toBeLessThan(unloaded * 1.75);
    expect(served(settled).length / 7).toBeGreaterThan(500 * 0.65);
    expect(percentile(refused(settled), 0.5)).toBeLessThan(20);
  });

  test.each([
    [20, 2],
    [50, 2],
    [50, 100],
    [150, 1500],
  ])('it ends with the load, also for %d callers who come again after %d ms', (width, afterMs) => {
    const server = simulate(work(20));
    openLoop(server, CAPACITY * 3, 5);
    const again = (): void => server.send('other', () => server.at(server.now() + afterMs, again));
    server.at(5000, () => range(width).forEach(again));
    server.run(20_000);
    const others = server.outcomes.filter(({ caller }) => caller === 'other');
    expect(served(others).length).toBeGreaterThan(CAPACITY * 10);
    // A trial comes after 0.75 s, and is over after 0.7 s.
    expect(refused(others).filter(({ at }) => at > 7000)).toEqual([]);
  });
});

test.each([
  [0, true],
  [10_000, false],
])(
  'three times too much for the first 3 s of a process, of which %d ms are exempt',
  (exemptMs, isRefused) => {
    const server = simulate({ ...work(20), exemptMs });
    openLoop(server, CAPACITY * 3, 3);
    server.run(12_000);
    expect(refused(server.outcomes).length > 0).toBe(isRefused);
  },
);

test('where others take the processor for some seconds, nobody is turned away', () => {
  // Twice what the fifth of it can serve.
  const server = simulate(work(20, 0.2));
  openLoop(server, 50, 4);
  server.run(20_000);
  expect(served(server.outcomes)).toHaveLength(200);
});

describe('nobody takes the place of another', () => {
  test('one token with 160 in flight delays others by a turn, not by its line', () => {
    const server = simulate(work(80));
    closedLoop(server, 160, () => 'greedy');
    server.run(2000);
    for (let n = 0; n < 60; n += 1) server.at(2000 + n * 50, () => server.send(`other-${n}`));
    server.run(8000);
    const others = server.outcomes.filter(({ caller }) => caller !== 'greedy');
    const greedy = server.outcomes.filter(({ caller }) => caller === 'greedy');
    expect(served(others)).toHaveLength(60);
    expect(percentile(others, 0.5)).toBeLessThan(percentile(greedy, 0.5) / 2);
  });

  test('answers of 1 MB take the turns of their callers, not those of others', () => {
    const server = simulate({ beginMs: 2, finishMs: 2, latencyMs: 20 });
    closedLoop(server, 40);
    const again = (): void => server.send('large', () => server.at(server.now() + 1, again), true);
    for (let n = 0; n < 30; n += 1) again();
    server.run(20_000);
    const countOf = (caller: string): number =>
      served(server.outcomes).filter((one) => one.caller === caller).length;
    expect(countOf('large')).toBeGreaterThan(0);
    expect(countOf('large')).toBeLessThan(countOf('c1') / 3);
    expect(refused(server.outcomes).filter(({ caller }) => caller !== 'large')).toEqual([]);
  });

  test.each(['large', STRANGERS])(
    'answers of 1 MB that %s had while nobody waited cost no turns later',
    (caller) => {
      const server = simulate({ beginMs: 1, finishMs: 1, latencyMs: 20 });
      let left = 500;
      const again = (): void => {
        left -= 1;
        if (left > 0) server.send(caller, () => server.at(server.now() + 1, again), true);
      };
      again();
      server.run(30_000);
      expect(served(server.outcomes)).toHaveLength(499);
      server.outcomes.length = 0;
      for (let n = 0; n < 400; n += 1) server.send(`c${n}`);
      server.send(caller);
      for (let n = 0; n < 400; n += 1) server.send(`d${n}`);
      server.run(40_000);
      const place = server.outcomes.findIndex((one) => one.caller === caller);
      expect(server.outcomes).toHaveLength(801);
      expect(place).toBeLessThan(410);
    },
  );

  test('all made-up tokens together have a quarter of the turns', () => {
    const server = simulate(work(0));
    closedLoop(server, 300, () => STRANGERS);
    closedLoop(server, 50);
    server.run(10_000);
    const strangers = server.outcomes.filter(({ caller }) => caller === STRANGERS).length;
    expect(strangers / server.outcomes.length).toBeGreaterThan(0.2);
    expect(strangers / server.outcomes.length).toBeLessThan(0.3);
  });
});

test('requests that are finished as they begin hold neither a turn of the event loop nor others for long', () => {
  let now = 0;
  let begun = 0;
  let later: (() => void)[] = [];
  const nextTurn = (callback: () => void): void => void later.push(callback);
  const laterOn = (_: number, callback: () => void): void => nextTurn(callback);
  const clock = { now: () => now, cpu: () => now, idle: () => 0, nextTurn, later: laterOn };
  const line = new RequestLine({ deadlineMs: 100_000, clock });
  const enter = (caller: string, costMs: number, then: () => void): void =>
    line.enter({
      caller,
      isGone: () => false,
      refuse: () => undefined,
      begin: (_, service) => {
        now += costMs;
        then();
        line.finished({ caller, service, answerBytes: costMs * 12_000 });
      },
    });
  // As 50 wide introspections: 40 ms of the processor each, half a megabyte, and no call.
  for (let n = 0; n < 50; n += 1) enter('large', 40, () => (begun += 1));
  const inTurns: number[] = [];
  const ahead: number[] = [];
  while (later.length > 0) {
    const before = begun;
    if (begun < 50) enter('light', 1, () => ahead.push(begun - before));
    const callbacks = later;
    later = [];
    for (const callback of callbacks) callback();
    inTurns.push(begun - before);
  }
  expect(begun).toBe(50);
  expect(Math.max(...inTurns)).toBeLessThanOrEqual(2);
  expect(ahead.length).toBeGreaterThan(25);
  expect(Math.max(...ahead)).toBeLessThanOrEqual(1);
});
