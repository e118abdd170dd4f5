import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { startFaultServer } from '../support/fault-server.ts';
import { figure, inMs } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

const SRC = join(import.meta.dirname, '../../src/cotalker');
const run = promisify(execFile);

/** Asks once with a deadline of an hour, says how that went, and has nothing left to do. */
const PROGRAM = `
  import { createClient } from '${SRC}/wire/client.ts';
  import { createCotalker } from '${SRC}/session.ts';
  const [url, ms] = process.argv.slice(1);
  const { exchange } = createClient({ baseUrl: url });
  import { createCaller } from '${SRC}/call.ts';
  const limits = { callsPerRequest: 9, perOwner: 9, total: 9 };
  const cotalker = createCotalker(exchange, { limits });
  const caller = createCaller({ authorization: 'Bearer secret', admin: false, tracing: {} });
  const leave = new AbortController();
  const signal = AbortSignal.any([leave.signal, AbortSignal.timeout(3_600_000)]);
  const session = cotalker.openSession(caller, signal, 3_600_000);
  if (Number(ms) > 0) setTimeout(() => leave.abort(), Number(ms));
  session.whenIdle(() => undefined);
  await session.get({ template: '/v2/groups' }).then(
    () => console.log('served'),
    (error) => console.log(error.code, Object.keys(error).join()),
  );
`;

test.each([
  ['served, with a connection kept alive', faults.json({}), 0, 'served'],
  ['refused', faults.status(500), 0, 'UPSTREAM_UNAVAILABLE'],
  ['given up by the caller', faults.hang, 200, 'UPSTREAM_UNAVAILABLE'],
  [
    'given up in the wait before a retry',
    faults.status(503, { 'retry-after': '3000' }),
    200,
    'UPSTREAM_UNAVAILABLE',
  ],
])('no timer and no connection keeps the process alive: %s', async (_, fault, leaveMs, says) => {
  const upstream = await startFaultServer(() => fault);
  const start = performance.now();
  const args = ['--input-type=module', '-e', PROGRAM, upstream.url, String(leaveMs)];
  // What is left to do would keep it for an hour, and the test for longer than it may take.
  const { stdout } = await run(process.execPath, args, { timeout: 25_000 });
  const ms = performance.now() - start;
  await upstream.close();
  expect(stdout).toMatch(new RegExp(`^${says}`));
  // Nothing of a library's error, and so no token, is in what is thrown.
  expect(stdout).not.toMatch(/options|request|response|cause|secret/);
  figure('process ended by itself, deadline one hour ahead, after', inMs(ms));
});
