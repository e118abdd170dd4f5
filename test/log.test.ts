import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../sandbox/index.ts';
import { freePort } from './support/free-port.ts';
import { fillLog } from './support/many-lines.ts';
import { endAll, start } from './support/program.ts';

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await endAll();
  await sandbox?.close();
  sandbox = undefined;
});

const NO_UPSTREAM = 'http://127.0.0.1:9/api';
const ANSWER = { data: { groups: { totalCount: 38 } } };

async function ask(address: string): Promise<void> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sandbox-user' },
    body: JSON.stringify({ query: '{ groups(first: 1) { totalCount } }' }),
  });
  expect(await response.json()).toEqual(ANSWER);
}

const LINES = 600;
/** What a pipe and the end of a reader that stalls hold, in bytes. */
const HELD = 128 * 1024;

test('a reader of its log that stalls keeps nobody waiting, and misses nothing', async () => {
  const program = start({ COTALKER_API_URL: NO_UPSTREAM });
  const address = await program.address();
  program.process.stdout?.pause();
  // Waiting for the reader would never end.
  await fillLog(address, LINES);

  program.process.stdout?.resume();
  program.process.kill('SIGTERM');
  expect(await program.end()).toBe(0);
  const lines = program.out.trim().split('\n');
  expect(lines.filter((line) => JSON.parse(line).msg === 'operation')).toHaveLength(LINES);
  expect(program.out.length).toBeGreaterThan(2 * HELD);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    msg: expect.stringContaining('stopping'),
  });
});

test('a reader that stalls for good does not keep it from ending', async () => {
  const program = start({ COTALKER_API_URL: NO_UPSTREAM });
  const address = await program.address();
  program.process.stdout?.pause();
  await fillLog(address, LINES);
  program.process.kill('SIGTERM');
  const [code] = await once(program.process, 'exit');
  expect(code).toBe(0);
  program.process.stdout?.resume();
});

test('an error that nothing handles ends it with 1 and a stack, once the last lines are written', async () => {
  sandbox = await createSandbox();
  const thrower = "process.on('SIGUSR2',()=>{throw%20new%20Error('a%20defect')})";
  const program = start({
    ...{ COTALKER_API_URL: sandbox.url, NODE_OPTIONS: `--import=data:text/javascript,${thrower}` },
  });
  await ask(await program.address());
  program.process.kill('SIGUSR2');
  expect(await program.end()).toBe(1);
  expect(program.err).toMatch(/Error: a defect\n +at /);
  expect(program.out).toContain('"msg":"operation"');
});

describe('a log that cannot be written keeps it neither from answering nor from ending', () => {
  test('a disk without room', async () => {
    sandbox = await createSandbox();
    const full = openSync('/dev/full', 'w');
    const port = await freePort();
    const program = start({ COTALKER_API_URL: sandbox.url, PORT: `${port}` }, { stdout: full });
    closeSync(full);
    const address = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${address}/ready`).catch(() => undefined))?.ok)
      await new Promise((resolve) => setTimeout(resolve, 20));
    // More than a batch of lines.
    for (let n = 0; n < 100; n += 1) await ask(address);
    program.process.kill('SIGTERM');
    expect(await program.end()).toBe(0);
    expect(program.err).toBe('');
  });

  test('a greeting on a disk without room', async () => {
    const full = openSync('/dev/full', 'w');
    const port = await freePort();
    const program = start({ PORT: `${port}` }, { stdout: full });
    closeSync(full);
    while (!(await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined))?.ok)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await ask(`http://127.0.0.1:${port}`);
    program.process.kill('SIGTERM');
    expect(await program.end()).toBe(0);
    expect(program.err).toBe('');
  });

  test('a reader that is gone', async () => {
    sandbox = await createSandbox();
    const program = start({ COTALKER_API_URL: sandbox.url });
    const address = await program.address();
    program.process.stdout?.destroy();
    for (let n = 0; n < 100; n += 1) await ask(address);
    program.process.kill('SIGTERM');
    expect(await program.end()).toBe(0);
    expect(program.err).toBe('');
  });
});
