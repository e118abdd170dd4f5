import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { figure, inMs } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import {
  type Client,
  closedLoop,
  createClient,
  openLoop,
  percentile,
  type Sample,
} from '../support/load.ts';

/*
 * At three times what the gateway can do, whoever is let in is answered nearly as soon as ever: within
 * twice the unloaded p99. The figures are those of a process with the defaults, and of this machine.
 */

jest.setTimeout(180_000);

const LATENCY_MS = 100;
const TIMES = 3;
const SECONDS = 5;
/** The machine may have other things to do, which only make it worse: the best attempt counts. */
const ATTEMPTS = 6;
/** What is bounded does not grow with the seconds; a heap that has more to do lets its garbage lie for longer. */
const MAX_GROWTH_MB = 200;
const GROUPS = Array.from({ length: 20 }, (_, n) => ({
  ...{ _id: n.toString(16).padStart(24, '0'), nameDisplay: `Group ${n}`, isActive: true },
  modifiedAt: new Date(1e12 + n).toISOString(),
}));
/** Two calls, one after the other. */
const QUERY = '{ groups(first: 20) { totalCount nodes { __typename ... on MenuEntry { name } } } }';

let upstream: FaultServer;
let gateway: GatewayProcess;
let client: Client;
beforeAll(async () => {
  upstream = await startFaultServer(({ path }) => {
    upstream.calls.length = 0;
    const isGroups = path === '/v2/groups';
    const data = isGroups ? { groups: GROUPS, count: 20 } : { taskGroups: [], count: 0 };
    return (socket) => setTimeout(() => faults.json({ data })(socket), LATENCY_MS);
  });
  gateway = await startGatewayProcess(upstream.url);
  client = createClient({ url: gateway.url, query: QUERY });
  // Compiles what is used most.
  await closedLoop(client, { width: 12, count: 1500 });
});
afterAll(async () => {
  client.close();
  await gateway.close();
  await upstream.close();
});

const withStatus = (samples: readonly Sample[], wanted: number): Sample[] =>
  samples.filter(({ status }) => status === wanted);

/** Requests a second that are answered with as many in flight as are let in. */
async function capacity(): Promise<number> {
  const rates = [];
  for (const width of [32, 64, 128]) {
    const start = performance.now();
    const samples = await closedLoop(client, { width, seconds: 2 });
    rates.push((withStatus(samples, 200).length / (performance.now() - start)) * 1000);
  }
  return Math.max(...rates);
}

interface Attempt {
  readonly unloaded: number;
  readonly accepted: number;
  readonly shed: number;
  readonly latestShed: number;
  readonly goodput: number;
  readonly statuses: ReadonlySet<number>;
}

async function attempt(perSecond: number): Promise<Attempt> {
  const calm = await closedLoop(client, { width: 2, count: 100 });
  const start = performance.now();
  const samples = await openLoop(client, { perSecond, seconds: SECONDS });
  const accepted = withStatus(samples, 200);
  return {
    unloaded: percentile(calm, 0.99),
    accepted: percentile(accepted, 0.99),
    shed: percentile(withStatus(samples, 503), 0.5),
    latestShed: percentile(withStatus(samples, 503), 0.99),
    goodput: (accepted.length / (performance.now() - start)) * 1000,
    statuses: new Set(samples.map(({ status }) => status)),
  };
}

const ratio = ({ accepted, unloaded }: Attempt): number => accepted / unloaded;
const isInBounds = (one: Attempt): boolean => ratio(one) <= 2 && one.shed < 20;

test('at three times its capacity p99 stays within twice the unloaded one, in bounded memory', async () => {
  const rate = await capacity();
  // What a full load takes is no sign of an overload.
  const before = gateway.memory();
  gateway.resetPeak();
  const attempts: Attempt[] = [];
  for (let n = 0; n < ATTEMPTS && !attempts.some(isInBounds); n += 1) {
    attempts.push(await attempt(rate * TIMES));
  }
  const growth = gateway.peak() - before;

  // Where nobody was turned away, the machine was busier as its capacity was measured: that was no overload.
  const overloads = attempts.filter(({ shed }) => !Number.isNaN(shed));
  const [closest] = overloads.toSorted((a, b) => ratio(a) - ratio(b));
  const best = overloads.find(isInBounds) ?? closest;
  if (best === undefined) throw new Error('there was no overload');
  figure('overload: capacity, requests/s', rate.toFixed(0));
  for (const one of attempts) {
    figure(
      `overload: at ${TIMES} times that`,
      `unloaded p99 ${inMs(one.unloaded)}, accepted p99 ${inMs(one.accepted)} (${ratio(one).toFixed(2)}), ` +
        `503 p50 ${inMs(one.shed)}, p99 ${inMs(one.latestShed)}, answered ${one.goodput.toFixed(0)}/s`,
    );
  }
  figure('overload: memory above that at capacity, MB', growth.toFixed(0));

  for (const { statuses } of overloads) expect([...statuses].sort()).toEqual([200, 503]);
  expect(ratio(best)).toBeLessThanOrEqual(2);
  expect(best.shed).toBeLessThan(20);
  expect(best.goodput).toBeGreaterThan(rate / 2);
  expect(growth).toBeLessThan(MAX_GROWTH_MB);
});
