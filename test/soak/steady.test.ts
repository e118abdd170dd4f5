import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FaultServer } from '../support/fault-server.ts';
import { figure, inMs } from '../support/fault-stage.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { percentile } from '../support/load.ts';
import { listsOf, startListUpstream } from '../support/long-lists.ts';
import { loadAtPace } from '../support/paced-load.ts';

/*
 * That nobody is turned away while there is room: 25 requests a second, small and large, which take some half of a
 * core, with eight in flight. Once 4 % of them were.
 */

/** It took ten minutes then: `SOAK_SECONDS=600`. What came of it, 4 %, would be 60 of a minute's requests. */
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 60);
const LATENCY_MS = 300;
const LOADS = [
  { perSecond: 12, query: listsOf(20) },
  { perSecond: 8, query: listsOf(10) },
  { perSecond: 5, query: listsOf(1) },
];

let upstream: FaultServer;
let gateway: GatewayProcess;
beforeAll(async () => {
  upstream = await startListUpstream(LATENCY_MS);
  gateway = await startGatewayProcess(upstream.url, { LOG_LEVEL: 'warn' });
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

test('25 a second, small and large, with half of a core to spare: 0 turned away', async () => {
  const { url } = gateway;
  const samples = await Promise.all(
    LOADS.map((load) => loadAtPace({ ...load, url, seconds: SECONDS })),
  );
  const statuses = samples.flat().map(({ status }) => status);
  figure('steady: p99 at 25 a second', inMs(percentile(samples.flat(), 0.99)));
  expect(statuses).toHaveLength(25 * SECONDS);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
});
