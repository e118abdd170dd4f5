import { expect, test } from '@jest/globals';
import type { BreakerOptions } from '../../src/cotalker/resilience/breaker.ts';
import { type Fault, REFUSED_URL } from '../support/fault-server.ts';
import {
  figure,
  type FaultStage,
  GROUPS,
  inMs,
  LISTING,
  useFaultStage,
} from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

const { stage, stageAt } = useFaultStage();
const well = faults.json(GROUPS);
const NO_RETRY = { attempts: 1 };

/** Options with a clock that the test turns on. */
function withClock(breaker: Partial<BreakerOptions> = {}) {
  const clock = { ms: 0 };
  const resilience = { retry: NO_RETRY, breaker: { now: () => clock.ms, ...breaker } };
  return { clock, options: { resilience } };
}

type Asker = Pick<FaultStage, 'ask' | 'gateway'>;
const times = async (count: number, { ask }: Asker): Promise<string[]> => {
  const codes: string[] = [];
  for (let n = 0; n < count; n += 1) codes.push(...(await ask()).codes);
  return codes;
};
const ready = async ({ gateway }: Asker): Promise<number> =>
  (await fetch(`${gateway.url}/ready`)).status;
const alive = async ({ gateway }: Asker): Promise<number> =>
  (await fetch(`${gateway.url}/health`)).status;

test.each<[string, Fault, string]>([
  ['500', faults.status(500), 'UPSTREAM_UNAVAILABLE'],
  ['503 in HTML', faults.status(503, {}, '<html>'), 'UPSTREAM_UNAVAILABLE'],
  ['a reset', faults.reset, 'UPSTREAM_UNAVAILABLE'],
  ['a body cut off', faults.truncated('{}'), 'UPSTREAM_INVALID_RESPONSE'],
  ['no HTTP', faults.rawAndEnd('SSH-2.0\r\n'), 'UPSTREAM_INVALID_RESPONSE'],
])('opens after 20 × %s: no further call, and /ready says so', async (_, fault, code) => {
  const { clock, options } = withClock();
  const it = await stage(() => fault, options);
  expect(await times(19, it)).toEqual(Array(19).fill(code));
  expect(await ready(it)).toBe(200);
  await it.ask();
  const { codes, ms } = await it.ask();
  expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
  expect(it.upstream.calls).toHaveLength(20);
  expect([await ready(it), await alive(it)]).toEqual([503, 200]);
  figure('open: refused after', inMs(ms));

  it.upstream.answer = () => well;
  clock.ms += 5000;
  expect(await ready(it)).toBe(200);
  expect((await it.ask()).codes).toEqual([]);
  expect(it.upstream.calls).toHaveLength(21);
});

test('opens by refused connections', async () => {
  const it = await stageAt(REFUSED_URL, withClock().options);
  await times(20, it);
  expect(await ready(it)).toBe(503);
});

test('opens by calls that the deadline cut', async () => {
  const { options } = withClock();
  const it = await stage(() => faults.hang, { ...options, requestDeadlineMs: 1000 });
  const tokens = Array.from({ length: 20 }, (_, n) => `caller-${n}`);
  const answers = await Promise.all(tokens.map((token) => it.ask(LISTING, { token })));
  expect(new Set(answers.flatMap(({ codes }) => codes))).toEqual(new Set(['UPSTREAM_TIMEOUT']));
  expect(await ready(it)).toBe(503);
});

test.each([401, 403, 404, 400, 302, 429])('stays closed after 40 × %d', async (code) => {
  const it = await stage(() => faults.status(code), withClock().options);
  await times(40, it);
  expect(it.upstream.calls).toHaveLength(40);
  expect(await ready(it)).toBe(200);
});

test('stays closed after 40 callers who went away', async () => {
  const it = await stage(() => faults.hang, withClock().options);
  const controller = new AbortController();
  const { signal } = controller;
  const answers = Array.from({ length: 40 }, (_, n) =>
    it.ask(LISTING, { signal, token: `caller-${n}` }).catch(() => undefined),
  );
  await it.upstream.untilCalled(40);
  controller.abort();
  await Promise.all(answers);
  await it.upstream.untilOpen(0);
  expect(await ready(it)).toBe(200);
});

test('lets one probe through, not two; after one that fails it stays open', async () => {
  const { clock, options } = withClock();
  const it = await stage(() => faults.status(500), options);
  await times(20, it);
  clock.ms += 5000;
  it.upstream.answer = () => (socket) => setTimeout(() => faults.status(500)(socket), 200);
  const tokens = Array.from({ length: 10 }, (_, n) => `caller-${n}`);
  await Promise.all(tokens.map((token) => it.ask(LISTING, { token })));
  expect(it.upstream.calls).toHaveLength(21);
  expect(await ready(it)).toBe(503);
  clock.ms += 4999;
  expect(await ready(it)).toBe(503);
  clock.ms += 1;
  it.upstream.answer = () => well;
  expect((await it.ask()).codes).toEqual([]);
  expect((await it.ask()).codes).toEqual([]);
});

test('the caller of the probe goes away: the next call is the probe', async () => {
  const { clock, options } = withClock();
  const it = await stage(() => faults.status(500), options);
  await times(20, it);
  clock.ms += 5000;
  it.upstream.answer = () => faults.hang;
  const controller = new AbortController();
  const probe = it.ask(LISTING, { signal: controller.signal }).catch(() => undefined);
  await it.upstream.untilCalled(21);
  expect(await ready(it)).toBe(503);
  controller.abort();
  await probe;
  await it.upstream.untilOpen(0);
  it.upstream.answer = () => well;
  expect((await it.ask()).codes).toEqual([]);
});
