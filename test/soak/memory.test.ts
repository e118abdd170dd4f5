import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { figure } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { createClient } from '../support/load.ts';
import { openRaw, rawPost } from '../support/raw.ts';

/*
 * Mixed load, faults, callers who go away, and another token with every request leave no slope in the
 * memory: measured after a collection of the garbage, twelve times over SOAK_SECONDS.
 */

const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 60);
const SAMPLES = 12;
/** Compiled code, caches and pools fill up meanwhile. */
const WARM_UP = 4;
const WIDTH = 24;
/** The least that one entry of a map would take, with the hash of a token for its key, is twice this. */
const MAX_BYTES_PER_REQUEST = 64;
/** What the heap may differ by from one collection to another; it decides in a short run. */
const NOISE_BYTES = 2_000_000;
const DEADLINE_MS = 500;

interface Report {
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
  /** The kinds of what keeps the process busy: sockets, timers. */
  readonly active: readonly string[];
}

let upstream: FaultServer;
let gateway: GatewayProcess;
beforeAll(async () => {
  upstream = await startFaultServer(() => faults.json(GROUPS));
  gateway = await startGatewayProcess(
    upstream.url,
    {
      ...{ LOG_LEVEL: 'error', REQUEST_DEADLINE_MS: String(DEADLINE_MS), NODE_ENV: 'production' },
      // What is turned away would leave nothing to measure.
      MAX_EVENT_LOOP_DELAY_MS: '600000',
    },
    ['--expose-gc', '--import', `${import.meta.dirname}/../support/report-heap.ts`],
  );
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

const idOf = (n: number): string => n.toString(16).padStart(24, '0');
const GROUPS = {
  data: {
    groups: Array.from({ length: 20 }, (_, n) => ({
      ...{ _id: idOf(n), nameDisplay: `Group ${n}`, isActive: true, weight: n },
      modifiedAt: new Date(1e12 + n).toISOString(),
    })),
    count: 20,
  },
};
const TASK_GROUPS = { data: { taskGroups: [], count: 0 } };

const QUERIES: readonly ((n: number) => string)[] = [
  () => '{ groups { totalCount nodes { __typename ... on MenuEntry { id name weight } } } }',
  () => '{ mainMenu { __typename ... on MenuEntry { name children { __typename } } } }',
  // A text of its own, so long that the cache of queries is full when the measuring begins.
  (n) => `{ groups(first: 3) { totalCount } } # ${String(n).padEnd(8000, 'x')}`,
  (n) => `{ group(id: "${idOf(n % 50)}") { __typename } }`,
  () => '{ nope',
];

/** Nine calls of ten are answered; the others in every way that goes wrong. */
function answerOf(path: string, nth: number): ReturnType<FaultServer['answer']> {
  const wrong = [
    ...[faults.status(500, {}, 'x'), faults.status(401), faults.status(404), faults.reset],
    ...[faults.hang, faults.text('<html>'), faults.truncated('{"data":'), faults.status(429)],
    ...[faults.drop, faults.json({ data: { groups: [null, 1, {}], count: 3 } })],
  ];
  const fault = nth % 10 === 0 ? wrong[(nth / 10) % wrong.length] : undefined;
  return fault ?? faults.json(path.includes('task-groups') ? TASK_GROUPS : GROUPS);
}

async function report(): Promise<Report> {
  const before = gateway.errors().length;
  gateway.signal('SIGUSR2');
  for (;;) {
    const line = /^(\{.*\})$/m.exec(gateway.errors().slice(before))?.[1];
    if (line !== undefined) return JSON.parse(line) as Report;
    await sleep(20);
  }
}

/** Bytes that the heap grows by with each request, by the method of least squares. */
function slopeOf(points: readonly (readonly [requests: number, bytes: number])[]): number {
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const x = mean(points.map(([requests]) => requests));
  const y = mean(points.map(([, bytes]) => bytes));
  const covariance = mean(points.map(([requests, bytes]) => (requests - x) * (bytes - y)));
  return covariance / mean(points.map(([requests]) => (requests - x) ** 2));
}

test(
  'no slope after GC, and nothing left behind',
  async () => {
    upstream.answer = ({ path }, nth) => {
      // All that was asked would be a slope of the test's own, and of its memory only; still.
      upstream.calls.length = 0;
      return answerOf(path, nth);
    };
    const client = createClient({
      url: gateway.url,
      query: (n) => (QUERIES[n % QUERIES.length] ?? (() => ''))(n),
    });
    let sent = 0;
    let isOver = false;
    const lane = async (): Promise<void> => {
      while (!isOver) {
        sent += 1;
        // One of ten goes away in the middle.
        if (sent % 10 === 0) await leaveEarly(sent);
        else await client.send(sent);
      }
    };
    const leaveEarly = async (n: number): Promise<void> => {
      const connection = await openRaw(gateway.url);
      connection.write(
        rawPost('{ groups { totalCount } }', { authorization: `Bearer leaving-${n}` }),
      );
      await sleep(n % 5);
      connection.socket.destroy();
    };

    const lanes = Array.from({ length: WIDTH }, lane);
    const reports: (Report & { readonly sent: number })[] = [];
    for (let n = 0; n < SAMPLES; n += 1) {
      await sleep((SECONDS * 1000) / SAMPLES);
      reports.push({ ...(await report()), sent });
    }
    isOver = true;
    await Promise.all(lanes);
    client.close();

    const settled = reports.slice(WARM_UP);
    const heap = slopeOf(settled.map(({ sent, heapUsed }) => [sent, heapUsed]));
    const external = slopeOf(settled.map(({ sent, external }) => [sent, external]));
    const inMB = (bytes: number): string => (bytes / 1e6).toFixed(1);
    figure('soak: seconds, requests, each with a token of its own', `${SECONDS}, ${sent}`);
    figure('soak: heap after GC, MB', reports.map(({ heapUsed }) => inMB(heapUsed)).join(' '));
    figure('soak: resident, MB', reports.map(({ rss }) => inMB(rss)).join(' '));
    figure(
      'soak: slope, bytes per request',
      `${heap.toFixed(1)} + ${external.toFixed(1)} external`,
    );
    const measured = sent - (settled[0]?.sent ?? 0);
    const limit = Math.max(MAX_BYTES_PER_REQUEST, NOISE_BYTES / measured);
    expect(heap).toBeLessThan(limit);
    expect(external).toBeLessThan(limit);

    // When all callers have gone, and the deadline of the last request has passed, all is let go.
    await sleep(DEADLINE_MS * 3);
    const { active } = await report();
    figure('soak: what is still active', active.join(' '));
    expect(active.filter((kind) => kind === 'Timeout').length).toBeLessThan(3);
    expect(await (await fetch(`${gateway.url}/ready`)).json()).toEqual({ status: 'ok' });
    expect(gateway.errors().replaceAll(/^\{"heapUsed".*\n/gm, '')).toBe('');
    expect(gateway.output()).not.toContain('defect');
  },
  (SECONDS + 60) * 1000,
);
