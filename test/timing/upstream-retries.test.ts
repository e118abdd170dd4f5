import { describe, expect, test } from '@jest/globals';
import type { Fault, FaultServer } from '../support/fault-server.ts';
import { figure, GROUPS, inMs, useFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

/*
 * How long a call waits before it is tried again. Late by `LATE_MS` is in time: timers of a machine that
 * does other things as well are late, and no wait of the next length would fit.
 */

const { stage } = useFaultStage();
const LATE_MS = 100;
/** Milliseconds between one request and the next. */
const gaps = ({ calls }: FaultServer): number[] =>
  calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? NaN));

/** As if chance chose the longest wait each time, or the shortest. */
const random = (value: number) => ({ resilience: { retry: { random: () => value } } });

test('the wait is anything from nothing to 200 ms, then to 400 ms', async () => {
  const longest = await stage(() => faults.status(503), random(0.999));
  await longest.ask();
  const [first = 0, second = 0] = gaps(longest.upstream);
  expect(first).toBeGreaterThan(195);
  expect(first).toBeLessThan(200 + LATE_MS);
  expect(second).toBeGreaterThan(395);
  expect(second).toBeLessThan(400 + LATE_MS);

  const shortest = await stage(() => faults.status(503), random(0));
  await shortest.ask();
  expect(gaps(shortest.upstream)).toHaveLength(2);
  for (const gap of gaps(shortest.upstream)) expect(gap).toBeLessThan(LATE_MS);
  figure('the longest waits', `${inMs(first)}, ${inMs(second)}`);
});

describe('Retry-After', () => {
  const inSeconds = (seconds: number): string =>
    new Date(Math.floor(Date.now() / 1000 + seconds) * 1000).toUTCString();

  test.each([
    ['seconds', 429, () => '1', 1000],
    ['a date', 429, () => inSeconds(2), 900],
    ['seconds, with 503', 503, () => '1', 1000],
  ])('is waited for where it fits the deadline: %s', async (_, code, value, atLeastMs) => {
    const refuse: Fault = (socket) => faults.status(code, { 'retry-after': value() })(socket);
    const { upstream, ask } = await stage((_, nth) => (nth === 1 ? refuse : faults.json(GROUPS)), {
      requestDeadlineMs: 4000,
    });
    expect((await ask()).body).toEqual({ data: { groups: { totalCount: 0 } } });
    const [waitedMs = 0] = gaps(upstream);
    expect(waitedMs).toBeGreaterThanOrEqual(atLeastMs);
    // A date has whole seconds, and there is a jitter of up to 200 ms.
    expect(waitedMs).toBeLessThan(2200 + LATE_MS);
    figure(`Retry-After ${code} of 1 s or 2 s waited`, inMs(waitedMs));
  });
});
