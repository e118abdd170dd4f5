import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { openRaw } from '../support/raw.ts';

/** Promised; what is read costs some 10 MB. */
const LIMIT_MB = 50;

let gateway: GatewayProcess;
afterEach(() => gateway.close());

test('a body without an end is cut off at 1 MB: what is sent of it does not stay in memory', async () => {
  gateway = await startGatewayProcess('http://127.0.0.1:9/api', { LOG_LEVEL: 'silent' });
  for (let n = 0; n < 20; n += 1) await fetch(`${gateway.url}/graphql?query={__typename}`);
  gateway.resetPeak();
  const before = gateway.memory();
  const connection = await openRaw(gateway.url);
  connection.write(
    'POST /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n',
  );
  connection.write('Transfer-Encoding: chunked\r\n\r\n');
  // 20 MB, or as much as goes out before the answer: what comes behind that could have it reset on its way.
  for (let n = 0; n < 200 && connection.received === ''; n += 1) {
    connection.write(`${(100_000).toString(16)}\r\n${'x'.repeat(100_000)}\r\n`);
    await sleep(1);
  }
  expect(await connection.until(/^HTTP/)).toMatch(/^HTTP\/1\.1 413 /);
  await connection.closed;
  expect(gateway.peak() - before).toBeLessThan(LIMIT_MB);
});
