import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { figure, inMs, LISTING, useFaultStage } from '../support/fault-stage.ts';
import { startFull } from '../support/full-gateway.ts';
import { percentile } from '../support/load.ts';

/*
 * How soon a request is turned away past MAX_INFLIGHT, and when `/ready` tells of it.
 */

const { stage } = useFaultStage();
const PLACES = 5;
const IN_TIME_MS = 20;

test('past MAX_INFLIGHT: 503 in under 20 ms', async () => {
  const { gateway, release } = await startFull(stage, PLACES);
  const probes: { readonly ms: number }[] = [];
  const refused: { readonly ms: number }[] = [];
  for (let n = 0; n < 200; n += 1) {
    const start = performance.now();
    expect((await gateway.ask(LISTING)).status).toBe(503);
    refused.push({ ms: performance.now() - start });
    const probeStart = performance.now();
    await fetch(`${gateway.url}/health`);
    probes.push({ ms: performance.now() - probeStart });
  }
  figure('503 past MAX_INFLIGHT, p99 of 200', inMs(percentile(refused, 0.99)));
  // Not the slowest: the machine may be busy with something else for a moment. If it is for long, an answer that takes
  // no work at all is late as well.
  expect(percentile(refused, 0.9)).toBeLessThan(Math.max(IN_TIME_MS, 2 * percentile(probes, 0.9)));
  await release();
});

test('/ready tells of it once it persists, and stays 200', async () => {
  const { gateway, release } = await startFull(stage, PLACES, { sheddingAfterMs: 300 });
  const ready = async (): Promise<unknown> => {
    const response = await fetch(`${gateway.url}/ready`);
    return [response.status, await response.json()];
  };
  await gateway.ask(LISTING);
  expect(await ready()).toEqual([200, { status: 'ok' }]);
  await sleep(350);
  await gateway.ask(LISTING);
  expect(await ready()).toEqual([200, { status: 'ok', shedding: true }]);
  await release();
});
