import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import {
  createCompany,
  createSandbox,
  type Fault as SandboxFault,
  type Sandbox,
} from '../../sandbox/index.ts';
import { CANARY, expectSilence, logsOf, metricsOf, post, send } from '../support/canary.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { openRaw, rawPost } from '../support/raw.ts';

/*
 * Nothing leaks. A canary is planted in every place from which a secret can come. Here these are Cotalker's answers
 * during an answer in parts, or during a subscription. Then no part, no event, no metric and no line of the log may
 * hold it.
 */

let sandbox: Sandbox;
let gateway: GatewayProcess;
beforeAll(async () => {
  sandbox = await createSandbox();
  gateway = await startGatewayProcess(sandbox.url, { LOG_LEVEL: 'trace', LIVE_POLL_MS: '100' });
});
afterEach(() => {
  sandbox.reset();
  sandbox.data = createCompany();
});
afterAll(async () => {
  const metrics = await metricsOf(gateway);
  await gateway.close();
  await sandbox.close();
  const { host } = new URL(sandbox.url);
  expectSilence(metrics, 'the metrics', [host]);
  expectSilence(logsOf(gateway), 'the output', [host]);
  expect(gateway.errors()).toBe('');
});

const STACK = `Error: ${CANARY}\n    at ${CANARY} (file:///srv/${CANARY}/node_modules/x.js:1:1)`;
const HEADERS = {
  server: CANARY,
  'set-cookie': `a=${CANARY}`,
  via: CANARY,
  'x-request-id': CANARY,
};

const failures: [string, SandboxFault][] = [
  ['a refusal', { status: 401, headers: HEADERS, body: STACK }],
  ['a defect', { status: 500, headers: HEADERS, body: STACK }],
  ['text', { body: CANARY, headers: HEADERS }],
  ['an item', { body: `{"data":{"taskgroups":[{"_id":"${CANARY}","group":"${CANARY}"}]}}` }],
];
const behind = (fault: SandboxFault) => sandbox.fail({ ...fault, template: '/v2/task-groups' });

test.each(failures)('in a later part: %s', async (name, fault) => {
  behind(fault);
  const query = '{ groups(first: 3) { totalCount ... @defer { nodes { __typename } } } }';
  const answer = await send(post(query, { accept: 'multipart/mixed' }), gateway);
  expect(answer).toContain('"incremental"');
  expect(answer).toMatch(/"code":"(UPSTREAM_|UNAUTHENTICATED)/);
  expectSilence(answer, name);
});

test.each(failures)('in an event: %s', async (name, fault) => {
  const connection = await openRaw(gateway.url);
  const query = 'subscription { groupChanged { node { __typename } } }';
  connection.write(rawPost(query, { accept: 'text/event-stream', connection: 'close' }));
  await connection.until(/:\n\n/);
  behind(fault);
  const group = sandbox.data.groups.find((record) => record['link'] === undefined) ?? {};
  group['modifiedAt'] = new Date().toISOString();
  const answer = await connection.until(/event: next/);
  await connection.until(/"code":"(UPSTREAM_|UNAUTHENTICATED)/);
  connection.socket.destroy();
  expectSilence(answer + connection.received, name);
});

test('in the end of a subscription', async () => {
  const connection = await openRaw(gateway.url);
  const query = 'subscription { groupChanged { cursor } }';
  connection.write(rawPost(query, { accept: 'text/event-stream', connection: 'close' }));
  await connection.until(/:\n\n/);
  sandbox.fail({ template: '/v2/groups', status: 401, headers: HEADERS, body: STACK });
  await connection.closed;
  expect(connection.received).toMatch(/"code":"UNAUTHENTICATED".*event: complete/s);
  expectSilence(connection.received, 'the end');
});
