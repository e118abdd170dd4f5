import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { openRaw, rawPost } from '../support/raw.ts';

const QUERY = '{ groups(first: 1) { totalCount } }';

const statusOf = (url: string): Promise<number | string> =>
  fetch(url).then(
    ({ status }) => status,
    () => 'refused',
  );

let sandbox: Sandbox;
let program: GatewayProcess;
afterEach(async () => {
  await program.close();
  await sandbox.close();
});

test('SHUTDOWN_DELAY_MS: meanwhile all is served, each answer ends its connection, /ready is 503', async () => {
  sandbox = await createSandbox();
  // Long enough for all that is asked meanwhile.
  program = await startGatewayProcess(sandbox.url, { SHUTDOWN_DELAY_MS: '3000' });
  const kept = await openRaw(program.url);
  kept.write(rawPost(QUERY));
  await kept.until(/totalCount/);
  expect(kept.received).not.toMatch(/connection: close/i);
  program.signal('SIGTERM');
  while (!program.output().includes('"msg":"stopping')) await sleep(5);

  expect(await statusOf(`${program.url}/ready`)).toBe(503);
  expect(await statusOf(`${program.url}/health`)).toBe(200);
  kept.write(rawPost(QUERY));
  expect(await kept.until(/totalCount.*totalCount/s)).toMatch(/\r\nconnection: close\r\n/i);
  await kept.closed;
  expect(await program.ended).toBe(0);
  expect(await statusOf(`${program.url}/ready`)).toBe('refused');
  kept.socket.destroy();
});
