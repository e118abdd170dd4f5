import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  createSandbox,
  objectId,
  type Sandbox,
  SANDBOX_COMPANY_ID,
  sandboxToken,
} from '../../sandbox/index.ts';
import { figure } from '../support/fault-stage.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { createClient, openLoop, percentile } from '../support/load.ts';

/*
 * Ten minutes of mixed requests, 25 a second, which take half of a core: nobody is turned away.
 */

/** For work on the test itself; what is promised is the default. */
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 600);
const PER_SECOND = 25;
const USERS = 200;
const LATENCY_MS = 80;

const NAMES = '__typename ... on MenuEntry { id name }';
const QUERIES = [
  `{ mainMenu { ${NAMES} ... on MenuEntry { children { ${NAMES} } } } }`,
  `{ groups(first: 20) { nodes { ${NAMES} ... on StandardGroup { channels { nodes { name } } } } } }`,
  `{ groups(first: 3, filter: { type: TASK }) { nodes { ${NAMES} ... on TaskGroup {
    tasks(first: 10) { totalCount nodes { name state { name } assignee { name } } } } } } }`,
  '{ groups(filter: { search: "field" }) { totalCount nodes { __typename } } }',
  '{ __typename }',
];

let sandbox: Sandbox;
let gateway: GatewayProcess;
beforeAll(async () => {
  sandbox = await createSandbox({ latencyMs: LATENCY_MS });
  gateway = await startGatewayProcess(sandbox.url, { LOG_LEVEL: 'warn' });
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
});

test(
  '25 mixed requests a second for ten minutes: 0 turned away, from the first second on',
  async () => {
    // What it was asked is not needed, and would fill the memory.
    const forgetting = setInterval(() => (sandbox.calls.length = 0), 1000);
    const client = createClient({
      url: gateway.url,
      query: (n) => QUERIES[n % QUERIES.length] ?? '',
      token: (n) =>
        sandboxToken({ company: SANDBOX_COMPANY_ID, sub: objectId('user', `${n % USERS}`) }),
    });
    const samples = await openLoop(client, { perSecond: PER_SECOND, seconds: SECONDS });
    clearInterval(forgetting);
    client.close();
    const others = samples.filter(({ status }) => status !== 200).map(({ status }) => status);
    figure(
      `steady: ${PER_SECOND} a second for ${SECONDS} s`,
      `${others.length} of ${samples.length} not served, p99 ${percentile(samples, 0.99).toFixed(0)} ms`,
    );
    expect(samples).toHaveLength(PER_SECOND * SECONDS);
    expect(others).toEqual([]);
  },
  (2 * SECONDS + 120) * 1000,
);
