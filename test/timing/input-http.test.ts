import { expect, test } from '@jest/globals';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { openRaw } from '../support/raw.ts';

/** Promised; what is read costs some 10 MB. */
const LIMIT_MB = 50;

test('a body without an end is cut off at 1 MB: what is sent of it does not stay in memory', async () => {
  const gateway = await startGatewayProcess('http://127.0.0.1:9/api', { LOG_LEVEL: 'silent' });
  for (let n = 0; n < 20; n += 1) await fetch(`${gateway.url}/graphql?query={__typename}`);
  gateway.resetPeak();
  const before = gateway.memory();
  const connection = await openRaw(gateway.url);
  connection.write(
    'POST /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n',
  );
  connection.write('Transfer-Encoding: chunked\r\n\r\n');
  for (let n = 0; n < 200; n += 1)
    connection.write(`${(100_000).toString(16)}\r\n${'x'.repeat(100_000)}\r\n`);
  expect(await connection.until(/^HTTP/)).toMatch(/^HTTP\/1\.1 413 /);
  await connection.closed;
  expect(gateway.peak() - before).toBeLessThan(LIMIT_MB);
  await gateway.close();
});
