import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { figure, inMs } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { loadAtPace } from '../support/paced-load.ts';
import { range, rawGroup } from '../support/stage.ts';

/*
 * That nobody is turned away while there is room: 25 requests a second, small and large, which take some half of a
 * core, with eight in flight. Once 4 % of them were.
 */

/** It took ten minutes then, and 4 % of a minute are 60 requests. */
const SECONDS = 60;
const LATENCY_MS = 300;
const GROUPS = range(40).map((n) => rawGroup(n, { isActive: true }));
const NODES = '{ totalCount nodes { __typename ... on MenuEntry { id name isActive weight } } }';
const listsOf = (count: number): string =>
  `{ ${range(count)
    .map((n) => `list${n}: groups(first: 40) ${NODES}`)
    .join(' ')} }`;
const LOADS = [
  { perSecond: 12, query: listsOf(20) },
  { perSecond: 8, query: listsOf(10) },
  { perSecond: 5, query: listsOf(1) },
];

let upstream: FaultServer;
let gateway: GatewayProcess;
beforeAll(async () => {
  upstream = await startFaultServer(({ path, query }) => {
    upstream.calls.length = 0;
    const groups = query.get('page') === '1' ? GROUPS : [];
    const data = path === '/v2/groups' ? { groups, count: 40 } : { taskgroups: [], count: 0 };
    return (socket) => setTimeout(() => faults.json({ data })(socket), LATENCY_MS);
  });
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
  const sorted = samples.flat().map(({ ms }) => ms);
  sorted.sort((a, b) => a - b);
  figure('steady: p99 at 25 a second', inMs(sorted[Math.floor(sorted.length * 0.99)] ?? NaN));
  expect(statuses).toHaveLength(25 * SECONDS);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
});
