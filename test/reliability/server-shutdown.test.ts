import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createSandbox, planted, type Sandbox } from '../../sandbox/index.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { figure, GROUPS } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { createClient, type Sample } from '../support/load.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { openRaw, type RawConnection, rawPost } from '../support/raw.ts';

/*
 * The order to stop loses nobody's answer: it is given to a process of its own, by a real signal.
 */

const QUERY = '{ groups(first: 1) { totalCount } }';
const LATENCY_MS = 1500;

let sandbox: Sandbox;
let running: GatewayProcess;
let connections: RawConnection[] = [];
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const { socket } of connections) socket.destroy();
  connections = [];
  await running.close();
  await sandbox.close();
  for (const close of closing.splice(0)) await close();
});

async function start(
  env: Readonly<Record<string, string>> = {},
  upstreamUrl?: string,
): Promise<GatewayProcess> {
  sandbox = await createSandbox();
  running = await startGatewayProcess(upstreamUrl ?? sandbox.url, env);
  return running;
}
async function open({ url }: GatewayProcess, text = ''): Promise<RawConnection> {
  const connection = await openRaw(url);
  connections.push(connection);
  connection.write(text);
  return connection;
}
const untilCalled = async (count: number): Promise<void> => {
  while (sandbox.calls.length < count) await sleep(10);
};
const untilStopping = async (program: GatewayProcess): Promise<void> => {
  while (!program.output().includes('"msg":"stopping')) await sleep(5);
};
test('0 of 200 requests in flight are lost, and the exit code is 0', async () => {
  // Answers nothing until all of them are in flight, and the order to stop has come.
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const answer = faults.json(GROUPS);
  const upstream = await startFaultServer(
    () => (socket) => void released.then(() => answer(socket)),
  );
  closing.push(upstream.close);
  // The deadline is no part of it: on a busy machine, half of one passes while the requests are sent.
  const env = { UPSTREAM_CONCURRENCY: '300', REQUEST_DEADLINE_MS: '60000' };
  const program = await start(env, upstream.url);
  // Each asks for something else, so that each has a call of its own in flight.
  const client = createClient({
    url: program.url,
    query: (n) => `{ groups(first: ${n + 1}) { totalCount } }`,
    token: () => 'sandbox-user',
  });
  const answers: Promise<Sample>[] = [];
  for (let n = 0; n < 180; n += 1) {
    answers.push(client.send(n));
    // One after the other: on a busy machine, 180 at once are too many, and some would be turned away.
    await upstream.untilCalled(n + 1);
  }
  // And 20 that are still being sent.
  const halves = await Promise.all(
    Array.from({ length: 20 }, () => open(program, rawPost(QUERY).slice(0, -10))),
  );
  program.signal('SIGTERM');
  await untilStopping(program);
  for (const half of halves) half.write(rawPost(QUERY).slice(-10));
  release();
  const whole = await Promise.all(halves.map((half) => half.until(/totalCount":0\}\}\}/)));

  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses).toEqual(Array(180).fill(200));
  for (const text of whole) expect(text).toMatch(/^HTTP\/1\.1 200 .*\r\nconnection: close\r\n/is);
  expect(await program.ended).toBe(0);
  expect(program.errors()).toBe('');
  figure('requests in flight lost on SIGTERM, of 200', '0');
  client.close();
});

test('what has arrived with the signal is answered: on a kept connection, and on those not yet accepted', async () => {
  const program = await start();
  const kept = await open(program, rawPost(QUERY));
  await kept.until(/totalCount/);
  // While the process stands still, all of it waits in the kernel, the signal too.
  program.signal('SIGSTOP');
  kept.write(rawPost(QUERY));
  const fresh = await Promise.all(Array.from({ length: 20 }, () => open(program, rawPost(QUERY))));
  program.signal('SIGTERM');
  await sleep(50);
  program.signal('SIGCONT');
  await kept.until(/totalCount.*totalCount/s);
  await Promise.all(fresh.map((connection) => connection.until(/totalCount/)));
  expect(await program.ended).toBe(0);
});

test('callers who leave while the last connections are accepted are not waited for', async () => {
  const program = await start();
  program.signal('SIGTERM');
  await untilStopping(program);
  // As long as they come, their requests wait.
  for (let n = 0; n < 50; n += 1) {
    const caller = await open(program, rawPost(QUERY)).catch(() => undefined);
    await sleep(10);
    caller?.socket.destroy();
  }
  expect(await program.ended).toBe(0);
});

describe('a write in flight ends before the process does', () => {
  const SEND = `mutation { sendMessage(input: { channelId: "${planted.messages.channel}", text: "Ya voy." }) { errors { message } } }`;
  const lastText = () => sandbox.data.messages.at(-1)?.['content'];

  test.each([
    ['where its caller waits', false],
    ['where its caller has left', true],
  ])('%s', async (_, hasLeft) => {
    const program = await start({ MUTATIONS: 'on' });
    // It is done at the end of this time alone, and not if its connection is gone by then.
    sandbox.fail({ matches: ({ method }) => method === 'POST', delayMs: LATENCY_MS });
    const caller = await open(program, rawPost(SEND));
    await untilCalled(2);
    if (hasLeft) caller.socket.destroy();
    program.signal('SIGTERM');
    if (!hasLeft) await caller.until(/"errors":\[\]/);
    expect(await program.ended).toBe(0);
    expect([lastText(), sandbox.calls.length]).toEqual(['Ya voy.', 2]);
  });

  test('or is said to be cut, and the exit code is 1', async () => {
    const program = await start({ MUTATIONS: 'on', SHUTDOWN_TIMEOUT_MS: '300' });
    sandbox.fail({ matches: ({ method }) => method === 'POST', delayMs: 60_000 });
    const caller = await open(program, rawPost(SEND));
    await untilCalled(2);
    caller.socket.destroy();
    program.signal('SIGTERM');
    expect(await program.ended).toBe(1);
    expect(program.output()).toContain('"cut":1');
  });
});

describe('while requests in flight are finished', () => {
  test('connections without one are closed at once', async () => {
    const env = { SHUTDOWN_TIMEOUT_MS: '600000', REQUEST_DEADLINE_MS: '60000' };
    const answer = faults.json(GROUPS);
    // Answers nothing until the idle connection is closed.
    const upstream = await startFaultServer(
      () => (socket) => void idle.closed.then(() => answer(socket)),
    );
    closing.push(upstream.close);
    const program = await start(env, upstream.url);
    const idle = await open(program, 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n');
    await idle.until(/"ok"/);
    const busy = await open(program, rawPost(QUERY));
    await upstream.untilCalled(1);
    program.signal('SIGTERM');
    await idle.closed;
    expect(busy.received).toBe('');
    expect(await busy.until(/totalCount/)).toMatch(/\r\nconnection: close\r\n/i);
    // The connection that was kept is not waited for, which could last ten minutes.
    expect(await program.ended).toBe(0);
  });
});

describe('an end that does not come by itself', () => {
  test('after SHUTDOWN_TIMEOUT_MS requests are cut, said to be, and the exit code is 1', async () => {
    const program = await start({ SHUTDOWN_TIMEOUT_MS: '300' });
    sandbox.latencyMs = 60_000;
    const stuck = await open(program, rawPost(QUERY));
    await untilCalled(1);
    program.signal('SIGTERM');
    expect(await program.ended).toBe(1);
    expect(stuck.received).toBe('');
    expect(program.output()).toContain('"cut":1');
  });

  test('a second signal ends at once, with 1', async () => {
    // Nothing else would end it: the requests have ten minutes.
    const program = await start({ SHUTDOWN_TIMEOUT_MS: '600000' });
    sandbox.latencyMs = 3_600_000;
    await open(program, rawPost(QUERY));
    await untilCalled(1);
    program.signal('SIGINT');
    await untilStopping(program);
    program.signal('SIGTERM');
    expect(await program.ended).toBe(1);
  });
});
