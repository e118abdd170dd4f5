import { expect, test } from '@jest/globals';
import { createLimit } from '../../../src/http/overload/limit.ts';

test('what serving takes is not what the first request took, though the loop never rests after it', () => {
  const clock = { ms: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => 0 });
  const serve = (ms: number): void => {
    const service = limit.begun();
    clock.ms += ms;
    limit.finished(service, true);
  };
  serve(1000);
  for (let n = 0; n < 100; n += 1) serve(50);
  expect(limit.calmMs).toBeLessThan(60);
  // What is held up by others tells nothing.
  for (let n = 0; n < 100; n += 1) serve(500);
  expect(limit.calmMs).toBeLessThan(60);
});

test('requests that take no call tell nothing of what serving takes, and of the requests in work they are none', () => {
  const clock = { ms: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => 0 });
  const serve = (ms: number, isCheap: boolean): void => {
    const service = limit.begun();
    clock.ms += ms;
    limit.finished(service, true, isCheap);
  };
  for (let n = 0; n < 100; n += 1) serve(50, false);
  for (let n = 0; n < 1000; n += 1) serve(1, n % 2 === 0);
  // Every other one of 1 ms counts.
  expect(limit.calmMs).toBeLessThan(2);
  for (let n = 0; n < 100; n += 1) serve(50, false);
  const before = limit.calmMs;
  for (let n = 0; n < 1000; n += 1) serve(0.1, true);
  expect(limit.calmMs).toBe(before);
});

test('a loop that was busy without requests, as a process that starts, may begin as many as come', () => {
  const clock = { ms: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => 0 });
  clock.ms += 2000;
  for (let n = 0; n < 50; n += 1) {
    expect(limit.mayBegin(false)).toBe(true);
    limit.begun();
    clock.ms += 1;
  }
});

test('in the two seconds after the first request, in which its code is compiled, as many begin as come', () => {
  const clock = { ms: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => 0 });
  for (; clock.ms < 2000; clock.ms += 100) {
    expect(limit.mayBegin(false)).toBe(true);
    limit.begun();
  }
  clock.ms += 250;
  expect(limit.mayBegin(false)).toBe(false);
});

test('nor does what was served then make the pace of a burst that comes later', () => {
  const clock = { ms: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => 0 });
  const first = limit.begun();
  clock.ms += 400;
  limit.finished(first, true);
  clock.ms += 10_000;
  for (let n = 0; n < 300; n += 1) {
    expect([limit.mayBegin(false), limit.paceMs]).toEqual([true, 0]);
    limit.begun();
    clock.ms += 0.5;
  }
});

test('nor does the beginning of a burst, in which it is read and begun, and hardly anything ends', () => {
  const clock = { ms: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => 0 });
  limit.finished(limit.begun(), true);
  clock.ms += 10_000;
  const burst = Array.from({ length: 300 }, () => limit.begun());
  for (const service of burst.splice(0, 2)) {
    clock.ms += 200;
    limit.finished(service, false);
  }
  expect([limit.mayBegin(false), limit.paceMs]).toEqual([true, 0]);
  // From then on it counts.
  for (const service of burst) {
    clock.ms += 2;
    limit.finished(service, false);
  }
  expect(limit.paceMs).toBeCloseTo(2, 0);
});

test('nor are they paced then, though there is an overload', () => {
  const clock = { ms: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => 0 });
  for (; clock.ms < 2000; clock.ms += 100) {
    limit.finished(limit.begun(), true);
    expect(limit.mayBegin(true)).toBe(true);
  }
});

test('while code is compiled the pace is not known yet, since it is slower than it will be', () => {
  const clock = { ms: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => 0 });
  for (; clock.ms < 2000; clock.ms += 100) {
    limit.finished(limit.begun(), true);
    expect(limit.paceMs).toBe(0);
  }
  for (; clock.ms < 2500; clock.ms += 100) limit.finished(limit.begun(), true);
  expect(limit.paceMs).toBeGreaterThan(0);
});

test('the pace is learnt where each request is over before the next one begins', () => {
  const clock = { ms: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => 0 });
  for (let n = 0; n < 250; n += 1) {
    const service = limit.begun();
    clock.ms += 10;
    limit.finished(service, true);
  }
  expect(limit.paceMs).toBeCloseTo(10, 0);
  limit.begun();
  expect(limit.mayBegin(true)).toBe(true);
  limit.begun();
  clock.ms += 100;
  expect(limit.mayBegin(true)).toBe(false);
});

test('a loop that is idle for a while is not taken for a slow one', () => {
  const clock = { ms: 0, idle: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => clock.idle });
  for (let n = 0; n < 200; n += 1) {
    const service = limit.begun();
    clock.ms += 10;
    limit.finished(service, true);
    // Below the part from which on a loop counts as one that rests.
    clock.ms += 2;
    clock.idle += 2;
  }
  expect(limit.paceMs).toBeCloseTo(10, 0);
});

test('how long the loop has rested is looked up where a sample is due, not for each request that waits', () => {
  const clock = { ms: 0, looks: 0 };
  const limit = createLimit({ now: () => clock.ms, idle: () => (clock.looks += 1) });
  limit.begun();
  clock.ms += 5000;
  limit.mayBegin(true);
  const before = clock.looks;
  for (let n = 0; n < 100; n += 1) {
    clock.ms += 1;
    limit.mayBegin(true);
  }
  expect(clock.looks).toBe(before);
  clock.ms += 250;
  limit.mayBegin(true);
  expect(clock.looks).toBe(before + 1);
});
