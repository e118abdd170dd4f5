import { expect, test } from '@jest/globals';
import { figure, GROUPS, inMs, useFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

const { stage } = useFaultStage();

test('as shipped, on the real clock: opens, and heals after five seconds', async () => {
  const it = await stage(() => faults.status(500));
  // Each of them once: what is tried again counts as well.
  for (let n = 0; n < 19; n += 1) await it.ask();
  const opened = performance.now();
  await it.ask();
  expect((await fetch(`${it.gateway.url}/ready`)).status).toBe(503);
  it.upstream.answer = () => faults.json(GROUPS);
  let refused = 0;
  while ((await it.ask()).codes.length > 0) {
    refused += 1;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const ms = performance.now() - opened;
  expect(ms).toBeGreaterThan(4900);
  expect(ms).toBeLessThan(5500);
  expect(it.upstream.calls).toHaveLength(21);
  const told = it.gateway.logs.filter(({ msg }) => String(msg).startsWith('circuit breaker'));
  expect(told.map(({ level, msg }) => [level, msg])).toEqual([
    [40, 'circuit breaker open: Cotalker fails, and is not asked'],
    [30, 'circuit breaker closed: Cotalker answers again'],
  ]);
  figure('healed', `${inMs(ms)} after it opened, ${refused} calls refused meanwhile, 1 probe`);
});
