import { describe, expect, test } from '@jest/globals';
import { STRANGERS } from '../../../src/http/overload/callers.ts';
import { RequestLine } from '../../../src/http/overload/line.ts';
import { percentile } from '../../support/load.ts';
import {
  closedLoop,
  DEADLINE_MS,
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

  test('so are they beside few requests that take long, by whose pace they could not be', () => {
    const server = simulate(work(20));
    for (let n = 0; n < 20; n += 1) server.at(n * 500, () => server.send('long', undefined, true));
    server.run(10_000);
    for (let n = 0; n < 140; n += 1) server.send(`c${n}`);
    server.run(15_000);
    expect(refused(server.outcomes)).toEqual([]);
    expect(served(server.outcomes)).toHaveLength(160);
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

  test.each([...LATENCIES.map((ms) => [ms, 0.75] as const), [1000, 0.65]])(
    '%d ms away: soon answered, soon refused, and %d of what can be',
    (latencyMs, part) => {
      const { settled, unloaded } = overload(latencyMs);
      expect(percentile(served(settled), 0.99)).toBeLessThanOrEqual(unloaded * 2);
      expect(percentile(refused(settled), 0.5)).toBeLessThan(20);
      expect(served(settled).length / 15).toBeGreaterThan(CAPACITY * part);
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
    // Another fifth is for the loop to rest, and what begins late is lost.
    expect(served(settled).length / 7).toBeGreaterThan(500 * 0.55);
    expect(percentile(refused(settled), 0.5)).toBeLessThan(20);
  });

  test('if Cotalker becomes slow meanwhile, as many are served', () => {
    const server = simulate({ ...work(20), latencyMs: (now) => (now < 8000 ? 20 : 2000) });
    openLoop(server, CAPACITY * 3, 20);
    server.run(20_000);
    const slow = server.outcomes.filter(({ at }) => at > 10_000 && at < 16_000);
    expect(served(slow).length / 6).toBeGreaterThan(CAPACITY * 0.7);
  });

  test('it is not held up by the pace of large requests before it', () => {
    const server = simulate({ beginMs: 0.5, finishMs: 1.5, refuseMs: 0.1, latencyMs: 20 });
    for (let n = 0; n < 100; n += 1) server.at(n * 50, () => server.send('large', undefined, true));
    server.at(5000, () => openLoop(server, 1500, 8));
    server.run(13_000);
    const late = served(server.outcomes).filter(({ at }) => at > 7000);
    expect(late.length / 6).toBeGreaterThan(500 * 0.6);
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

describe('500 callers who send three times too much are an overload', () => {
  const fast = { beginMs: 0.5, finishMs: 0.5, refuseMs: 0.05, latencyMs: 20 };
  test.each([
    ['also where each has had some waiting before it is looked for', work(20), 10_000, Infinity],
    ['also where they fill the memory in half a second', fast, 0, 1000],
  ])('%s', (_, processor, exemptMs, maxInFlight) => {
    const server = simulate({ ...processor, exemptMs, maxInFlight });
    const perSecond = 3000 / (processor.beginMs + processor.finishMs);
    const settledMs = exemptMs + SETTLED_MS;
    openLoop(server, perSecond, settledMs / 1000 + 2, (n) => `c${n % 500}`);
    server.run(settledMs + 2000);
    const settled = server.outcomes.filter(({ at }) => at > settledMs);
    expect(percentile(served(settled), 0.99)).toBeLessThan(100);
    expect(percentile(refused(settled), 0.5)).toBeLessThan(20);
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

test('while none is looked for, who cannot be served before the deadline is mostly refused as it comes', () => {
  const server = simulate({ ...work(20), exemptMs: 60_000 });
  openLoop(server, CAPACITY * 3, 25);
  server.run(25_000);
  const late = refused(server.outcomes).filter(({ at }) => at > DEADLINE_MS);
  expect(new Set(late.map(({ reason }) => reason))).toEqual(new Set(['deadline']));
  expect(late.length).toBeGreaterThan(CAPACITY * 2 * 10);
  expect(percentile(late, 0.9)).toBeLessThan(20);
});

test('where others take the processor for some seconds, nobody is turned away', () => {
  // Twice what the fifth of it can serve.
  const server = simulate(work(20, 0.2));
  openLoop(server, 50, 4);
  server.run(20_000);
  expect(served(server.outcomes)).toHaveLength(200);
});

/** It is looked for every 50 ms, between turns of the event loop. */
function expectInTime({ outcomes, longestTurnMs }: Simulated): void {
  const latest = DEADLINE_MS + 100 + longestTurnMs();
  expect(Math.max(...refused(outcomes).map(({ ms }) => ms))).toBeLessThan(latest);
}

describe('nobody is turned away for what another one sends', () => {
  const callers = ['greedy', STRANGERS];
  const cases = LATENCIES.flatMap((latencyMs) =>
    callers.map((caller) => [caller, latencyMs] as const),
  );
  const of = ({ outcomes }: Simulated, flood: string) => ({
    theirs: outcomes.filter(({ caller }) => caller === flood),
    others: outcomes.filter(({ caller }) => caller !== flood),
  });

  test.each(cases)(
    '150 who wait for their answers, beside three times the capacity from %s, %d ms away',
    (flood, latencyMs) => {
      const server = simulate({ ...work(latencyMs), refuseMs: 0.1 });
      closedLoop(server, 150);
      openLoop(server, CAPACITY * 3, 20, () => flood);
      server.run(20_000);
      expectInTime(server);
      const { theirs, others } = of(server, flood);
      expect(refused(others)).toEqual([]);
      expect(served(others).length / 20).toBeGreaterThan(CAPACITY * 0.55);
      if (flood !== STRANGERS) return;
      // Among them are new users: they keep a part of their turns.
      expect(served(theirs).length / served(server.outcomes).length).toBeGreaterThan(0.15);
      expect(percentile(refused(theirs), 0.5)).toBeLessThan(20);
    },
  );

  test('150 who wait for their answers, beside 5,000 a second of made-up tokens', () => {
    const server = simulate({ beginMs: 0.5, finishMs: 1.5, refuseMs: 0.1, latencyMs: 20 });
    closedLoop(server, 150);
    openLoop(server, 5000, 20, () => STRANGERS);
    server.run(20_000);
    const { others } = of(server, STRANGERS);
    expect(refused(others)).toEqual([]);
    // To refuse the others takes half of the processor.
    expect(served(others).length / 20).toBeGreaterThan(500 * 0.3);
  });

  test.each(cases)(
    'nor does an overload of others go on for the flood of %s, %d ms away',
    (flood, latencyMs) => {
      const server = simulate(work(latencyMs));
      openLoop(server, CAPACITY * 3, 5);
      openLoop(server, CAPACITY * 3, 20, () => flood);
      server.at(5000, () => closedLoop(server, 100));
      server.run(20_000);
      const late = of(server, flood).others.filter(({ at }) => at > 8000);
      expect(late.length).toBeGreaterThan(CAPACITY * 5);
      expect(refused(late)).toEqual([]);
    },
  );

  test.each([
    ['greedy', 'share'],
    [STRANGERS, 'strangers'],
  ])('nor for what %s have begun to send, or are refused as %s', (flood, share) => {
    const server = simulate({ ...work(20), maxInFlight: 400 });
    closedLoop(server, 150);
    openLoop(server, CAPACITY * 3, 10, () => flood);
    // Their bodies never come.
    for (let ms = 0; ms < 10_000; ms += 3)
      server.at(ms, () => void server.line.judge.arrived('silent'));
    server.run(10_000);
    const { theirs, others } = of(server, flood);
    expect(refused(theirs).map(({ reason }) => reason)).toContain(share);
    expect(refused(others)).toEqual([]);
  });

  test('nor for what one caller sends and leaves at once', () => {
    const server = simulate(work(20));
    closedLoop(server, 150);
    for (let ms = 0; ms < 10_000; ms += 3)
      server.at(ms, () => {
        const over = server.line.judge.arrived('hasty');
        server.at(ms + 1, () => over(true));
      });
    server.run(10_000);
    expect(refused(server.outcomes)).toEqual([]);
  });
});

test.each(LATENCIES)(
  'nobody is told after the deadline, however far off its turn is, %d ms away',
  (latencyMs) => {
    const server = simulate({ ...work(latencyMs), refuseMs: 0.1 });
    closedLoop(server, 100);
    server.run(3000);
    // A quarter of the turns is theirs: the last one's would come after 16 s.
    for (let n = 0; n < 500; n += 1) server.send(STRANGERS);
    server.run(20_000);
    const { outcomes } = server;
    const strangers = outcomes.filter(({ caller }) => caller === STRANGERS);
    expect(strangers).toHaveLength(500);
    expect(new Set(refused(strangers).map(({ reason }) => reason))).toEqual(new Set(['deadline']));
    expectInTime(server);
    expect(refused(outcomes).filter(({ caller }) => caller !== STRANGERS)).toEqual([]);
  },
);

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
    // What came before there was a line has been let in.
    const countOf = (caller: string): number =>
      served(server.outcomes).filter((one) => one.caller === caller && one.at > 1000).length;
    expect(countOf('large')).toBeGreaterThan(0);
    expect(countOf('large')).toBeLessThan(countOf('c1') / 3);
    expect(refused(server.outcomes).filter(({ caller }) => caller !== 'large')).toEqual([]);
  });

  test.each(['large', STRANGERS])(
    'answers of 1 MB that %s had cost no turns later, where the event loop has rested since',
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
