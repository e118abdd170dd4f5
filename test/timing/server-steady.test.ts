import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { figure } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { closedLoop, createClient, percentile, type Sample } from '../support/load.ts';
import { range, rawGroup } from '../support/stage.ts';

/*
 * Nobody is turned away whom a plain server would serve: callers who wait for their answers, and bursts, also on a
 * process that has just started. `npm run bench -- steady` has the pace of a plain server beside it.
 */

const PATIENCE_MS = 300_000;
const LATENCIES = [0, 20, 200];
const WIDTHS = [20, 50, 150];
/** Of one closed loop. */
const SECONDS = 2;
/** The first ten seconds of a process are exempt: no overload is looked for. */
const EXEMPT_SECONDS = 10;
const QUERY = '{ groups(first: 100) { nodes { __typename ... on MenuEntry { id name } } } }';
/** 100 kB of groups. */
const GROUPS = range(100).map((n) => ({ ...rawGroup(n), note: 'x'.repeat(800) }));

let upstream: FaultServer;
let gateway: GatewayProcess;
afterEach(async () => {
  await gateway.close();
  await upstream.close();
});

async function startAt(latencyMs: number): Promise<void> {
  const groups = faults.json({ data: { groups: GROUPS, count: 100 } });
  const taskGroups = faults.json({ data: { taskgroups: [], count: 0 } });
  upstream = await startFaultServer(({ path }) => {
    upstream.calls.length = 0;
    const answer = path === '/v2/groups' ? groups : taskGroups;
    return (socket) => setTimeout(() => answer(socket), latencyMs);
  });
  gateway = await startGatewayProcess(upstream.url, { LOG_LEVEL: 'warn' });
}

/** Some of so many callers, each with a token of its own. */
async function load(run: (client: ReturnType<typeof createClient>) => Promise<Sample[]>, of = 150) {
  const client = createClient({
    url: gateway.url,
    query: QUERY,
    token: (n) => `caller-${n % of}`,
  });
  const samples = await run(client);
  client.close();
  return samples;
}

const atOnce = (count: number): Promise<Sample[]> =>
  load((client) => Promise.all(range(count).map(client.send)));

function expectAllServed(what: string, samples: readonly Sample[]): void {
  const others = samples.filter(({ status }) => status !== 200).map(({ status }) => status);
  figure(
    `steady: ${what}`,
    `${others.length} of ${samples.length} not served, p99 ${percentile(samples, 0.99).toFixed(0)} ms`,
  );
  expect(others).toEqual([]);
}

describe.each(LATENCIES)('%d ms away', (latencyMs) => {
  test(
    '50 at once on a process that has just started are all served',
    async () => {
      await startAt(latencyMs);
      expectAllServed(`50 at once, just started, ${latencyMs} ms`, await atOnce(50));
    },
    PATIENCE_MS,
  );

  test(
    'so are callers who wait for their answers, and 140 at once after a quiet second',
    async () => {
      await startAt(latencyMs);
      await load((client) => closedLoop(client, { width: 20, seconds: EXEMPT_SECONDS }));
      for (const width of WIDTHS) {
        const samples = await load((client) => closedLoop(client, { width, seconds: SECONDS }));
        expectAllServed(`${width} in a closed loop, ${latencyMs} ms`, samples);
      }
      for (let n = 0; n < 3; n += 1) {
        await sleep(1000);
        expectAllServed(`140 at once, ${latencyMs} ms`, await atOnce(140));
      }
    },
    PATIENCE_MS,
  );
});
